package dev.qrgenerator.sdk

import kotlinx.validation.api.dump
import kotlinx.validation.api.filterOutNonPublic
import kotlinx.validation.api.loadApiFromJvmClasses
import java.io.File
import kotlin.test.Test
import kotlin.test.assertEquals

/** What apps compile against: reviewed, and documented. */
class SurfaceTest {
    @Test
    fun `the binary surface is the reviewed one`() {
        val signatures =
            File(System.getProperty("main.classes"))
                .walk()
                .filter { it.extension == "class" && !HELPER_FILE.containsMatchIn(it.name) }
                .sortedBy { it.path }
                .map { it.inputStream() }
                .loadApiFromJvmClasses()
                .filterOutNonPublic()
        val actual = buildString { signatures.dump(this) }
        val file = File(System.getProperty("api.dump"))
        if (System.getProperty("api.update") == "true") file.writeText(actual)
        assertEquals(file.readText(), actual, "review the difference, then run with -Dapi.update=true")
    }

    @Test
    fun `Java sees every type of number`() {
        // A function that takes or gives an unsigned number has a mangled name, with a hyphen in it.
        val mangled = File(System.getProperty("api.dump")).readLines().filter { Regex(""" \w+-\w+ """) in it }
        assertEquals(emptyList(), mangled)
    }

    @Test
    fun `every type that is generated for apps has KDoc`() {
        val lines =
            File(System.getProperty("generated.sources"))
                .walk()
                .first { it.extension == "kt" }
                .readLines()
        val bare =
            lines.indices.filter { i ->
                val name = DECLARATION.find(lines[i])?.groupValues?.get(1) ?: return@filter false
                val before = lines.take(i).last { it.isNotBlank() && !it.trim().startsWith("@") }
                !HELPER_NAME.containsMatchIn(name) && before.trim() != "*/"
            }
        assertEquals(emptyList(), bare.map { lines[it].trim() })
    }

    private companion object {
        /** What UniFFI generates for itself and has to leave public. */
        val HELPER_FILE =
            Regex("^(FfiConverter|Uniffi|uniffi|RustBuffer|NoHandle|Disposable|ForeignBytes)|[$]ErrorHandler")
        val HELPER_NAME =
            Regex("^(FfiConverter|Uniffi|uniffi|RustBuffer|NoHandle|Disposable|InternalException)|(Impl|Interface)$")
        val DECLARATION = Regex("""^(?:public )?(?:open |sealed |data |enum )?(?:class|interface|object) (\w+)""")
    }
}
