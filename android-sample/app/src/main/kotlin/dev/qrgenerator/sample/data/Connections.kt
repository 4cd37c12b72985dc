package dev.qrgenerator.sample.data

import dev.qrgenerator.sdk.ContentKind
import dev.qrgenerator.sdk.DeviceKey
import dev.qrgenerator.sdk.QrClient
import dev.qrgenerator.sdk.QrClientConfig
import dev.qrgenerator.sdk.RetrieveRequest
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.withContext

/** Opens clients of the SDK, all with the one key of this phone. */
class Connections(
    private val settings: SettingsStore,
    private val loadKey: () -> DeviceKey,
    /** How long a call may take, retries included: nobody looks at a phone for longer. */
    private val deadlineMs: Long,
    private val dispatcher: CoroutineDispatcher = Dispatchers.IO,
) {
    private val lock = Mutex()
    private var key: DeviceKey? = null

    /** A client for this endpoint. [Problem.KeyLost] if the key is not the one that the codes belong to. */
    suspend fun open(endpoint: String): QrClient {
        val client = unchecked(endpoint)
        val known = settings.current().deviceId
        if (known == client.deviceId()) return client
        if (known != null) {
            client.close()
            throw ProblemException(Problem.KeyLost)
        }
        val id = client.deviceId()
        settings.update { it.copy(deviceId = id) }
        return client
    }

    /** What is wrong with this endpoint as a URL, or null. Nothing is sent. */
    suspend fun check(endpoint: String): Problem? =
        try {
            unchecked(endpoint).close()
            null
        } catch (e: ProblemException) {
            e.problem
        }

    /** What is wrong with the service at this endpoint, or null: asks it for one code. */
    suspend fun test(endpoint: String): Problem? =
        try {
            open(endpoint).use { client ->
                val cheapest = RetrieveRequest(null, null, ContentKind.NONE, 1, null)
                translating { client.retrieve(cheapest) }
            }
            null
        } catch (e: ProblemException) {
            e.problem
        }

    /** The id under which the service knows this phone. Makes the key if there is none yet. */
    suspend fun deviceId(): String = unchecked("http://localhost").use { it.deviceId() }

    /** Gives up the codes of a key that is lost, and goes on with the key that is there. */
    suspend fun acceptNewKey() {
        val id = deviceId()
        settings.update { it.copy(deviceId = id) }
    }

    private suspend fun unchecked(endpoint: String): QrClient =
        withContext(dispatcher) {
            translating {
                QrClient(
                    QrClientConfig(
                        endpoint,
                        connectTimeoutMs = 5_000,
                        readTimeoutMs = 15_000,
                        deadlineMs = deadlineMs,
                        maxRetries = 2,
                    ),
                    key(),
                )
            }
        }

    private suspend fun key(): DeviceKey = lock.withLock { key ?: loadKey().also { key = it } }
}
