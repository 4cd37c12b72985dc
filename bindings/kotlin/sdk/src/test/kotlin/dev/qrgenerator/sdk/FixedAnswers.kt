package dev.qrgenerator.sdk

import com.sun.net.httpserver.HttpServer
import java.net.InetAddress
import java.net.InetSocketAddress
import java.util.concurrent.Executors

/** An HTTP server that answers every request as the test says: status, body and content type. */
internal class FixedAnswers(
    private val contentType: String = "application/json",
    private val answer: () -> Pair<Int, String>,
) : AutoCloseable {
    private val threads = Executors.newCachedThreadPool()
    private val server =
        HttpServer.create(InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0).apply {
            executor = threads
            createContext("/") { exchange ->
                exchange.requestBody.readAllBytes()
                val (status, body) = answer()
                val bytes = body.toByteArray()
                exchange.responseHeaders.add("Content-Type", if (status == 200) contentType else PROBLEM)
                exchange.sendResponseHeaders(status, bytes.size.toLong())
                exchange.responseBody.use { it.write(bytes) }
            }
            start()
        }

    val url: String = "http://127.0.0.1:${server.address.port}"

    override fun close() {
        server.stop(0)
        threads.shutdownNow()
    }

    private companion object {
        const val PROBLEM = "application/problem+json"
    }
}
