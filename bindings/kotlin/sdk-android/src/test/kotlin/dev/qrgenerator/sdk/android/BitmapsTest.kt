package dev.qrgenerator.sdk.android

import dev.qrgenerator.sdk.Detail
import dev.qrgenerator.sdk.DetailOptions
import dev.qrgenerator.sdk.Level
import dev.qrgenerator.sdk.QrClient
import dev.qrgenerator.sdk.QrClientConfig
import dev.qrgenerator.sdk.QrException
import dev.qrgenerator.sdk.QrImage
import dev.qrgenerator.sdk.RenderRequest
import dev.qrgenerator.sdk.RenderedCode
import java.security.Security
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith

/** Bitmaps of codes. */
class BitmapsTest {
    private fun drawn(detail: Detail): RenderedCode {
        Security.addProvider(FakeKeystore)
        return QrClient(QrClientConfig("https://qr.example.com"), AndroidKeystoreDeviceKey.loadOrCreate()).use {
            it.render(RenderRequest("https://example.com/menu", detail))
        }
    }

    @Test
    fun `a bitmap is the code in whole modules, centred, in its colours`() {
        val colours = DetailOptions(Level.M, quietZone = 4, dark = "#1a237e", light = "#fffbea")
        val code = drawn(Detail.Custom(colours))
        val modules = 17 + 4 * code.symbol.version + 2 * 4
        val size = 3 * modules + 2
        val bitmap = code.toBitmap(size)
        assertEquals(size to size, bitmap.width to bitmap.height)
        // One pixel is left over on each side; then the quiet zone, then the finder pattern.
        val corner = 1 + 4 * 3
        assertEquals(LIGHT, bitmap.getPixel(0, 0))
        assertEquals(LIGHT, bitmap.getPixel(corner - 1, corner - 1))
        val finder = (0 until 7).map { bitmap.getPixel(corner + 3 * it + 1, corner + 3 * 3 + 1) }
        assertEquals(listOf(DARK, LIGHT, DARK, DARK, DARK, LIGHT, DARK), finder)
        assertEquals(DARK, bitmap.getPixel(corner, corner))
        assertEquals(DARK, bitmap.getPixel(corner + 2, corner + 2))
    }

    @Test
    fun `a size that holds no symbol is refused`() {
        val code = drawn(Detail.Medium)
        for (size in listOf(-1, 0, 20, 1_000_000)) assertFailsWith<QrException.InvalidInput> { code.toBitmap(size) }
    }

    @Test
    fun `a code that came without its image says so`() {
        val listed =
            QrImage("menu", "image/png", null, null, 262, null, null, "2026-01-15T09:30:00.000Z", null, null, null)
        assertEquals("png_unreadable", assertFailsWith<QrException.InvalidInput> { listed.toBitmap(200) }.code.raw)
    }

    private companion object {
        const val DARK = 0xFF1A237E.toInt()
        const val LIGHT = 0xFFFFFBEA.toInt()
    }
}
