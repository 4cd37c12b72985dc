package dev.qrgenerator.sample.ui.make

import androidx.annotation.StringRes
import androidx.compose.foundation.BorderStroke
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.selection.selectable
import androidx.compose.foundation.selection.selectableGroup
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.RadioButton
import androidx.compose.material3.Surface
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import dev.qrgenerator.sample.R
import dev.qrgenerator.sample.data.Preset

/** The four presets, each with what it is good for. */
@Composable
internal fun PresetPicker(
    chosen: Preset,
    onChoose: (Preset) -> Unit,
) {
    Column(Modifier.selectableGroup(), verticalArrangement = Arrangement.spacedBy(8.dp)) {
        Text(
            stringResource(R.string.detail),
            modifier = Modifier.semantics { heading() },
            style = MaterialTheme.typography.titleSmall,
        )
        Preset.entries.forEach { preset -> PresetRow(preset, preset == chosen) { onChoose(preset) } }
    }
}

@Composable
private fun PresetRow(
    preset: Preset,
    chosen: Boolean,
    onChoose: () -> Unit,
) {
    val colors = MaterialTheme.colorScheme
    Surface(
        shape = MaterialTheme.shapes.medium,
        color = if (chosen) colors.secondaryContainer else Color.Transparent,
        border = BorderStroke(1.dp, if (chosen) Color.Transparent else colors.outlineVariant),
    ) {
        Row(
            Modifier
                .fillMaxWidth()
                .selectable(chosen, role = Role.RadioButton, onClick = onChoose)
                .padding(horizontal = 16.dp, vertical = 12.dp),
            horizontalArrangement = Arrangement.spacedBy(16.dp),
            verticalAlignment = Alignment.CenterVertically,
        ) {
            RadioButton(selected = chosen, onClick = null)
            Column {
                Text(stringResource(preset.label()), style = MaterialTheme.typography.titleSmall)
                Text(
                    stringResource(preset.meaning()),
                    style = MaterialTheme.typography.bodySmall,
                    color = colors.onSurfaceVariant,
                )
            }
        }
    }
}

@StringRes
private fun Preset.label(): Int =
    when (this) {
        Preset.LOW -> R.string.preset_low
        Preset.MEDIUM -> R.string.preset_medium
        Preset.HIGH -> R.string.preset_high
        Preset.MAX -> R.string.preset_max
    }

@StringRes
private fun Preset.meaning(): Int =
    when (this) {
        Preset.LOW -> R.string.preset_low_meaning
        Preset.MEDIUM -> R.string.preset_medium_meaning
        Preset.HIGH -> R.string.preset_high_meaning
        Preset.MAX -> R.string.preset_max_meaning
    }
