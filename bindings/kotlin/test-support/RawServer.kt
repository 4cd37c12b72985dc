package dev.qrgenerator.support

import java.io.IOException
import java.net.InetAddress
import java.net.ServerSocket
import java.net.Socket
import java.net.SocketException
import java.util.concurrent.LinkedBlockingQueue
import kotlin.concurrent.thread

/** A server below HTTP: it sends what the test says after it has read a request, or stays silent. */
class RawServer private constructor(
    private val answer: (Connection) -> Unit,
) : AutoCloseable {
    private val listener = ServerSocket(0, 50, InetAddress.getLoopbackAddress())

    /** The connections, in the order in which they came. */
    val accepted = LinkedBlockingQueue<Connection>()

    val url: String = "http://127.0.0.1:${listener.localPort}"

    init {
        thread(isDaemon = true) {
            try {
                while (true) {
                    val connection = Connection(listener.accept())
                    accepted += connection
                    thread(isDaemon = true) { answer(connection) }
                }
            } catch (_: SocketException) {
                // Closed: the test is over.
            }
        }
    }

    override fun close() {
        listener.close()
        accepted.forEach { it.close() }
    }

    class Connection(
        private val socket: Socket,
    ) : AutoCloseable {
        /** Reads up to the end of the headers. */
        fun awaitRequest() {
            val seen = StringBuilder()
            while (!seen.endsWith("\r\n\r\n")) {
                val byte = socket.getInputStream().read()
                check(byte >= 0) { "the client closed before it had asked" }
                seen.append(byte.toChar())
            }
        }

        /** Waits until the other side has closed, whatever of the body it still sends before. */
        fun isClosedByPeer(): Boolean {
            socket.soTimeout = 10_000
            return try {
                while (socket.getInputStream().read() >= 0) Unit
                true
            } catch (_: SocketException) {
                true
            } catch (_: IOException) {
                false
            }
        }

        fun send(bytes: ByteArray) {
            socket.getOutputStream().run {
                write(bytes)
                flush()
            }
        }

        override fun close() = socket.close()
    }

    companion object {
        /** Takes connections and says nothing. */
        fun silent() = RawServer {}

        /** Answers each request with these bytes and closes the connection. */
        fun sending(bytes: ByteArray) =
            RawServer { connection ->
                connection.awaitRequest()
                try {
                    connection.use { it.send(bytes) }
                } catch (_: SocketException) {
                    // The client had enough.
                }
            }
    }
}
