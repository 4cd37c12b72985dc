package dev.qrgenerator.sample.ui.code

import android.os.Build
import androidx.activity.compose.rememberLauncherForActivityResult
import androidx.activity.result.contract.ActivityResultContracts.CreateDocument
import androidx.annotation.DrawableRes
import androidx.annotation.StringRes
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.text.selection.SelectionContainer
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.FilledTonalButton
import androidx.compose.material3.Icon
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.platform.LocalClipboard
import androidx.compose.ui.res.painterResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import dev.qrgenerator.sample.R
import dev.qrgenerator.sample.data.CodeImage
import dev.qrgenerator.sample.data.fileName
import dev.qrgenerator.sample.ui.components.CodeImage
import dev.qrgenerator.sample.ui.components.Message
import dev.qrgenerator.sample.ui.components.copyText
import kotlinx.coroutines.launch

@Composable
internal fun CodeContent(
    image: CodeImage,
    model: CodeViewModel,
) {
    val picture = image.picture
    val text = image.code.text
    if (picture == null || text == null) {
        Message(R.drawable.ic_error, stringResource(R.string.unreadable), stringResource(R.string.unreadable_advice))
        return
    }
    Column(
        Modifier
            .fillMaxSize()
            .verticalScroll(rememberScrollState())
            .padding(horizontal = 16.dp)
            .padding(top = 8.dp, bottom = 24.dp),
        verticalArrangement = Arrangement.spacedBy(20.dp),
        horizontalAlignment = Alignment.CenterHorizontally,
    ) {
        Surface(
            shape = MaterialTheme.shapes.extraLarge,
            color = Color(picture.argb.first()),
            shadowElevation = 2.dp,
            modifier = Modifier.widthIn(max = 420.dp).fillMaxWidth(),
        ) {
            CodeImage(picture, stringResource(R.string.code_description, image.code.name))
        }
        Actions(image, text, model)
        SelectionContainer { Text(text, Modifier.fillMaxWidth(), style = MaterialTheme.typography.bodyLarge) }
        Facts(image.code)
    }
}

@Composable
private fun Actions(
    image: CodeImage,
    text: String,
    model: CodeViewModel,
) {
    val clipboard = LocalClipboard.current
    val scope = rememberCoroutineScope()
    val saveTo = rememberLauncherForActivityResult(CreateDocument("image/png")) { it?.let(model::saveTo) }
    FlowRow(
        horizontalArrangement = Arrangement.spacedBy(8.dp, Alignment.CenterHorizontally),
        verticalArrangement = Arrangement.spacedBy(4.dp),
    ) {
        Action(R.drawable.ic_share, R.string.share_png, model::sharePng)
        Action(R.drawable.ic_share, R.string.share_svg, model::shareSvg)
        Action(R.drawable.ic_save, R.string.save_image) {
            if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.Q) {
                model.saveToGallery()
            } else {
                // Older galleries want a permission for all images; a place that the person chooses wants none.
                saveTo.launch(fileName(image.code.name, "png"))
            }
        }
        Action(R.drawable.ic_copy, R.string.copy_text) { scope.launch { clipboard.copyText(text) } }
    }
}

@Composable
private fun Action(
    @DrawableRes icon: Int,
    @StringRes label: Int,
    onClick: () -> Unit,
) {
    FilledTonalButton(onClick) {
        Icon(painterResource(icon), contentDescription = null, modifier = Modifier.size(18.dp))
        Text(stringResource(label), Modifier.padding(start = 8.dp))
    }
}
