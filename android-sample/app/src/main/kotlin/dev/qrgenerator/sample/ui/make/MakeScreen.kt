package dev.qrgenerator.sample.ui.make

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.WindowInsets
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.ime
import androidx.compose.foundation.layout.navigationBars
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.union
import androidx.compose.foundation.layout.windowInsetsPadding
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.Button
import androidx.compose.material3.Card
import androidx.compose.material3.CardDefaults
import androidx.compose.material3.CircularProgressIndicator
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.OutlinedButton
import androidx.compose.material3.Scaffold
import androidx.compose.material3.Surface
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalResources
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import dev.qrgenerator.sample.R
import dev.qrgenerator.sample.data.Problem
import dev.qrgenerator.sample.ui.components.AppBar
import dev.qrgenerator.sample.ui.components.Field
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
    Scaffold(
        topBar = { AppBar(stringResource(R.string.new_code), onBack) },
        bottomBar = { SaveBar(state, model) },
    ) { padding ->
        Column(
            Modifier
                .padding(padding)
                .verticalScroll(rememberScrollState())
                .padding(horizontal = 16.dp)
                .padding(bottom = 16.dp),
            verticalArrangement = Arrangement.spacedBy(16.dp),
        ) {
            PreviewCard(state.preview)
            Field(
                value = state.text,
                onValue = model::setText,
                label = stringResource(R.string.text),
                tag = "text",
                problem = state.textProblem?.inWords(),
                hint = stringResource(R.string.text_hint),
                lines = 2,
            )
            NameField(state, model)
            PresetPicker(state.preset, model::setPreset)
        }
    }
}

@Composable
private fun NameField(
    state: MakeUiState,
    model: MakeViewModel,
) {
    Column {
        Field(
            value = state.name,
            onValue = model::setName,
            label = stringResource(R.string.name),
            tag = "name",
            problem = state.nameProblem?.inWords(),
        )
        if (state.nameProblem == Problem.NameTaken) {
            FlowRow(horizontalArrangement = Arrangement.spacedBy(8.dp)) {
                TextButton(onClick = model::rename) { Text(stringResource(R.string.rename)) }
                TextButton(onClick = { model.save(replace = true) }) { Text(stringResource(R.string.replace)) }
            }
        }
    }
}

/** Always in sight, above the keyboard too: the way on, and what stands in it. */
@Composable
private fun SaveBar(
    state: MakeUiState,
    model: MakeViewModel,
) {
    Surface(color = MaterialTheme.colorScheme.surface) {
        Column(
            Modifier
                .windowInsetsPadding(WindowInsets.navigationBars.union(WindowInsets.ime))
                .padding(horizontal = 16.dp, vertical = 12.dp),
            verticalArrangement = Arrangement.spacedBy(12.dp),
        ) {
            state.problem?.let { ProblemCard(it) }
            SaveButtons(state, model)
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
private fun Problem.inWords(): String {
    val resources = LocalResources.current
    return "${title(resources)}. ${advice(resources)}"
}
