package dev.qrgenerator.sdk

import dev.qrgenerator.support.FixedAnswers
import kotlinx.coroutines.runBlocking
import java.io.File
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertIs
import kotlin.test.assertNotNull
import kotlin.test.assertNull
import kotlin.test.assertTrue

/** Refusals of the service, as exceptions. */
class ErrorsTest {
    private fun refusal(
        code: String,
        status: Int,
    ): QrException =
        FixedAnswers.problem(code, status).use { endpoint ->
            runBlocking {
                client(endpoint.url).use { assertFailsWith<QrException> { it.delete(DeleteRequest("menu")) } }
            }
        }

    @Test
    fun `every code of the service is an exception that carries it`() {
        val codes = codesOfTheGuide()
        assertEquals(Code.entries.size, codes.size)
        for ((code, status) in codes) {
            val thrown = refusal(code, status)
            assertEquals(code, thrown.code())
            if (code == "rate_limited") {
                assertIs<QrException.RateLimited>(thrown)
                assertTrue(thrown.isRetryable())
                continue
            }
            assertIs<QrException.Service>(thrown, code)
            assertNotNull(thrown.code.known, "the library does not know $code")
            assertEquals(status, thrown.status)
            assertEquals("why", thrown.reason)
            assertEquals("r-1", thrown.requestId)
            assertEquals("the service refused the request: why ($code, HTTP $status)", thrown.toString())
        }
    }

    @Test
    fun `a code of a newer service is kept as it came`() {
        val thrown = assertIs<QrException.Service>(refusal("moon_phase_wrong", 422))
        assertEquals(ErrorCode(null, "moon_phase_wrong"), thrown.code)
        assertEquals("moon_phase_wrong", thrown.code())
        assertNull(thrown.code.known)
    }

    @Test
    fun `what breaks a rule is refused before it is sent, with the code of the service`() {
        // Nothing listens there: what is sent would be a network error.
        client("http://127.0.0.1:1").use {
            val cases =
                mapOf(
                    request(text = "") to "text_empty",
                    request(text = "x".repeat(8_000)) to "text_too_long",
                    request(filename = "a/b") to "filename_invalid",
                    request(detail = Detail.Custom(DetailOptions(Level.L, scale = 65))) to "scale_out_of_range",
                    request(detail = Detail.Custom(DetailOptions(Level.L, dark = "black"))) to "color_invalid",
                )
            for ((request, code) in cases) {
                val thrown = runBlocking { assertFailsWith<QrException.InvalidInput>(code) { it.generate(request) } }
                assertEquals(code, thrown.code())
            }
            val faint = RenderRequest("text", Detail.Custom(DetailOptions(Level.L, dark = "#eeeeee")))
            assertEquals("contrast_too_low", assertFailsWith<QrException.InvalidInput> { it.render(faint) }.code())
        }
    }

    /** Code and status of each row of the table of the service in docs/guide/errors.md. */
    private fun codesOfTheGuide(): Map<String, Int> =
        File(System.getProperty("repo.root"), "docs/guide/errors.md")
            .readLines()
            .mapNotNull { Regex("""^\| `(\w+)` \| (\d{3}) """).find(it)?.destructured }
            .associate { (code, status) -> code to status.toInt() }
}
