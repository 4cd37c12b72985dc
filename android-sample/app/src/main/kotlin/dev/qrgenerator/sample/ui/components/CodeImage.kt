package dev.qrgenerator.sample.ui.components

import android.graphics.Bitmap
import androidx.compose.foundation.Canvas
import androidx.compose.foundation.background
import androidx.compose.foundation.layout.aspectRatio
import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.FilterQuality
import androidx.compose.ui.graphics.ImageBitmap
import androidx.compose.ui.graphics.asImageBitmap
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.role
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.IntOffset
import androidx.compose.ui.unit.IntSize
import dev.qrgenerator.sample.data.CodePicture

/**
 * A code, as large as fits with whole pixels for each module, in the middle of its light ground.
 *
 * It keeps its colours in the dark theme: readers want dark on light.
 *
 * @param description what TalkBack says; null where the words beside it say it
 */
@Composable
fun CodeImage(
    picture: CodePicture,
    description: String?,
    modifier: Modifier = Modifier,
) {
    val bitmap = remember(picture) { picture.toImageBitmap() }
    val semantics =
        if (description == null) {
            Modifier
        } else {
            Modifier.semantics {
                contentDescription = description
                role = Role.Image
            }
        }
    Canvas(
        modifier
            .then(semantics)
            .testTag("picture")
            .aspectRatio(1f)
            .background(Color(picture.argb.first())),
    ) {
        val side = minOf(size.width, size.height).toInt()
        // Smaller than a pixel a module, on a tiny tile, it is scaled down and not read anyway.
        val drawn = if (side >= picture.size) side - side % picture.size else side
        val offset = IntOffset((size.width.toInt() - drawn) / 2, (size.height.toInt() - drawn) / 2)
        drawImage(bitmap, dstOffset = offset, dstSize = IntSize(drawn, drawn), filterQuality = FilterQuality.None)
    }
}

private fun CodePicture.toImageBitmap(): ImageBitmap =
    Bitmap.createBitmap(argb, size, size, Bitmap.Config.ARGB_8888).asImageBitmap()
