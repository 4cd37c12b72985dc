package app

import java.io.File
import java.net.URI
import java.nio.file.FileSystems
import java.nio.file.Files
import java.util.concurrent.TimeUnit
import java.util.zip.ZipEntry
import java.util.zip.ZipOutputStream
import kotlin.io.path.extension
import kotlin.io.path.name
import kotlin.streams.asSequence

/** A process that is over. */
internal class Ended(
    val status: Int,
    val output: String,
)

/** What R8 made of the app, if it ended well. */
internal class Shrunk(
    val status: Int,
    val output: String,
    val jar: File,
)

/** R8 as the Android Gradle plugin runs it for a release: full mode, that is without `--pg-compat`. */
internal object R8 {
    private val r8 = property("r8.jar")
    private val javaHome = File(System.getProperty("java.home"))

    /** Shrinks and obfuscates to class files, so that a JVM can run them. */
    fun toClasses(
        libraries: List<File>,
        rules: String,
        into: File,
        platform: File = javaHome,
    ): Shrunk = run(libraries, rules, into, "--classfile", "--lib", platform.path)

    /** The classes of this JDK without its windows, which Android lacks too. */
    fun platformWithoutWindows(into: File): File {
        val jar = File(into, "platform.jar")
        val modules = FileSystems.getFileSystem(URI("jrt:/")).getPath("/modules")
        ZipOutputStream(jar.outputStream()).use { zip ->
            Files.walk(modules).use { files ->
                val classes = files.asSequence().filter { it.extension == "class" && it.name != "module-info.class" }
                for (file in classes.filter { it.getName(1).name != "java.desktop" }) {
                    zip.putNextEntry(ZipEntry(file.subpath(2, file.nameCount).toString()))
                    zip.write(Files.readAllBytes(file))
                }
            }
        }
        return jar
    }

    /** Shrinks to what Android runs from API 24 on. The framework's jar has no `java.*`. */
    fun toDex(
        libraries: List<File>,
        into: File,
    ): Shrunk {
        val framework = property("android.framework").path
        return run(libraries, "", into, "--min-api", "24", "--lib", framework, "--lib", javaHome.path)
    }

    private fun run(
        libraries: List<File>,
        rules: String,
        into: File,
        vararg mode: String,
    ): Shrunk {
        val shrunk = File.createTempFile("shrunk", ".jar", into)
        val more = File(into, "rules.pro").apply { writeText(rules) }
        val arguments =
            listOf("-Xmx2g", "-cp", r8.path, "com.android.tools.r8.R8", "--release", *mode) +
                listOf("--pg-conf", File("app.pro").path, "--pg-conf", more.path, "--output", shrunk.path) +
                (libraries + Libraries.app(into)).map { it.path }
        val ended = java(File("."), *arguments.toTypedArray())
        return Shrunk(ended.status, ended.output, shrunk)
    }
}

/** Runs a JVM to its end, and not longer than R8 needs on a slow machine. */
internal fun java(
    folder: File,
    vararg arguments: String,
): Ended {
    val java = File(System.getProperty("java.home"), "bin/java").path
    val process =
        ProcessBuilder(listOf(java) + arguments)
            .directory(folder.absoluteFile)
            .redirectErrorStream(true)
            .start()
    val output = process.inputStream.reader().readText()
    check(process.waitFor(10, TimeUnit.MINUTES)) { "still running: ${arguments.joinToString(" ")}" }
    return Ended(process.exitValue(), output)
}

internal fun property(name: String) = File(checkNotNull(System.getProperty(name)) { "no property $name" })
