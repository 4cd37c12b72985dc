package dev.qrgenerator.sdk

import java.io.File
import java.security.PrivateKey
import java.security.Signature

// The blocks of docs/guide/kotlin.md, compiled. GuideTest holds the guide against them.

@Suppress("unused")
internal suspend fun makes(client: QrClient) {
    val blue = DetailOptions(Level.Q, dark = "#1a237e")
    val made = client.generate(GenerateRequest("menu", "https://example.com/menu", Detail.Custom(blue), replace = true))
    File("menu.png").writeBytes(made.image.png!!)
}

@Suppress("unused", "UNUSED_VARIABLE")
internal suspend fun finds(client: QrClient) {
    // One code by its name. Nothing found is an empty page, not an error.
    val menu = client.retrieve(RetrieveRequest(filename = "menu")).images.firstOrNull()

    // The names, sizes and times of all codes whose names begin with "menu": no image is opened.
    val listing = RetrieveRequest(prefix = "menu", content = ContentKind.NONE, limit = 1_000)
    client.retrieveAll(listing).collect { println("${it.storedAt} ${it.byteSize} ${it.filename}") }
}

@Suppress("unused", "UNUSED_VARIABLE")
internal fun draws(client: QrClient) {
    val request = RenderRequest("https://example.com/menu")
    val png: ByteArray = client.render(request).png
    println(client.describe(request).summary) // version, level, segments, what would make it smaller
}

@Suppress("unused")
internal suspend fun fails(client: QrClient) {
    try {
        client.generate(GenerateRequest("menu", "https://example.com/other"))
    } catch (e: QrException) {
        when {
            e.code() == "filename_taken" -> println("this name has another code: choose a new one, or replace it")
            e.isRetryable() -> println("$e; try again later")
            else -> throw e
        }
    }
}

@Suppress("unused")
internal fun listens() {
    setLogSink(
        object : LogSink {
            override fun log(line: String) = println(line)
        },
    )
}

@Suppress("unused")
internal class HardwareToken(
    private val privateKey: PrivateKey,
    private val point: ByteArray,
) : BlockingDeviceKey() {
    override fun publicKey(): ByteArray = point

    override fun signBlocking(bytes: ByteArray): ByteArray =
        Signature.getInstance("SHA256withECDSA").run {
            initSign(privateKey)
            update(bytes)
            sign()
        }
}
