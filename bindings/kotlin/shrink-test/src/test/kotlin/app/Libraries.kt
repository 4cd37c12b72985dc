package app

import java.io.File
import java.util.zip.ZipEntry
import java.util.zip.ZipFile
import java.util.zip.ZipOutputStream

/** What the app is linked with, as Maven laid it out. */
internal object Libraries {
    private const val RULES = "META-INF/proguard/dev.qrgenerator_qrgen-sdk.pro"

    /** The jars of the JVM: the SDK with its rules inside, Kotlin, coroutines, JNA. */
    fun asPublished(): List<File> = jars("app.libraries")

    /** The same, the SDK without its rules. */
    fun withoutRules(into: File): List<File> = sdkWith(into) { it != RULES }

    /** The same, the SDK without its native libraries. */
    fun withoutNatives(into: File): List<File> = sdkWith(into) { !it.endsWith(System.mapLibraryName("qrgen_sdk")) }

    private fun sdkWith(
        into: File,
        keep: (String) -> Boolean,
    ) = asPublished().map { jar -> if (isSdk(jar)) rezip(jar, File(into, "less-${jar.name}"), keep = keep) else jar }

    /** The rules of the SDK, one each. */
    fun rules(): List<String> =
        ZipFile(asPublished().single(::isSdk)).use { zip ->
            val lines = zip.getInputStream(zip.getEntry(RULES)).bufferedReader().readLines()
            lines.filter { it.startsWith("-") }
        }

    /** What Gradle gives an Android app: the classes of the AARs in place of the jars, and the AAR's rules. */
    fun ofAndroid(into: File): List<File> {
        val shared = asPublished().filter { !isSdk(it) && !it.name.startsWith("jna") }
        val aars = jars("app.aars")
        val classes = aars.map { aar -> extract(aar, "classes.jar", File(into, "${aar.nameWithoutExtension}.jar")) }
        val rules = extract(aars.single(::isSdk), "proguard.txt", File(into, "proguard.txt"))
        return shared + classes.map { if (isSdk(it)) withRules(it, rules) else it }
    }

    /** The app's own classes as a jar. */
    fun app(into: File): File {
        val classes = property("app.classes")
        val jar = File(into, "app.jar")
        ZipOutputStream(jar.outputStream()).use { zip ->
            classes.walk().filter { it.extension == "class" }.forEach {
                zip.putNextEntry(ZipEntry(it.relativeTo(classes).invariantSeparatorsPath))
                zip.write(it.readBytes())
            }
        }
        return jar
    }

    private fun jars(property: String) = property(property).listFiles().orEmpty().sorted()

    private fun isSdk(file: File) = file.name.startsWith("qrgen-sdk")

    private fun extract(
        archive: File,
        entry: String,
        into: File,
    ): File {
        ZipFile(archive).use { zip ->
            val found = checkNotNull(zip.getEntry(entry)) { "no $entry in ${archive.name}" }
            into.writeBytes(zip.getInputStream(found).readBytes())
        }
        return into
    }

    /** R8 by itself takes the rules out of a jar only; the Android Gradle plugin passes it those of an AAR. */
    private fun withRules(
        classes: File,
        rules: File,
    ): File = rezip(classes, File(classes.path.replace(".jar", "-with-rules.jar")), rules) { true }

    private fun rezip(
        jar: File,
        into: File,
        rules: File? = null,
        keep: (String) -> Boolean,
    ): File {
        ZipFile(jar).use { from ->
            ZipOutputStream(into.outputStream()).use { to ->
                for (entry in from.entries()) {
                    if (!keep(entry.name)) continue
                    to.putNextEntry(ZipEntry(entry.name))
                    from.getInputStream(entry).copyTo(to)
                }
                rules?.let {
                    to.putNextEntry(ZipEntry(RULES))
                    to.write(it.readBytes())
                }
            }
        }
        return into
    }
}
