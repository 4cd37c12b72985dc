package app

import org.junit.jupiter.api.io.TempDir
import java.io.File
import kotlin.test.Test
import kotlin.test.assertNotEquals
import kotlin.test.assertTrue

/** What an app says whose native library was left out. */
class NativeLibraryTest {
    @TempDir
    lateinit var dir: File

    @Test
    fun `the message names the file, the platform and what to do`() {
        val classPath = (Libraries.withoutNatives(dir) + Libraries.app(dir)).joinToString(File.pathSeparator)
        val ended = java(dir, "-cp", classPath, "app.AppKt", "http://127.0.0.1:1")
        assertNotEquals(0, ended.status)
        val file = "${com.sun.jna.Platform.RESOURCE_PREFIX}/${System.mapLibraryName("qrgen_sdk")}"
        for (word in listOf("UnsatisfiedLinkError", "the native library $file", "cargo xtask bindings")) {
            assertTrue(word in ended.output, "no `$word` in: ${ended.output}")
        }
    }
}
