package app

import java.io.File
import java.nio.ByteBuffer
import java.nio.ByteOrder
import java.util.zip.ZipFile
import java.util.zip.ZipInputStream
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertTrue

/** What is in the AAR, and what an app gets with it. */
class AarTest {
    private val aar = property("app.aars").listFiles()!!.single { it.name.startsWith("qrgen-sdk-android") }

    private fun <T> entry(
        name: String,
        read: (ByteArray) -> T,
    ): T =
        ZipFile(aar).use { zip ->
            read(zip.getInputStream(checkNotNull(zip.getEntry(name)) { "no $name" }).readBytes())
        }

    private val classes: List<String> by lazy {
        entry("classes.jar") { bytes ->
            ZipInputStream(bytes.inputStream()).use { zip ->
                generateSequence { zip.nextEntry }.map { it.name }.toList()
            }
        }
    }

    @Test
    fun `the parts that Gradle looks for are there`() {
        val manifest = entry("AndroidManifest.xml") { String(it) }
        assertTrue("android.permission.INTERNET" in manifest && "minSdkVersion=\"24\"" in manifest, manifest)
        assertEquals("", entry("R.txt") { String(it) })
        assertTrue("aarFormatVersion=1.0" in entry("$METADATA/aar-metadata.properties") { String(it) })
    }

    @Test
    fun `it holds the classes of the SDK and nobody else's`() {
        for (name in listOf("QrClient", "RetrieveAllKt", "android/AndroidKeystoreDeviceKey", "android/BitmapsKt")) {
            assertTrue("dev/qrgenerator/sdk/$name.class" in classes, name)
        }
        val others =
            classes.filter { !it.startsWith("dev/") && !it.endsWith("/") && !it.startsWith("META-INF/") }
        assertEquals(emptyList(), others, "host libraries and JNA do not belong into an app")
    }

    @Test
    fun `every native library is one of its ABI`() {
        val abis =
            ZipFile(aar).use { zip ->
                zip.entries().toList().mapNotNull { LIBRARY.matchEntire(it.name)?.groupValues?.get(1) }
            }
        assertTrue("arm64-v8a" in abis, abis.toString())
        for (abi in abis) {
            val header = entry("jni/$abi/libqrgen_sdk.so") { ByteBuffer.wrap(it).order(ByteOrder.LITTLE_ENDIAN) }
            assertEquals(MACHINES.getValue(abi), header.getShort(18).toInt(), abi)
        }
    }

    @Test
    fun `the rules are those of the jar`() {
        assertEquals(Libraries.rules(), entry("proguard.txt") { String(it) }.lines().filter { it.startsWith("-") })
    }

    @Test
    fun `its POM asks for the AAR of JNA and never for a jar of it`() {
        val pom = File("../sdk-android/target/.flattened-pom.xml").readText()
        assertTrue("<packaging>aar</packaging>" in pom)
        val atRunTime =
            Regex("<dependency>(.*?)</dependency>", RegexOption.DOT_MATCHES_ALL)
                .findAll(pom)
                .map { it.value }
                .filter { "<scope>compile</scope>" in it || "<scope>runtime</scope>" in it || "<scope>" !in it }
                .toList()
        val jna = atRunTime.single { "<artifactId>jna</artifactId>" in it }
        assertTrue("<type>aar</type>" in jna, jna)
        assertTrue(atRunTime.none { "<artifactId>qrgen-sdk</artifactId>" in it }, "the jar depends on JNA's jar")
        for (part in listOf("licenses", "developers", "description", "name")) {
            assertTrue("<$part>" in pom, part)
        }
    }

    private companion object {
        val LIBRARY = Regex("jni/(.+)/libqrgen_sdk.so")
        const val METADATA = "META-INF/com/android/build/gradle"

        /** `e_machine` of the ELF header. */
        val MACHINES = mapOf("arm64-v8a" to 183, "armeabi-v7a" to 40, "x86_64" to 62, "x86" to 3)
    }
}
