import dev.qrgenerator.sdk.DeleteRequest
import dev.qrgenerator.sdk.FileDeviceKey
import dev.qrgenerator.sdk.GenerateRequest
import dev.qrgenerator.sdk.QrClient
import dev.qrgenerator.sdk.QrClientConfig
import dev.qrgenerator.sdk.retrieveAll
import kotlinx.coroutines.runBlocking

fun main(args: Array<String>): Unit =
    runBlocking {
        // The key is the identity: no registration, no password.
        val key = FileDeviceKey.loadOrCreate("device.key")
        QrClient(QrClientConfig(args[0]), key).use { client ->
            val made = client.generate(GenerateRequest("menu", "https://example.com/menu"))
            println("${made.status}: ${made.image.byteSize} bytes")

            client.retrieveAll().collect { println("${it.filename}: ${it.text}") }

            println("deleted: ${client.delete(DeleteRequest("menu"))}")
        }
    }
