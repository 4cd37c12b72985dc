package dev.qrgenerator.sdk

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancel
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.future.future
import java.util.concurrent.CompletableFuture

/**
 * [QrClient] for Java: futures in place of coroutines.
 *
 * A future fails with the [QrException] that the suspending call throws. Cancelling it cancels the request.
 * May be used from any thread.
 *
 * @param client the client that does the work; closing this closes it too
 */
public class QrClientFutures(
    private val client: QrClient,
) : AutoCloseable {
    private val scope = CoroutineScope(SupervisorJob() + Dispatchers.Default)

    /**
     * A client with the default configuration.
     *
     * @param endpoint see [QrClientConfig.endpoint]
     */
    @Throws(QrException::class)
    public constructor(endpoint: String, deviceKey: DeviceKey) :
        this(QrClient(QrClientConfig(endpoint), deviceKey))

    /** The id under which the service keeps this device's codes. See [QrClient.deviceId]. */
    public fun deviceId(): String = client.deviceId()

    /** Makes a code and stores it. See [QrClient.generate]. */
    public fun generate(request: GenerateRequest): CompletableFuture<GenerateOutcome> =
        scope.future { client.generate(request) }

    /** One page of codes. See [QrClient.retrieve]. */
    public fun retrieve(request: RetrieveRequest): CompletableFuture<RetrievePage> =
        scope.future { client.retrieve(request) }

    /** All codes that [request] asks for, when the last page is in. See [QrClient.retrieveAll]. */
    @JvmOverloads
    public fun retrieveAll(request: RetrieveRequest = RetrieveRequest()): CompletableFuture<List<QrImage>> =
        scope.future { client.retrieveAll(request).toList() }

    /** Throws a code away. See [QrClient.delete]. */
    public fun delete(request: DeleteRequest): CompletableFuture<Boolean> = scope.future { client.delete(request) }

    /** Draws a code at once, without a network. See [QrClient.render]. */
    @Throws(QrException::class)
    public fun render(request: RenderRequest): RenderedCode = client.render(request)

    /** Cancels what is running and closes the client. */
    override fun close() {
        scope.cancel()
        client.close()
    }
}
