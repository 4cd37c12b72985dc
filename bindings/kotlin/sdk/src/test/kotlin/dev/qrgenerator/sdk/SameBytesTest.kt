package dev.qrgenerator.sdk

import dev.qrgenerator.support.FixedAnswers
import kotlinx.coroutines.runBlocking
import java.io.File
import kotlin.test.Test
import kotlin.test.assertContentEquals
import kotlin.test.assertEquals
import kotlin.test.assertNotNull
import kotlin.test.assertTrue

/** What Rust has written down holds here too: golden images, and the examples of the wire contract. */
class SameBytesTest {
    private val root = File(System.getProperty("repo.root"))

    @Test
    fun `golden images have the bytes that they have in Rust`() {
        val texts =
            mapOf(
                "url" to "https://example.com/menu",
                "upper-case url" to "HTTPS://EXAMPLE.COM/MENU",
                "digits" to "0123456789".repeat(8),
                "wifi" to "WIFI:T:WPA;S:Example;P:correct horse battery staple;;",
                "umlauts" to "Grüße aus Köln",
                "japanese" to "日本語のテキスト、漢字とかな。",
                "emoji" to "👩‍🚀 → 🌍",
                "long" to "The quick brown fox jumps over the lazy dog. ".repeat(28),
            )
        val details = mapOf("low" to Detail.Low, "medium" to Detail.Medium, "high" to Detail.High, "max" to Detail.Max)
        var compared = 0
        client("http://127.0.0.1:1").use {
            for (line in File(root, "engine/tests/outputs/golden.txt").readLines()) {
                val (hash, text, detail) = Regex("""^(\w{64}) +\d+ bytes  (.+), (.+)$""").find(line)!!.destructured
                val request = RenderRequest(texts[text] ?: continue, details[detail] ?: continue)
                assertEquals(hash, sha256(it.render(request).png), line)
                compared += 1
            }
        }
        assertEquals(texts.size * details.size, compared)
    }

    @Test
    fun `the examples of the contract are understood`() {
        fun <T> answering(
            fixture: String,
            call: suspend (QrClient) -> T,
        ): T =
            FixedAnswers { 200 to File(root, "contract/fixtures/$fixture.answer.json").readText() }.use { endpoint ->
                runBlocking { client(endpoint.url).use { call(it) } }
            }

        val made = answering("generate") { it.generate(request()) }
        assertEquals(GenerateStatus.CREATED, made.status)
        assertEquals(made.image.sha256, sha256(made.image.png!!))
        assertTrue(answering("delete") { it.delete(DeleteRequest("menu")) })

        for (fixture in listOf("retrieve", "retrieve-page", "retrieve-url", "listing")) {
            val page = answering(fixture) { it.retrieve(RetrieveRequest()) }
            val wire = File(root, "contract/fixtures/$fixture.answer.json").readText()
            val names = Regex("\"filename\":\"(.*?)\"").findAll(wire).map { it.groupValues[1] }.toList()
            assertEquals(names, page.images.map { it.filename }, fixture)
            assertEquals("\"nextToken\":null" in wire, page.nextToken == null, fixture)
            assertEquals("\"url\"" in wire, page.images.any { it.url != null }, fixture)
        }
    }

    @Test
    fun `pixels are those of the symbol, whole modules at any size`() {
        client("http://127.0.0.1:1").use {
            val drawn = it.render(RenderRequest("https://example.com/menu", Detail.Medium))
            val side = 17 + 4 * drawn.symbol.version + 2 * 4
            for (size in listOf(side, 200, 333)) {
                val rgba = pixels(drawn.png, size)
                assertEquals(size * size * 4, rgba.size)
                val colours = rgba.asList().chunked(4).toSet()
                assertEquals(setOf(listOf<Byte>(0, 0, 0, -1), listOf<Byte>(-1, -1, -1, -1)), colours)
            }
            assertNotNull(runCatching { pixels(drawn.png, side - 1) }.exceptionOrNull())
            assertContentEquals(drawn.png, it.render(RenderRequest("https://example.com/menu", Detail.Medium)).png)
        }
    }
}
