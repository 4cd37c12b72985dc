package dev.qrgenerator.sdk

import dev.qrgenerator.support.FixedAnswers
import dev.qrgenerator.support.RawServer
import kotlinx.coroutines.runBlocking
import java.io.File
import java.util.Base64
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertFalse
import kotlin.test.assertTrue

/** What a network and a bad server do to a client. */
class FaultsTest {
    private inline fun <reified E : QrException> failing(
        endpoint: String,
        readTimeoutMs: Long = 10_000,
    ): E =
        runBlocking {
            client(endpoint, readTimeoutMs = readTimeoutMs).use {
                assertFailsWith<E> { it.retrieve(RetrieveRequest(filename = "menu")) }
            }
        }

    @Test
    fun `an endpoint that is none is refused when the client is made`() {
        val cases =
            listOf(
                "",
                "qr.example.com",
                "ftp://qr.example.com",
                "https://",
                "https://user:secret@qr.example.com",
                "https://qr.example.com?a=b",
                "http://qr.example.com", // https is asked for: this one leaves the machine
            )
        for (endpoint in cases) {
            val thrown = assertFailsWith<QrException.InvalidInput>(endpoint) { client(endpoint) }
            assertEquals("endpoint_invalid", thrown.code())
            assertEquals("endpoint", thrown.field)
            assertFalse("secret" in thrown.toString())
        }
    }

    @Test
    fun `a time out of range is refused when the client is made`() {
        val thrown = assertFailsWith<QrException.InvalidInput> { client("http://127.0.0.1", deadlineMs = 0) }
        assertEquals("config_out_of_range", thrown.code())
        assertEquals("deadlineMs", thrown.field)
    }

    @Test
    fun `a host that is not found`() {
        // RFC 6761, 6.4: a name under `invalid` has no address.
        assertEquals(NetworkFailure.DNS, failing<QrException.Network>("https://qr.invalid").failure)
    }

    @Test
    fun `a refused connection may be tried again`() {
        val thrown = failing<QrException.Network>("http://127.0.0.1:1")
        assertEquals(NetworkFailure.CONNECT, thrown.failure)
        assertTrue(thrown.isRetryable())
    }

    @Test
    fun `a server that stalls`() {
        RawServer.silent().use {
            assertEquals(300, failing<QrException.Timeout>(it.url, readTimeoutMs = 300).afterMs)
        }
    }

    @Test
    fun `half an answer`() {
        val half = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"images\":["
        RawServer.sending(half.toByteArray()).use {
            assertEquals(NetworkFailure.INTERRUPTED, failing<QrException.Network>(it.url).failure)
        }
    }

    @Test
    fun `10 MB of junk`() {
        val head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 10000000\r\n\r\n"
        RawServer.sending(head.toByteArray() + ByteArray(10_000_000) { 'x'.code.toByte() }).use {
            failing<QrException.Protocol>(it.url)
        }
    }

    @Test
    fun `HTML where JSON was due`() {
        FixedAnswers("text/html") { 200 to "<!doctype html><title>Sign in to the hotel</title>" }.use {
            val thrown = failing<QrException.Protocol>(it.url)
            assertEquals("protocol", thrown.code())
            assertFalse("hotel" in thrown.toString())
        }
    }

    @Test
    fun `an image that is not the one it is said to be`() {
        val good = File(System.getProperty("repo.root"), "contract/fixtures/retrieve.answer.json").readText()
        val base64 = Regex("\"base64\":\"([^\"]+)\"").find(good)!!.groupValues[1]
        val other = Base64.getDecoder().decode(base64).also { it[it.lastIndex] = (it.last() + 1).toByte() }
        val cases =
            mapOf(
                "wrong base64" to good.replace(base64, "!" + base64.drop(1)),
                "wrong sha256" to good.replace(base64, Base64.getEncoder().encodeToString(other)),
            )
        for ((what, answer) in cases) {
            FixedAnswers { 200 to answer }.use { failing<QrException.Protocol>(it.url) }
            assertTrue(answer != good, what)
        }
        FixedAnswers { 200 to good }.use { endpoint ->
            runBlocking { client(endpoint.url).use { it.retrieve(RetrieveRequest()) } }
        }
    }

    @Test
    fun `a transient failure is tried again`() {
        var asked = 0
        FixedAnswers {
            asked += 1
            if (asked < 3) {
                503 to """{"type":"about:blank","title":"t","status":503,"code":"overloaded","detail":"d"}"""
            } else {
                200 to """{"deleted":true}"""
            }
        }.use { endpoint ->
            runBlocking { client(endpoint.url, maxRetries = 3).use { assertTrue(it.delete(DeleteRequest("menu"))) } }
        }
        assertEquals(3, asked)
    }

    @Test
    fun `a panic in Rust is an exception and the client goes on working`() {
        client("http://127.0.0.1:1").use {
            val sync = assertFailsWith<InternalException> { panicNow() }
            assertTrue("planted panic" in sync.message.orEmpty(), sync.message)
            assertFailsWith<InternalException> { runBlocking { panicLater() } }
            assertTrue(it.render(RenderRequest("still here", Detail.Low)).png.isNotEmpty())
        }
    }

    @Test
    fun `a client that is closed says so and closing it twice does nothing`() {
        val client = client("http://127.0.0.1:1")
        client.close()
        client.close()
        assertFailsWith<IllegalStateException> { client.render(RenderRequest("x", Detail.Low)) }
        assertFailsWith<IllegalStateException> { runBlocking { client.delete(DeleteRequest("menu")) } }
    }
}
