package dev.qrgenerator.sample.ui.make

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.imePadding
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.Button
import androidx.compose.material3.Card
import androidx.compose.material3.CardDefaults
import androidx.compose.material3.CircularProgressIndicator
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.OutlinedButton
import androidx.compose.material3.OutlinedTextField
import androidx.compose.material3.Scaffold
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalResources
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import dev.qrgenerator.sample.R
import dev.qrgenerator.sample.data.Problem
import dev.qrgenerator.sample.ui.components.AppBar
import dev.qrgenerator.sample.ui.components.advice
import dev.qrgenerator.sample.ui.components.title

@Composable
fun MakeScreen(
    model: MakeViewModel,
    onBack: () -> Unit,
    onMade: (String) -> Unit,
) {
    val state by model.uiState.collectAsStateWithLifecycle()
    LaunchedEffect(state.made) { state.made?.let(onMade) }
    Scaffold(topBar = { AppBar(stringResource(R.string.new_code), onBack) }) { padding ->
        Column(
            Modifier
                .padding(padding)
                .imePadding()
                .verticalScroll(rememberScrollState())
                .padding(horizontal = 16.dp)
                .padding(bottom = 24.dp),
            verticalArrangement = Arrangement.spacedBy(16.dp),
        ) {
            PreviewCard(state.preview)
            TextField(state, model::setText)
            NameField(state, model)
            PresetPicker(state.preset, model::setPreset)
            state.problem?.let { ProblemCard(it) }
            SaveButtons(state, model)
        }
    }
}

@Composable
private fun TextField(
    state: MakeUiState,
    onText: (String) -> Unit,
) {
    OutlinedTextField(
        value = state.text,
        onValueChange = onText,
        label = { Text(stringResource(R.string.text)) },
        supportingText = { Text(state.textProblem?.let { text(it) } ?: stringResource(R.string.text_hint)) },
        isError = state.textProblem != null,
        minLines = 2,
        maxLines = 6,
        modifier = Modifier.fillMaxWidth().testTag("text"),
    )
}

@Composable
private fun NameField(
    state: MakeUiState,
    model: MakeViewModel,
) {
    Column {
        OutlinedTextField(
            value = state.name,
            onValueChange = model::setName,
            label = { Text(stringResource(R.string.name)) },
            supportingText = { state.nameProblem?.let { Text(text(it)) } },
            isError = state.nameProblem != null,
            singleLine = true,
            modifier = Modifier.fillMaxWidth().testTag("name"),
        )
        if (state.nameProblem == Problem.NameTaken) {
            Row(horizontalArrangement = Arrangement.spacedBy(8.dp)) {
                TextButton(onClick = model::rename) { Text(stringResource(R.string.rename)) }
                TextButton(onClick = { model.save(replace = true) }) { Text(stringResource(R.string.replace)) }
            }
        }
    }
}

@Composable
private fun ProblemCard(problem: Problem) {
    Card(
        colors = CardDefaults.cardColors(MaterialTheme.colorScheme.errorContainer),
        modifier = Modifier.fillMaxWidth().semantics { liveRegion = LiveRegionMode.Assertive },
    ) {
        val resources = LocalResources.current
        Column(Modifier.padding(16.dp)) {
            Text(problem.title(resources), style = MaterialTheme.typography.titleSmall)
            Text(problem.advice(resources), style = MaterialTheme.typography.bodyMedium)
        }
    }
}

@Composable
private fun SaveButtons(
    state: MakeUiState,
    model: MakeViewModel,
) {
    if (state.saving) {
        Row(
            Modifier.fillMaxWidth(),
            horizontalArrangement = Arrangement.spacedBy(16.dp),
            verticalAlignment = Alignment.CenterVertically,
        ) {
            CircularProgressIndicator(Modifier.size(24.dp))
            Text(stringResource(R.string.saving), Modifier.weight(1f))
            OutlinedButton(onClick = model::cancel) { Text(stringResource(R.string.cancel)) }
        }
    } else {
        Button(
            onClick = { model.save() },
            enabled = state.canSave,
            modifier = Modifier.fillMaxWidth().heightIn(min = 56.dp),
        ) { Text(stringResource(R.string.save), style = MaterialTheme.typography.titleMedium) }
    }
}

@Composable
private fun text(problem: Problem): String {
    val resources = LocalResources.current
    return "${problem.title(resources)}. ${problem.advice(resources)}"
}
