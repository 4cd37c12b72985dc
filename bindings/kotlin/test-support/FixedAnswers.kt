package dev.qrgenerator.support

import com.sun.net.httpserver.HttpServer
import java.net.InetAddress
import java.net.InetSocketAddress
import java.util.concurrent.Executors

/**
 * An HTTP server that answers every request as the test says: status and body.
 *
 * @param contentType if not the one that the service would give an answer of that status
 */
class FixedAnswers(
    private val contentType: String? = null,
    private val headers: Map<String, String> = emptyMap(),
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
                exchange.responseHeaders.add("Content-Type", contentType ?: usual(status))
                headers.forEach { (name, value) -> exchange.responseHeaders.add(name, value) }
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

    companion object {
        /** Refuses every request with this code. */
        fun problem(
            code: String,
            status: Int,
            headers: Map<String, String> = emptyMap(),
        ) = FixedAnswers(headers = headers) {
            status to
                """{"type":"urn:qrgen:problem:$code","title":"t","status":$status,"code":"$code","detail":"why",""" +
                """"requestId":"r-1"}"""
        }

        private fun usual(status: Int) = if (status == 200) "application/json" else "application/problem+json"
    }
}
