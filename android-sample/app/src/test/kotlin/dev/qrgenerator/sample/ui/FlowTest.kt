package dev.qrgenerator.sample.ui

import android.content.Intent
import android.graphics.BitmapFactory
import android.net.Uri
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
import dev.qrgenerator.support.QrgenServe
import kotlinx.coroutines.runBlocking
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertNull
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

        clickIcon("Back")
        openCode("menu")
        assertEquals("https://example.com/menu", decode(sharedBy("Share PNG", "image/png")))

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
        rule.waitUntil(15_000) { stored("menu") == null }
        assertNull(stored("menu"))
    }

    @Test
    fun `a name that is taken offers to replace and to rename`() {
        awaitText("No codes yet")
        make("first", "menu")
        awaitText("Share PNG")
        clickIcon("Back")
        make("second", "menu")
        awaitText("This name has another code", substring = true)
        rule.onNodeWithText("Replace it").performScrollTo().performClick()
        awaitText("Share PNG")
        assertEquals("second", stored("menu")?.code?.text)
    }

    @Test
    fun `a name with a slash is refused at its field`() {
        make("text", "a/b")
        awaitText("This can’t be a name", substring = true)
    }

    private fun stored(name: String) = runBlocking { container.codes.find(name) }

    /** Clicks, and reads what the app that is chosen would read. */
    private fun sharedBy(
        label: String,
        mediaType: String,
    ): ByteArray {
        rule.onNodeWithText(label).performScrollTo().performClick()
        var chooser: Intent? = null
        rule.waitUntil(15_000) {
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
