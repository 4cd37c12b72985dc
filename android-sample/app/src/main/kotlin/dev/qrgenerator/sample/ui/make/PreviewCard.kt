package dev.qrgenerator.sample.ui.make

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.material3.Icon
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.res.painterResource
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import dev.qrgenerator.sample.R
import dev.qrgenerator.sample.data.Preview
import dev.qrgenerator.sample.ui.components.CodeImage

/** The code as it will be, drawn on the phone with every key stroke. */
@Composable
internal fun PreviewCard(preview: Preview?) {
    Surface(
        shape = MaterialTheme.shapes.extraLarge,
        color = MaterialTheme.colorScheme.surfaceContainer,
        modifier = Modifier.fillMaxWidth(),
    ) {
        Row(
            Modifier.padding(16.dp),
            horizontalArrangement = Arrangement.spacedBy(16.dp),
            verticalAlignment = Alignment.CenterVertically,
        ) {
            Surface(
                shape = MaterialTheme.shapes.medium,
                color = Color.White,
                contentColor = Color.LightGray,
                modifier = Modifier.size(136.dp),
            ) {
                if (preview == null) {
                    Box(contentAlignment = Alignment.Center) {
                        Icon(painterResource(R.drawable.ic_qr), null, Modifier.size(56.dp))
                    }
                } else {
                    CodeImage(preview.picture, stringResource(R.string.preview), Modifier.fillMaxSize())
                }
            }
            Column(Modifier.weight(1f), verticalArrangement = Arrangement.spacedBy(4.dp)) {
                if (preview == null) {
                    Text(stringResource(R.string.preview_empty), style = MaterialTheme.typography.bodyMedium)
                } else {
                    Numbers(preview)
                }
            }
        }
    }
}

@Composable
private fun Numbers(preview: Preview) {
    Text(stringResource(R.string.version, preview.version), style = MaterialTheme.typography.titleMedium)
    val faint = MaterialTheme.colorScheme.onSurfaceVariant
    Text(
        stringResource(R.string.correction, preview.correction.percent),
        style = MaterialTheme.typography.bodyMedium,
        color = faint,
    )
    val room = preview.roomLeft.toInt()
    Text(
        pluralStringResource(R.plurals.room_left, room, room),
        style = MaterialTheme.typography.bodyMedium,
        color = faint,
    )
}
