package dev.qrgenerator.sample.support

import com.sun.net.httpserver.HttpServer
import java.net.InetAddress
import java.net.InetSocketAddress
import java.net.ServerSocket
import java.util.concurrent.Executors

/** A service that answers every request with the same refusal. */
class Answers(
    private val status: Int,
    private val body: String,
    private val contentType: String = "application/problem+json",
    private val headers: Map<String, String> = emptyMap(),
) : AutoCloseable {
    private val threads = Executors.newCachedThreadPool()
    private val server =
        HttpServer.create(InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0).apply {
            executor = threads
            createContext("/") { exchange ->
                exchange.requestBody.readBytes()
                exchange.responseHeaders.add("Content-Type", contentType)
                headers.forEach { (name, value) -> exchange.responseHeaders.add(name, value) }
                val bytes = body.toByteArray()
                exchange.sendResponseHeaders(status, bytes.size.toLong())
                exchange.responseBody.use { it.write(bytes) }
            }
            start()
        }

    val url = "http://127.0.0.1:${server.address.port}"

    override fun close() {
        server.stop(0)
        threads.shutdownNow()
    }

    companion object {
        fun problem(
            status: Int,
            code: String,
            headers: Map<String, String> = emptyMap(),
        ) = Answers(
            status,
            """{"type":"urn:qrgen:problem:$code","title":"t","status":$status,"code":"$code","detail":"d"}""",
            headers = headers,
        )
    }
}

/** Takes connections and never says a word. */
class SilentServer : AutoCloseable {
    private val socket = ServerSocket(0, 50, InetAddress.getLoopbackAddress())
    val url = "http://127.0.0.1:${socket.localPort}"

    override fun close() = socket.close()
}

/** An address of this machine at which nothing listens. */
fun closedUrl(): String =
    ServerSocket(0, 1, InetAddress.getLoopbackAddress()).use { "http://127.0.0.1:${it.localPort}" }
