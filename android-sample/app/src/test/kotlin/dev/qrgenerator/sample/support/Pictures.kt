package dev.qrgenerator.sample.support

import android.graphics.Bitmap
import android.graphics.BitmapFactory
import android.graphics.Color
import androidx.compose.ui.graphics.asAndroidBitmap
import androidx.compose.ui.test.SemanticsNodeInteraction
import androidx.compose.ui.test.captureToImage
import org.junit.Assert.assertTrue
import org.junit.Assert.fail
import java.io.File
import kotlin.math.abs

/** How much a colour may differ before a pixel counts as another, of 255: other fonts smooth their edges elsewhere. */
private const val COLOUR_TOLERANCE = 24

/** How many pixels of a picture may be others. */
private const val PIXEL_TOLERANCE = 0.01

/**
 * Writes what is on the screen to the folder `pictures.out`, and compares it with the committed picture in
 * `pictures.golden`, unless `pictures.refresh` says that the pictures are being made anew.
 */
fun SemanticsNodeInteraction.picture(name: String) {
    val actual = captureToImage().asAndroidBitmap().copy(Bitmap.Config.ARGB_8888, true)
    actual.setHasAlpha(false)
    val file = File(folder("pictures.out").apply { mkdirs() }, "$name.png")
    file.outputStream().use { actual.compress(Bitmap.CompressFormat.PNG, 100, it) }
    if (System.getProperty("pictures.refresh") == "true") return

    val golden = File(folder("pictures.golden"), "$name.png")
    if (!golden.exists()) fail("$golden is missing: make it with `cargo xtask sample --screenshots`")
    val expected = BitmapFactory.decodeFile(golden.path)
    val difference = difference(expected, actual)
    val report = "%s: %.1f %% of the pixels differ from %s".format(file, difference * 100, golden)
    assertTrue(report, difference <= PIXEL_TOLERANCE)
}

private fun folder(property: String) =
    File(checkNotNull(System.getProperty(property)) { "-D$property=FOLDER is missing" })

/** The share of pixels that differ, 0 to 1. */
private fun difference(
    a: Bitmap,
    b: Bitmap,
): Double {
    if (a.width != b.width || a.height != b.height) return 1.0
    val (left, right) = a.pixels() to b.pixels()
    return left.indices.count { !similar(left[it], right[it]) }.toDouble() / left.size
}

private fun Bitmap.pixels() = IntArray(width * height).also { getPixels(it, 0, width, 0, 0, width, height) }

private fun similar(
    a: Int,
    b: Int,
) = abs(Color.red(a) - Color.red(b)) <= COLOUR_TOLERANCE &&
    abs(Color.green(a) - Color.green(b)) <= COLOUR_TOLERANCE &&
    abs(Color.blue(a) - Color.blue(b)) <= COLOUR_TOLERANCE
