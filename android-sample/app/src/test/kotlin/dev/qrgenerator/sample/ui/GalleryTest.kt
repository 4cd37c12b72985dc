package dev.qrgenerator.sample.ui

import android.content.ContentProvider
import android.content.ContentValues
import android.database.Cursor
import android.net.Uri
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.onRoot
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import dev.qrgenerator.sample.support.AppTest
import dev.qrgenerator.sample.support.picture
import org.junit.Assert.assertArrayEquals
import org.junit.Assert.assertEquals
import org.junit.Before
import org.junit.Test
import org.robolectric.Shadows.shadowOf
import org.robolectric.shadows.ShadowContentResolver
import java.io.ByteArrayOutputStream
import java.io.IOException
import java.io.OutputStream

/** Saving to the gallery; the gallery is a provider of the test. */
class GalleryTest : AppTest() {
    private val gallery = Gallery()

    @Before
    fun open() {
        ShadowContentResolver.registerProviderInternal("media", gallery)
        launch()
        openCode("Website")
    }

    private fun saveTo(stream: OutputStream) {
        shadowOf(application.contentResolver).registerOutputStream(ENTRY, stream)
        rule.onNodeWithText("Save image").performScrollTo().performClick()
    }

    @Test
    fun `the image is written as it is kept`() {
        val written = ByteArrayOutputStream()
        saveTo(written)
        awaitText("Saved")
        assertArrayEquals(byteArrayOf(-119, 80, 78, 71), written.toByteArray().copyOf(4))
        assertEquals(0, gallery.deleted)
    }

    @Test
    fun `a full phone says so and leaves no half image`() {
        saveTo(
            object : OutputStream() {
                override fun write(byte: Int) = throw IOException("write failed: ENOSPC (No space left on device)")
            },
        )
        awaitText("There is no room for the image", substring = true)
        rule.onRoot().picture("fault-storage-full")
        assertEquals(1, gallery.deleted)
    }

    /** Takes every image. */
    private class Gallery : ContentProvider() {
        var deleted = 0

        override fun onCreate() = true

        override fun insert(
            uri: Uri,
            values: ContentValues?,
        ): Uri = ENTRY

        override fun delete(
            uri: Uri,
            selection: String?,
            selectionArgs: Array<String>?,
        ): Int = 1.also { deleted++ }

        override fun getType(uri: Uri): String = "image/png"

        override fun query(
            uri: Uri,
            projection: Array<String>?,
            selection: String?,
            selectionArgs: Array<String>?,
            sortOrder: String?,
        ): Cursor? = null

        override fun update(
            uri: Uri,
            values: ContentValues?,
            selection: String?,
            selectionArgs: Array<String>?,
        ): Int = 0
    }

    private companion object {
        val ENTRY: Uri = Uri.parse("content://media/external_primary/images/media/1")
    }
}
