package dev.qrgenerator.sdk

import com.sun.net.httpserver.HttpsConfigurator
import com.sun.net.httpserver.HttpsServer
import dev.qrgenerator.support.SoftwareKey
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.io.TempDir
import java.io.File
import java.net.InetAddress
import java.net.InetSocketAddress
import java.security.KeyStore
import java.util.concurrent.TimeUnit
import javax.net.ssl.KeyManagerFactory
import javax.net.ssl.SSLContext
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertFalse
import kotlin.test.assertTrue

/** TLS against a server of the JDK with a certificate of its own. */
class TlsTest {
    @TempDir
    lateinit var dir: File

    @Test
    fun `an issuer that nobody knows is refused, and trying again does not help`() {
        withServer { url, _ ->
            val thrown =
                client(url).use {
                    assertFailsWith<QrException.Network> { runBlocking { it.delete(DeleteRequest("menu")) } }
                }
            assertEquals(NetworkFailure.TLS, thrown.failure)
            assertFalse(thrown.isRetryable())
        }
    }

    @Test
    fun `the same server answers a client that trusts it`() {
        withServer { url, certificate ->
            val config = QrClientConfig(url, maxRetries = 0)
            clientThatTrusts(certificate, config, SoftwareKey()).use {
                assertTrue(runBlocking { it.delete(DeleteRequest("menu")) })
            }
        }
    }

    private fun withServer(block: (url: String, certificate: ByteArray) -> Unit) {
        val store = newKeyStore()
        val keys = KeyManagerFactory.getInstance("SunX509").apply { init(store, PASSWORD.toCharArray()) }
        val tls = SSLContext.getInstance("TLS").apply { init(keys.keyManagers, null, null) }
        val server = HttpsServer.create(InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0)
        server.httpsConfigurator = HttpsConfigurator(tls)
        server.createContext("/") { exchange ->
            exchange.requestBody.readAllBytes()
            exchange.responseHeaders.add("Content-Type", "application/json")
            val body = """{"deleted":true}""".toByteArray()
            exchange.sendResponseHeaders(200, body.size.toLong())
            exchange.responseBody.use { it.write(body) }
        }
        server.start()
        try {
            block("https://localhost:${server.address.port}", store.getCertificate("server").encoded)
        } finally {
            server.stop(0)
        }
    }

    /** The JDK makes certificates by its program only. */
    private fun newKeyStore(): KeyStore {
        val file = File(dir, "server.p12")
        val command =
            "keytool -genkeypair -alias server -keyalg EC -groupname secp256r1 -dname CN=localhost " +
                "-ext SAN=dns:localhost -validity 2 -storetype PKCS12 -storepass $PASSWORD -keystore $file"
        val keytool = File(System.getProperty("java.home"), "bin").path + File.separator
        val process = ProcessBuilder((keytool + command).split(" ")).redirectErrorStream(true).start()
        val output = process.inputStream.reader().readText()
        check(process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0) { output }
        return KeyStore.getInstance("PKCS12").apply { file.inputStream().use { load(it, PASSWORD.toCharArray()) } }
    }

    private companion object {
        const val PASSWORD = "for-tests"
    }
}
