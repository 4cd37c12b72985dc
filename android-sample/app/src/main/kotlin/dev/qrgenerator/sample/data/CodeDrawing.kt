package dev.qrgenerator.sample.data

import dev.qrgenerator.sdk.DeviceKey
import dev.qrgenerator.sdk.QrClient
import dev.qrgenerator.sdk.QrClientConfig
import dev.qrgenerator.sdk.RenderRequest
import dev.qrgenerator.sdk.deviceKeyFailed
import dev.qrgenerator.sdk.pixels
import dev.qrgenerator.sdk.render
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import java.math.BigInteger
import java.nio.ByteBuffer

/** Draws codes on the phone. The same text and look give the image that the service keeps, to the byte. */
class CodeDrawing(
    private val dispatcher: CoroutineDispatcher = Dispatchers.Default,
) {
    /** Describing a text is a method of the client; this one never sends anything. */
    private val client by lazy { QrClient(QrClientConfig("http://localhost"), NoKey) }

    /** What [draft] will look like. Its name does not matter. */
    suspend fun preview(draft: Draft): Preview =
        withContext(dispatcher) {
            translating {
                val request = RenderRequest(draft.text, draft.preset.toDetail())
                val drawn = render(request)
                Preview(
                    picture = picture(drawn.png, drawn.symbol.version, PRESET_QUIET_ZONE),
                    version = drawn.symbol.version,
                    correction = drawn.symbol.errorCorrection.toCorrection(),
                    roomLeft = client.describe(request).room.byte,
                )
            }
        }

    /** The picture of a kept code, or null if its stored image can't be read. */
    suspend fun picture(code: Code): CodePicture? {
        val png = png(code) ?: return null
        return withContext(dispatcher) { picture(png, code.look!!.version, code.look.quietZone) }
    }

    /** The image of a kept code, or null if the stored one can't be read. */
    suspend fun png(code: Code): ByteArray? {
        val text = code.text ?: return null
        val look = code.look ?: return null
        return withContext(dispatcher) { translating { render(RenderRequest(text, look.toDetail(), true)).png } }
    }

    private fun picture(
        png: ByteArray,
        version: Int,
        quietZone: Long,
    ): CodePicture {
        // One pixel a module.
        val size = MODULES_BELOW_VERSION_1 + MODULES_PER_VERSION * version + 2 * quietZone.toInt()
        val rgba = ByteBuffer.wrap(pixels(png, size))
        // RGBA, read as one number, is a rotation away from ARGB.
        return CodePicture(size, IntArray(size * size) { rgba.int.rotateRight(8) })
    }

    private companion object {
        const val MODULES_BELOW_VERSION_1 = 17
        const val MODULES_PER_VERSION = 4
    }
}

/** Stands where a client wants a key and none is used: its public key is the generator of P-256 (SEC 2, 2.4.2). */
private object NoKey : DeviceKey {
    private const val GENERATOR =
        "046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296" +
            "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"

    override fun publicKey(): ByteArray = BigInteger(GENERATOR, 16).toByteArray()

    override suspend fun sign(bytes: ByteArray): ByteArray = throw deviceKeyFailed("drawing signs nothing")
}
