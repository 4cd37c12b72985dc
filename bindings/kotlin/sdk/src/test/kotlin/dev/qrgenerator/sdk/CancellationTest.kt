package dev.qrgenerator.sdk

import dev.qrgenerator.support.QrgenServe
import dev.qrgenerator.support.RawServer
import dev.qrgenerator.support.SoftwareKey
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import kotlinx.coroutines.withTimeoutOrNull
import kotlinx.coroutines.yield
import java.util.concurrent.TimeUnit
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertNull
import kotlin.test.assertTrue

/** A cancelled coroutine ends its request, in Rust and at the server. */
class CancellationTest {
    @Test
    fun `cancelling drops the Rust future`() =
        runBlocking {
            val before = droppedWaits()
            // Undispatched: it runs here up to its first wait, which is in Rust.
            val waiting = launch(start = CoroutineStart.UNDISPATCHED) { waitForEver() }
            waiting.cancelAndJoin()
            withTimeout(10_000) { while (droppedWaits() == before) yield() }
            assertEquals(before + 1, droppedWaits())
        }

    @Test
    fun `cancelling closes the connection of a request under way`() =
        RawServer.silent().use { server ->
            runBlocking {
                client(server.url).use {
                    val call = launch(Dispatchers.Default) { it.delete(DeleteRequest("menu")) }
                    val connection = server.accepted.poll(10, TimeUnit.SECONDS)!!
                    connection.awaitRequest()
                    call.cancelAndJoin()
                    assertTrue(connection.isClosedByPeer())
                }
            }
        }

    @Test
    fun `the coroutine sees a CancellationException and nothing of ours`() =
        RawServer.silent().use { server ->
            runBlocking {
                client(server.url).use {
                    val seen = CompletableDeferred<Throwable>()
                    val call =
                        launch(Dispatchers.Default) {
                            try {
                                it.delete(DeleteRequest("menu"))
                            } catch (e: Throwable) {
                                seen.complete(e)
                                throw e
                            }
                        }
                    server.accepted.poll(10, TimeUnit.SECONDS)!!.awaitRequest()
                    call.cancelAndJoin()
                    assertTrue(seen.await() is CancellationException, seen.await().toString())
                    assertTrue(call.isCancelled)
                }
            }
        }

    @Test
    fun `a time limit of the caller holds`() =
        RawServer.silent().use { server ->
            runBlocking {
                client(server.url).use {
                    assertNull(withTimeoutOrNull(200) { it.retrieve(RetrieveRequest()) })
                }
            }
        }

    @Test
    fun `nothing is half done when a call is cancelled before it is signed`() =
        QrgenServe().use { server ->
            runBlocking {
                val signing = CompletableDeferred<Unit>()
                val key = SoftwareKey()
                val hesitant =
                    object : DeviceKey {
                        override fun publicKey() = key.publicKey()

                        override suspend fun sign(bytes: ByteArray): ByteArray {
                            signing.complete(Unit)
                            awaitCancellation()
                        }
                    }
                client(server.url, hesitant).use {
                    val call = async(Dispatchers.Default) { it.generate(request()) }
                    signing.await()
                    call.cancel()
                    assertFailsWith<CancellationException> { call.await() }
                }
                client(server.url, key).use { assertEquals(emptyList(), it.retrieve(RetrieveRequest()).images) }
            }
        }
}
