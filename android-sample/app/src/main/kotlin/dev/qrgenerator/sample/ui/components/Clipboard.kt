package dev.qrgenerator.sample.ui.components

import android.content.ClipData
import androidx.compose.ui.platform.Clipboard
import androidx.compose.ui.platform.toClipEntry

suspend fun Clipboard.copyText(text: String) = setClipEntry(ClipData.newPlainText(null, text).toClipEntry())
