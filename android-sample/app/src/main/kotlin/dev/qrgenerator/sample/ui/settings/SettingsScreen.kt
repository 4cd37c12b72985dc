package dev.qrgenerator.sample.ui.settings

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.imePadding
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.selection.toggleable
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Scaffold
import androidx.compose.material3.Surface
import androidx.compose.material3.Switch
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalClipboard
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.platform.LocalResources
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.font.FontFamily
import androidx.compose.ui.unit.dp
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import dev.qrgenerator.sample.R
import dev.qrgenerator.sample.ui.components.AppBar
import dev.qrgenerator.sample.ui.components.LabelledIcon
import dev.qrgenerator.sample.ui.components.advice
import dev.qrgenerator.sample.ui.components.copyText
import kotlinx.coroutines.launch

@Composable
fun SettingsScreen(
    model: SettingsViewModel,
    onBack: () -> Unit,
) {
    val state by model.uiState.collectAsStateWithLifecycle()
    Scaffold(topBar = { AppBar(stringResource(R.string.settings), onBack) }) { padding ->
        Column(
            Modifier
                .padding(padding)
                .imePadding()
                .verticalScroll(rememberScrollState())
                .padding(horizontal = 16.dp)
                .padding(bottom = 24.dp),
            verticalArrangement = Arrangement.spacedBy(16.dp),
        ) {
            Section(stringResource(R.string.service)) {
                DemoSwitch(state.demo, model::setDemo)
                if (!state.demo) EndpointField(state, model)
            }
            Section(stringResource(R.string.device)) { DeviceId(state) }
            Section(stringResource(R.string.about)) { About() }
        }
    }
}

@Composable
private fun Section(
    title: String,
    content: @Composable ColumnScope.() -> Unit,
) {
    Column(verticalArrangement = Arrangement.spacedBy(8.dp)) {
        Text(
            title,
            modifier = Modifier.padding(start = 16.dp, top = 8.dp).semantics { heading() },
            style = MaterialTheme.typography.titleSmall,
            color = MaterialTheme.colorScheme.primary,
        )
        Surface(
            shape = MaterialTheme.shapes.large,
            color = MaterialTheme.colorScheme.surfaceContainer,
            modifier = Modifier.fillMaxWidth(),
        ) {
            Column(Modifier.padding(16.dp), verticalArrangement = Arrangement.spacedBy(12.dp), content = content)
        }
    }
}

@Composable
private fun DemoSwitch(
    demo: Boolean,
    onDemo: (Boolean) -> Unit,
) {
    Row(
        Modifier.fillMaxWidth().toggleable(demo, role = Role.Switch, onValueChange = onDemo),
        horizontalArrangement = Arrangement.spacedBy(16.dp),
        verticalAlignment = Alignment.CenterVertically,
    ) {
        Labelled(stringResource(R.string.demo), stringResource(R.string.demo_meaning), Modifier.weight(1f))
        Switch(checked = demo, onCheckedChange = null)
    }
}

@Composable
private fun DeviceId(state: SettingsUiState) {
    val clipboard = LocalClipboard.current
    val scope = rememberCoroutineScope()
    val id = state.deviceId
    Row(verticalAlignment = Alignment.CenterVertically) {
        Column(Modifier.weight(1f), verticalArrangement = Arrangement.spacedBy(4.dp)) {
            Text(stringResource(R.string.device_id), style = MaterialTheme.typography.bodyLarge)
            Text(
                id ?: state.keyProblem?.advice(LocalResources.current).orEmpty(),
                style = MaterialTheme.typography.bodySmall,
                fontFamily = FontFamily.Monospace,
                color = MaterialTheme.colorScheme.onSurfaceVariant,
            )
        }
        if (id != null) {
            LabelledIcon(R.drawable.ic_copy, R.string.copy_device_id) { scope.launch { clipboard.copyText(id) } }
        }
    }
    Text(
        stringResource(R.string.device_meaning),
        style = MaterialTheme.typography.bodySmall,
        color = MaterialTheme.colorScheme.onSurfaceVariant,
    )
}

@Composable
private fun About() {
    val context = LocalContext.current
    val version =
        remember {
            context.packageManager
                .getPackageInfo(context.packageName, 0)
                .versionName
                .orEmpty()
        }
    Labelled(stringResource(R.string.app_name), stringResource(R.string.app_version, version))
    Labelled(stringResource(R.string.licences), stringResource(R.string.licences_text))
}

@Composable
private fun Labelled(
    label: String,
    text: String,
    modifier: Modifier = Modifier,
) {
    Column(modifier, verticalArrangement = Arrangement.spacedBy(4.dp)) {
        Text(label, style = MaterialTheme.typography.bodyLarge)
        Text(
            text,
            style = MaterialTheme.typography.bodySmall,
            color = MaterialTheme.colorScheme.onSurfaceVariant,
        )
    }
}
