package dev.qrgenerator.sample.data

import android.content.ContentValues
import android.content.Context
import android.net.Uri
import android.os.Build
import android.os.Environment
import android.provider.MediaStore
import androidx.annotation.RequiresApi
import androidx.core.content.FileProvider
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import java.io.File
import java.io.IOException

/** Hands images to other apps: through the file provider, or in the gallery. */
class ImageFiles(
    private val context: Context,
    private val dispatcher: CoroutineDispatcher = Dispatchers.IO,
) {
    /** Writes an image where other apps may read it for as long as they are asked to. */
    suspend fun share(
        fileName: String,
        bytes: ByteArray,
    ): Uri =
        writing {
            val folder = File(context.cacheDir, "shared").apply { mkdirs() }
            // Only what is being shared is kept.
            folder.listFiles()?.forEach { it.delete() }
            val file = File(folder, fileName).apply { writeBytes(bytes) }
            FileProvider.getUriForFile(context, "${context.packageName}.files", file)
        }

    /** Puts an image into the gallery, in a folder of this app; needs no permission. */
    @RequiresApi(Build.VERSION_CODES.Q)
    suspend fun saveToGallery(
        fileName: String,
        png: ByteArray,
    ) {
        writing {
            val values =
                ContentValues().apply {
                    put(MediaStore.Images.Media.DISPLAY_NAME, fileName)
                    put(MediaStore.Images.Media.MIME_TYPE, "image/png")
                    put(MediaStore.Images.Media.RELATIVE_PATH, "${Environment.DIRECTORY_PICTURES}/QR Codes")
                }
            val collection = MediaStore.Images.Media.getContentUri(MediaStore.VOLUME_EXTERNAL_PRIMARY)
            val uri = context.contentResolver.insert(collection, values) ?: throw IOException("no entry in the gallery")
            try {
                write(uri, png)
            } catch (e: IOException) {
                // Half an image helps nobody.
                context.contentResolver.delete(uri, null, null)
                throw e
            }
        }
    }

    /** Writes an image to a place that the person chose. */
    suspend fun saveTo(
        uri: Uri,
        png: ByteArray,
    ) = writing { write(uri, png) }

    private fun write(
        uri: Uri,
        bytes: ByteArray,
    ) {
        val stream = context.contentResolver.openOutputStream(uri) ?: throw IOException("the place can't be written")
        stream.use { it.write(bytes) }
    }

    private suspend fun <T> writing(block: () -> T): T =
        withContext(dispatcher) {
            try {
                block()
            } catch (e: IOException) {
                val full = e.message.orEmpty().contains("ENOSPC")
                throw ProblemException(if (full) Problem.StorageFull else Problem.SaveFailed, e)
            }
        }
}
