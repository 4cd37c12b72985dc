package dev.qrgenerator.sdk.android

import android.graphics.Bitmap
import dev.qrgenerator.sdk.GenerateRequest
import dev.qrgenerator.sdk.QrClient
import dev.qrgenerator.sdk.QrClientConfig
import dev.qrgenerator.sdk.RenderRequest
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext

// The block of docs/guide/android.md, compiled.

class Codes(
    private val client: QrClient,
) {
    suspend fun make(
        name: String,
        text: String,
        sizePx: Int,
    ): Bitmap = client.generate(GenerateRequest(name, text)).image.toBitmap(sizePx)

    /** For every key stroke: no network, and fast enough for the main thread. */
    fun preview(
        text: String,
        sizePx: Int,
    ): Bitmap = client.render(RenderRequest(text)).toBitmap(sizePx)

    companion object {
        /** Once, in the application: the first call makes the key. */
        suspend fun open(endpoint: String): Codes =
            withContext(Dispatchers.IO) {
                Codes(QrClient(QrClientConfig(endpoint), AndroidKeystoreDeviceKey.loadOrCreate()))
            }
    }
}
