package dev.qrgenerator.sdk

import dev.qrgenerator.support.QrgenServe
import dev.qrgenerator.support.SoftwareKey
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.TestInstance
import kotlin.test.Test
import kotlin.test.assertContentEquals
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertFalse
import kotlin.test.assertNull
import kotlin.test.assertTrue

/** The operations as an app calls them, against the real service. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OperationsTest {
    private val server = QrgenServe()

    @AfterAll
    fun stop() = server.close()

    /** Each test is a device of its own, with an empty library. */
    private fun withClient(block: suspend (QrClient) -> Unit) = runBlocking { client(server.url).use { block(it) } }

    @Test
    fun `a code that was made is found again with the same image`() =
        withClient {
            val made = it.generate(request())
            assertEquals(GenerateStatus.CREATED, made.status)
            assertTrue("qrgen" in made.verifiedBy, made.verifiedBy.toString())

            val found = it.retrieve(RetrieveRequest(filename = "menu")).images.single()
            assertContentEquals(made.image.png, found.png)
            assertEquals("https://example.com/menu", found.text)
            assertEquals(sha256(found.png!!), found.sha256)
            assertEquals(found.png!!.size.toLong(), found.byteSize)
        }

    @Test
    fun `the same request again changes nothing and another text needs replace`() =
        withClient {
            it.generate(request())
            assertEquals(GenerateStatus.UNCHANGED, it.generate(request()).status)

            val refused = assertFailsWith<QrException.Service> { it.generate(request(text = "other")) }
            assertEquals("filename_taken", refused.code())
            assertEquals(409, refused.status)
            assertFalse(refused.isRetryable())

            assertEquals(GenerateStatus.REPLACED, it.generate(request(text = "other", replace = true)).status)
        }

    @Test
    fun `a code that was thrown away is gone and throwing it away again says so`() =
        withClient {
            it.generate(request())
            assertTrue(it.delete(DeleteRequest("menu")))
            assertFalse(it.delete(DeleteRequest("menu")))
            assertEquals(emptyList(), it.retrieve(RetrieveRequest()).images)
        }

    @Test
    fun `a listing without content opens no image`() =
        withClient {
            it.generate(request())
            val listed = it.retrieve(RetrieveRequest(content = ContentKind.NONE)).images.single()
            assertEquals("menu", listed.filename)
            assertNull(listed.png)
            assertNull(listed.text)
        }

    @Test
    fun `the options in an answer give the same bytes again`() =
        withClient {
            val blue = DetailOptions(Level.Q, scale = 5, quietZone = 2, dark = "#1a237e")
            val image = it.generate(request(detail = Detail.Custom(blue))).image
            val again = it.render(RenderRequest(image.text!!, Detail.Custom(image.detail!!)))
            assertContentEquals(image.png, again.png)
            assertEquals(image.widthPx, again.widthPx)
            assertEquals(image.symbol, again.symbol)
        }

    @Test
    fun `render needs no server and gives what the service would store`() =
        withClient {
            val drawn = it.render(RenderRequest("https://example.com/menu", Detail.Medium))
            assertContentEquals(it.generate(request()).image.png, drawn.png)
        }

    @Test
    fun `describe says what a text costs`() =
        withClient {
            val described = it.describe(RenderRequest("https://example.com/menu", Detail.Medium))
            assertEquals(2, described.symbol.version)
            assertTrue(described.usedBits <= described.capacityBits)
        }

    @Test
    fun `two devices do not see each other and one key is one device`() =
        runBlocking {
            val key = SoftwareKey()
            client(server.url, key).use { it.generate(request()) }
            client(server.url).use { assertEquals(0, it.retrieve(RetrieveRequest()).images.size) }
            client(server.url, key).use {
                assertEquals(1, it.retrieve(RetrieveRequest()).images.size)
                assertTrue(Regex("[A-Za-z0-9_-]{43}").matches(it.deviceId()))
            }
        }
}
