package dev.qrgenerator.sample.data

import dev.qrgenerator.sample.support.RobolectricTest
import dev.qrgenerator.support.FixedAnswers
import dev.qrgenerator.support.QrgenServe
import dev.qrgenerator.support.RawServer
import dev.qrgenerator.support.SoftwareKey
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertArrayEquals
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Test

/** The repository, the real SDK and a real `qrgen serve`. */
class ServiceTest : RobolectricTest() {
    private val menu = Draft("menu", "https://example.com/menu", Preset.MEDIUM)

    private fun withService(block: suspend (CodeRepository) -> Unit) =
        QrgenServe().use {
            useService(it.url)
            runBlocking { block(container.codes) }
        }

    private fun problemAt(url: String): Problem {
        useService(url)
        return assertThrows(ProblemException::class.java) { runBlocking { container.codes.page("") } }.problem
    }

    @Test
    fun `a code is made, found, drawn as the service drew it, and deleted`() =
        withService { codes ->
            codes.make(menu, replace = false)
            val found = codes.find("menu")!!
            assertEquals(menu.text, found.code.text)
            assertEquals(listOf(found.code), codes.page("").codes)
            // The phone draws the very bytes that the service keeps.
            assertArrayEquals(found.png, container.drawing.png(found.code))
            codes.delete("menu")
            assertNull(codes.find("menu"))
        }

    @Test
    fun `pages follow each other in the order of names, and a prefix narrows them`() =
        withService { codes ->
            val names = List(PAGE_SIZE + 2) { "code %02d".format(it) }
            names.shuffled(java.util.Random(7)).forEach { codes.make(menu.copy(name = it), replace = false) }
            val first = codes.page("")
            val second = codes.page("", first.nextToken)
            assertEquals(names, (first.codes + second.codes).map { it.name })
            assertNull(second.nextToken)
            assertEquals(10, codes.page("code 1").codes.size)
        }

    @Test
    fun `a name that is taken is refused until it shall be replaced`() =
        withService { codes ->
            codes.make(menu, replace = false)
            val other = menu.copy(text = "something else")
            val refused = assertThrows(ProblemException::class.java) { runBlocking { codes.make(other, false) } }
            assertEquals(Problem.NameTaken, refused.problem)
            codes.make(other, replace = true)
            assertEquals("something else", codes.find("menu")!!.code.text)
        }

    @Test
    fun `bad input belongs to its field`() =
        withService { codes ->
            val expected =
                mapOf(
                    menu.copy(name = "a/b") to Problem.NameInvalid,
                    menu.copy(text = "x".repeat(3_000), preset = Preset.MAX) to Problem.TextTooLong,
                )
            for ((draft, problem) in expected) {
                val refused = assertThrows(ProblemException::class.java) { runBlocking { codes.make(draft, false) } }
                assertEquals(problem, refused.problem)
            }
        }

    @Test
    fun `nothing listens`() = assertEquals(Problem.ServerDown, problemAt("http://127.0.0.1:1"))

    @Test
    fun `no network`() = assertEquals(Problem.Offline, problemAt("https://nobody.invalid"))

    @Test
    fun `the service is too slow`() = RawServer.silent().use { assertEquals(Problem.ServerSlow, problemAt(it.url)) }

    @Test
    fun `the service asks to wait`() {
        FixedAnswers.problem("rate_limited", 429, mapOf("Retry-After" to "42")).use {
            assertEquals(Problem.Busy(42), problemAt(it.url))
        }
    }

    @Test
    fun `the clock is wrong`() {
        FixedAnswers.problem("proof_expired", 401).use { assertEquals(Problem.ClockWrong, problemAt(it.url)) }
    }

    @Test
    fun `another server answers`() {
        FixedAnswers("text/html") { 404 to "<h1>Not found</h1>" }.use {
            assertEquals(Problem.EndpointWrong, problemAt(it.url))
        }
    }

    @Test
    fun `an address that may not be used`() = assertEquals(Problem.EndpointInvalid, problemAt("http://example.com"))

    @Test
    fun `after a restore the key is another, which is said until it is accepted`() =
        QrgenServe().use { serve ->
            // What a backup carries: the settings, with the id of a key that stayed in the old phone.
            runBlocking { container.settings.update { it.copy(deviceId = "id of the old phone") } }
            application.key = SoftwareKey()
            assertEquals(Problem.KeyLost, problemAt(serve.url))
            runBlocking {
                container.connections.acceptNewKey()
                assertTrue(
                    container.codes
                        .page("")
                        .codes
                        .isEmpty(),
                )
            }
        }
}
