package dev.qrgenerator.sdk

import com.google.zxing.BarcodeFormat
import com.google.zxing.EncodeHintType
import com.google.zxing.qrcode.QRCodeWriter
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel
import dev.qrgenerator.support.SoftwareKey
import java.awt.image.BufferedImage
import java.io.ByteArrayOutputStream
import java.io.File
import javax.imageio.ImageIO

private const val URL = "https://example.com/menu"
private const val ROUNDS = 15

/**
 * `cargo xtask bench kotlin` runs it, each kind in a JVM of its own, and makes the table of what it prints.
 *
 * @param args `first`: milliseconds until the first image; `warm`: microseconds a call, in rounds, interleaved;
 *   `memory`: kibibytes by which a million images let the process grow
 */
fun main(args: Array<String>) {
    val key = SoftwareKey()
    val start = System.nanoTime()
    QrClient(QrClientConfig("http://127.0.0.1:1"), key).use { client ->
        check(client.render(RenderRequest(URL)).png.isNotEmpty())
        when (args.single()) {
            "first" -> println("first ${(System.nanoTime() - start) / 1e6}")
            "warm" -> warm(client)
            "memory" -> memory(client)
            else -> error("first, warm or memory")
        }
    }
}

private fun warm(client: QrClient) {
    val widthPx = client.render(RenderRequest(URL)).widthPx
    val calls =
        listOf<Triple<String, Int, (Int) -> Unit>>(
            Triple("render", 3_000) { n -> client.render(RenderRequest("$URL/${n % 100}")) },
            Triple("zxing", 300) { n -> zxing("$URL/${n % 100}", widthPx) },
            Triple("nothing", 30_000) { nothing() },
        )
    repeat(ROUNDS + WARMING) { round ->
        for ((name, times, call) in calls) {
            val start = System.nanoTime()
            repeat(times, call)
            val microseconds = (System.nanoTime() - start) / 1e3 / times
            if (round >= WARMING) println("$name $microseconds")
        }
    }
}

/** As its users do it: level M, a border of 4 modules, the PNG by ImageIO and without a file for a cache. */
private fun zxing(
    text: String,
    widthPx: Int,
): ByteArray {
    val hints = mapOf(EncodeHintType.ERROR_CORRECTION to ErrorCorrectionLevel.M, EncodeHintType.MARGIN to 4)
    val bits = QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, widthPx, widthPx, hints)
    val image = BufferedImage(bits.width, bits.height, BufferedImage.TYPE_BYTE_BINARY)
    for (y in 0 until bits.height) {
        for (x in 0 until bits.width) image.setRGB(x, y, if (bits[x, y]) 0 else 0xffffff)
    }
    ImageIO.setUseCache(false)
    return ByteArrayOutputStream().also { ImageIO.write(image, "png", it) }.toByteArray()
}

private fun memory(client: QrClient) {
    fun render(times: Int) = repeat(times) { n -> client.render(RenderRequest("$URL/${n % 100}")) }
    render(100_000)
    val before = residentKib()
    render(1_000_000)
    println("memory ${residentKib() - before}")
}

/** The heap is a constant part of it: the JVM is started with one that is touched at the start. */
private fun residentKib(): Long {
    repeat(10) {
        System.gc()
        Thread.sleep(50)
    }
    val line = File("/proc/self/status").readLines().first { it.startsWith("VmRSS") }
    return line.filter { it.isDigit() }.toLong()
}

private const val WARMING = 5
