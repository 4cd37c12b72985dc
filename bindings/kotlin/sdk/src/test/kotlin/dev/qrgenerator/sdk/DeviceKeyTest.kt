package dev.qrgenerator.sdk

import dev.qrgenerator.support.QrgenServe
import dev.qrgenerator.support.SoftwareKey
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.TestInstance
import org.junit.jupiter.api.io.TempDir
import java.io.File
import java.nio.file.Files
import java.nio.file.attribute.PosixFilePermissions
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit
import kotlin.test.Test
import kotlin.test.assertContentEquals
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertTrue

/** Keys of the app's own, good and bad. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeviceKeyTest {
    private val server = QrgenServe()

    @TempDir
    lateinit var dir: File

    @AfterAll
    fun stop() = server.close()

    private class FailingKey(
        private val failure: () -> ByteArray,
    ) : DeviceKey {
        private val key = SoftwareKey()

        override fun publicKey() = key.publicKey()

        override suspend fun sign(bytes: ByteArray) = failure()
    }

    private fun failingWith(failure: () -> ByteArray): QrException.InvalidInput =
        runBlocking {
            client(server.url, FailingKey(failure)).use {
                assertFailsWith<QrException.InvalidInput> { it.delete(DeleteRequest("menu")) }
            }
        }

    @Test
    fun `what a key declares arrives as it was thrown`() {
        val thrown = failingWith { throw deviceKeyFailed("the phone is locked") }
        assertEquals("device_key_failed", thrown.code())
        assertEquals("deviceKey: the phone is locked", thrown.toString())
    }

    @Test
    fun `what a key does not declare is a failure of the key`() {
        val thrown = failingWith { error("boom") }
        assertEquals("device_key_failed", thrown.code())
        assertTrue("boom" in thrown.toString(), thrown.toString())
    }

    @Test
    fun `garbage is not taken for a signature`() {
        assertEquals("device_key_invalid", failingWith { byteArrayOf(1, 2, 3) }.code())
    }

    @Test
    fun `a public key that is none is refused when the client is made`() {
        val key =
            object : SoftwareKey() {
                override fun publicKey() = byteArrayOf(4, 5, 6)
            }
        assertEquals("device_key_invalid", assertFailsWith<QrException.InvalidInput> { client(server.url, key) }.code())
    }

    @Test
    fun `a key in a file is made once, for its owner alone, and opened again`() {
        val path = File(dir, "device.key")
        val made = FileDeviceKey.loadOrCreate(path.path)
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path.toPath())))
        assertContentEquals(made.publicKey(), FileDeviceKey.loadOrCreate(path.path).publicKey())
        runBlocking {
            client(server.url, made).use { it.generate(request("from-a-file")) }
        }

        path.setReadable(true, false)
        val exposed = assertFailsWith<QrException.InvalidInput> { FileDeviceKey.loadOrCreate(path.path) }
        assertEquals("device_key_exposed", exposed.code())
    }

    @Test
    fun `a key that blocks holds up its own call and no other`() =
        runBlocking {
            val signing = CountDownLatch(1)
            val key = SoftwareKey()
            val blocking =
                object : BlockingDeviceKey() {
                    override fun publicKey() = key.publicKey()

                    override fun signBlocking(bytes: ByteArray): ByteArray {
                        signing.countDown()
                        Thread.sleep(10_000)
                        error("nobody waits that long here")
                    }
                }
            client(server.url, blocking).use { slow ->
                val stuck = launch(Dispatchers.Default) { slow.delete(DeleteRequest("menu")) }
                assertTrue(signing.await(10, TimeUnit.SECONDS))
                client(server.url).use { other -> assertEquals(false, other.delete(DeleteRequest("menu"))) }
                assertTrue(stuck.isActive, "the others have not waited for it")
                withTimeout(5_000) { stuck.cancelAndJoin() }
            }
        }

    @Test
    fun `a hundred coroutines share one client`() =
        runBlocking {
            client(server.url).use {
                val made = (1..100).map { n -> async(Dispatchers.Default) { it.generate(request("n$n", "text $n")) } }
                assertEquals((1..100).map { n -> "text $n" }, made.awaitAll().map { outcome -> outcome.image.text })
                assertEquals(100, it.retrieve(RetrieveRequest(content = ContentKind.NONE, limit = 200)).images.size)
            }
        }
}
