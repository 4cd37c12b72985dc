package app

import dev.qrgenerator.sdk.BlockingDeviceKey
import dev.qrgenerator.sdk.DeleteRequest
import dev.qrgenerator.sdk.Detail
import dev.qrgenerator.sdk.DeviceKey
import dev.qrgenerator.sdk.GenerateRequest
import dev.qrgenerator.sdk.LogSink
import dev.qrgenerator.sdk.QrClient
import dev.qrgenerator.sdk.QrClientConfig
import dev.qrgenerator.sdk.QrException
import dev.qrgenerator.sdk.RenderRequest
import dev.qrgenerator.sdk.retrieveAll
import dev.qrgenerator.sdk.setLogSink
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import java.math.BigInteger
import java.security.KeyPairGenerator
import java.security.Signature
import java.security.interfaces.ECPublicKey
import java.security.spec.ECGenParameterSpec

/**
 * What an app does, in one program, which R8 shrinks and obfuscates.
 *
 * @param args the endpoint
 */
fun main(args: Array<String>): Unit =
    runBlocking {
        val key = AppKey()
        val config = QrClientConfig(args[0], maxRetries = 0)
        QrClient(config, key).use { client ->
            step("render") {
                val drawn = client.render(RenderRequest("abc", Detail.Medium))
                drawn.png.size > 100
            }
            step("generate") {
                val made = client.generate(GenerateRequest("a", "abc", Detail.Medium))
                made.image.text == "abc"
            }
            step("flow") {
                val found = client.retrieveAll().toList()
                found.single().filename == "a"
            }
            step("error of the service") {
                try {
                    client.generate(GenerateRequest("a", "other", Detail.Medium))
                    false
                } catch (e: QrException.Service) {
                    e.status == 409 && e.code() == "filename_taken" && "409" in e.toString()
                }
            }
            step("delete") { client.delete(DeleteRequest("a")) }
        }
        step("error of the key") {
            QrClient(config, Refusing(key)).use {
                try {
                    it.delete(DeleteRequest("a"))
                    false
                } catch (e: QrException.InvalidInput) {
                    "locked" in e.toString()
                }
            }
        }
        step("log") {
            val lines = mutableListOf<String>()
            setLogSink(
                object : LogSink {
                    override fun log(line: String) {
                        lines += line
                    }
                },
            )
            QrClient(QrClientConfig("http://127.0.0.1:1", maxRetries = 1, firstBackoffMs = 0), key).use {
                runCatching { it.delete(DeleteRequest("a")) }
            }
            setLogSink(null)
            lines.isNotEmpty()
        }
        step("cancel") {
            val waiting = Waiting(key)
            QrClient(config, waiting).use {
                val call = launch(Dispatchers.Default) { it.delete(DeleteRequest("a")) }
                waiting.signing.await()
                call.cancelAndJoin()
                call.isCancelled
            }
        }
        println("names: ${GenerateRequest::class.java.name} ${QrClient::class.java.name}")
    }

private class AppKey : BlockingDeviceKey() {
    private val pair =
        KeyPairGenerator.getInstance("EC").run {
            initialize(ECGenParameterSpec("secp256r1"))
            generateKeyPair()
        }

    override fun publicKey(): ByteArray {
        val w = (pair.public as ECPublicKey).w
        return byteArrayOf(4) + coordinate(w.affineX) + coordinate(w.affineY)
    }

    override fun signBlocking(bytes: ByteArray): ByteArray =
        Signature.getInstance("SHA256withECDSA").run {
            initSign(pair.private)
            update(bytes)
            sign()
        }

    private fun coordinate(number: BigInteger): ByteArray {
        val digits = number.toByteArray().takeLast(32).toByteArray()
        return ByteArray(32 - digits.size) + digits
    }
}

private class Refusing(
    private val key: DeviceKey,
) : DeviceKey {
    override fun publicKey() = key.publicKey()

    override suspend fun sign(bytes: ByteArray): ByteArray = error("locked")
}

private class Waiting(
    private val key: DeviceKey,
) : DeviceKey {
    val signing = CompletableDeferred<Unit>()

    override fun publicKey() = key.publicKey()

    override suspend fun sign(bytes: ByteArray): ByteArray {
        signing.complete(Unit)
        awaitCancellation()
    }
}

private inline fun step(
    name: String,
    check: () -> Boolean,
) {
    check(check()) { name }
    println("ok $name")
}
