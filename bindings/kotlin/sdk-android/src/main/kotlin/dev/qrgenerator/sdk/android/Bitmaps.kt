package dev.qrgenerator.sdk.android

import android.graphics.Bitmap
import dev.qrgenerator.sdk.ErrorCode
import dev.qrgenerator.sdk.QrException
import dev.qrgenerator.sdk.QrImage
import dev.qrgenerator.sdk.RenderedCode
import dev.qrgenerator.sdk.pixels
import java.nio.ByteBuffer

/**
 * The code as a bitmap, [sizePx] pixels wide and high.
 *
 * Modules are as many whole pixels wide as fit, so that nothing is blurred; what is left over makes the border
 * wider. Show it without scaling.
 *
 * @throws QrException.InvalidInput `png_unreadable` if the code came without its image (ask for
 * [dev.qrgenerator.sdk.ContentKind.BASE64]), and what [pixels] throws
 */
@Throws(QrException::class)
public fun QrImage.toBitmap(sizePx: Int): Bitmap =
    bitmap(
        png ?: throw QrException.InvalidInput(
            ErrorCode(null, "png_unreadable"),
            "png",
            "this code came without its image: retrieve it with ContentKind.BASE64",
        ),
        sizePx,
    )

/**
 * The drawn code as a bitmap, [sizePx] pixels wide and high. See [QrImage.toBitmap].
 *
 * @throws QrException.InvalidInput what [pixels] throws
 */
@Throws(QrException::class)
public fun RenderedCode.toBitmap(sizePx: Int): Bitmap = bitmap(png, sizePx)

private fun bitmap(
    png: ByteArray,
    sizePx: Int,
): Bitmap {
    // First, for it holds the size to its range.
    val rgba = pixels(png, sizePx)
    return Bitmap.createBitmap(sizePx, sizePx, Bitmap.Config.ARGB_8888).apply {
        copyPixelsFromBuffer(ByteBuffer.wrap(rgba))
    }
}
