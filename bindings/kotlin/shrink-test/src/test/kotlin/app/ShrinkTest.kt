package app

import dev.qrgenerator.support.QrgenServe
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.TestInstance
import org.junit.jupiter.api.condition.EnabledIfSystemProperty
import org.junit.jupiter.api.io.TempDir
import java.io.File
import java.util.zip.ZipFile
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertNotEquals
import kotlin.test.assertTrue

/** The small app of this module, shrunk by R8 in full mode with the rules of the SDK and no others, and run. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShrinkTest {
    private val server = QrgenServe()

    @AfterAll
    fun stop() = server.close()

    @TempDir
    lateinit var dir: File

    @Test
    fun `with the rules in the jar the shrunk app works`() {
        val run = run(shrink(Libraries.asPublished()))
        assertEquals(0, run.status, run.output)
        assertTrue("ok cancel" in run.output, run.output)
        // Only what JNA reaches by name keeps its name.
        assertTrue("dev.qrgenerator" !in run.output.substringAfter("names:"), run.output)
    }

    @Test
    fun `without the rules it does not`() {
        val shrunk = R8.toClasses(Libraries.withoutRules(dir), rules = "-dontwarn java.awt.**", into = dir)
        assertNotEquals(0, run(shrunk.jar).status)
    }

    @Test
    @EnabledIfSystemProperty(named = "thorough", matches = "true")
    fun `without any one of the rules it does not`() {
        val libraries = Libraries.withoutRules(dir)
        val rules = Libraries.rules()
        // What is not warned of is not missing on a JVM.
        val platform = R8.platformWithoutWindows(dir)
        val all = R8.toClasses(libraries, rules.joinToString("\n"), dir, platform)
        assertEquals(0, all.status, all.output)
        for (rule in rules) {
            val shrunk = R8.toClasses(libraries, (rules - rule).joinToString("\n"), dir, platform)
            assertTrue(shrunk.status != 0 || run(shrunk.jar).status != 0, "not needed: $rule")
        }
    }

    @Test
    fun `for Android 7 the app is complete`() {
        val dex = R8.toDex(Libraries.ofAndroid(dir), into = dir)
        assertEquals(0, dex.status, dex.output)
        assertTrue("Missing class" !in dex.output, dex.output)
        val bytes = ZipFile(dex.jar).use { zip -> zip.getEntry("classes.dex").size }
        println("classes.dex: $bytes bytes")
    }

    private fun shrink(libraries: List<File>): File {
        val shrunk = R8.toClasses(libraries, rules = "", into = dir)
        assertEquals(0, shrunk.status, shrunk.output)
        return shrunk.jar
    }

    /** In a folder of its own, with nothing but the shrunk jar: the native library comes out of it. */
    private fun run(jar: File): Ended = java(dir, "-cp", jar.path, "app.AppKt", server.url)
}
