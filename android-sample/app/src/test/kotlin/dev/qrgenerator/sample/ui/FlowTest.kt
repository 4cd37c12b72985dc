package dev.qrgenerator.sample.ui

import android.content.ClipboardManager
import android.content.Intent
import android.graphics.BitmapFactory
import android.net.Uri
import android.view.WindowManager.LayoutParams.BRIGHTNESS_OVERRIDE_FULL
import android.view.WindowManager.LayoutParams.BRIGHTNESS_OVERRIDE_NONE
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.longClick
import androidx.compose.ui.test.onNodeWithContentDescription
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.test.performTouchInput
import com.google.zxing.BinaryBitmap
import com.google.zxing.RGBLuminanceSource
import com.google.zxing.common.HybridBinarizer
import com.google.zxing.qrcode.QRCodeReader
import dev.qrgenerator.sample.support.AppTest
import dev.qrgenerator.sample.support.PATIENCE_MS
import dev.qrgenerator.support.QrgenServe
import kotlinx.coroutines.runBlocking
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Test
import org.robolectric.Shadows.shadowOf

/** The life of a code, with the real SDK and a real service. */
class FlowTest : AppTest() {
    private lateinit var serve: QrgenServe

    @Before
    fun start() {
        serve = QrgenServe()
        useService(serve.url)
        launch()
    }

    @After
    fun stop() = serve.close()

    @Test
    fun `make, find in the library, open, share, delete, undo, delete`() {
        awaitText("No codes yet")
        make("https://example.com/menu", "menu")
        awaitText("Share PNG")
        assertEquals(BRIGHTNESS_OVERRIDE_FULL, brightness())

        clickIcon("Back")
        awaitGone(hasText("Share PNG"))
        assertEquals(BRIGHTNESS_OVERRIDE_NONE, brightness())
        openCode("menu")
        assertEquals("https://example.com/menu", decode(sharedBy("Share PNG", "image/png")))
        assertTrue(String(sharedBy("Share SVG", "image/svg+xml")).startsWith("<svg"))
        click("Copy text")
        rule.waitForIdle()
        assertEquals("https://example.com/menu", copied())

        clickIcon("Delete")
        awaitText("“menu” deleted")
        awaitGone(hasContentDescription("QR code menu"))
        click("Undo")
        awaitCode("menu")
        assertNotNull(stored("menu"))

        rule.onNodeWithContentDescription("QR code menu").performTouchInput { longClick() }
        click("Delete")
        awaitText("No codes yet")
        assertNotNull("nothing is sent while it can be undone", stored("menu"))
        // The snackbar goes away by itself.
        rule.mainClock.advanceTimeBy(15_000)
        awaitGone(hasText("“menu” deleted"))
        rule.waitUntil(PATIENCE_MS) { stored("menu") == null }
        assertNull(stored("menu"))
    }

    @Test
    fun `a deletion is carried out when the library is left, and spares a new code of that name`() {
        awaitText("No codes yet")
        make("first", "menu")
        awaitText("Share PNG")
        clickIcon("Delete")
        awaitText("“menu” deleted")

        clickIcon("Settings")
        rule.waitUntil(PATIENCE_MS) { stored("menu") == null }
        clickIcon("Back")
        make("second", "menu")
        awaitText("Share PNG")
        clickIcon("Back")
        rule.mainClock.advanceTimeBy(15_000)
        awaitCode("menu")
        assertEquals("second", stored("menu")?.code?.text)
    }

    @Test
    fun `a name that is taken offers to replace and to rename`() {
        awaitText("No codes yet")
        make("first", "menu")
        awaitText("Share PNG")
        clickIcon("Back")
        make("second", "menu")
        awaitText("Another code has this name", substring = true)
        rule.onNodeWithText("Replace it").performScrollTo().performClick()
        awaitText("Share PNG")
        assertEquals("second", stored("menu")?.code?.text)
    }

    private fun brightness(): Float {
        var brightness = Float.NaN
        scenario.onActivity { brightness = it.window.attributes.screenBrightness }
        return brightness
    }

    private fun copied() =
        application
            .getSystemService(ClipboardManager::class.java)
            .primaryClip
            ?.getItemAt(0)
            ?.text

    private fun stored(name: String) = runBlocking { container.codes.find(name) }

    /** Clicks, and reads what the app that is chosen would read. */
    private fun sharedBy(
        label: String,
        mediaType: String,
    ): ByteArray {
        rule.onNodeWithText(label).performScrollTo().performClick()
        var chooser: Intent? = null
        rule.waitUntil(PATIENCE_MS) {
            // Else nobody runs what was posted to the main thread.
            rule.waitForIdle()
            chooser = chooser ?: shadowOf(application).nextStartedActivity
            chooser != null
        }
        val send = chooser!!.getParcelableExtra(Intent.EXTRA_INTENT, Intent::class.java)!!
        assertEquals(Intent.ACTION_SEND, send.action)
        assertEquals(mediaType, send.type)
        val uri = send.getParcelableExtra(Intent.EXTRA_STREAM, Uri::class.java)!!
        return application.contentResolver.openInputStream(uri)!!.use { it.readBytes() }
    }

    private fun decode(png: ByteArray): String {
        val bitmap = BitmapFactory.decodeByteArray(png, 0, png.size)
        val pixels = IntArray(bitmap.width * bitmap.height)
        bitmap.getPixels(pixels, 0, bitmap.width, 0, 0, bitmap.width, bitmap.height)
        val source = RGBLuminanceSource(bitmap.width, bitmap.height, pixels)
        return QRCodeReader().decode(BinaryBitmap(HybridBinarizer(source))).text
    }
}
