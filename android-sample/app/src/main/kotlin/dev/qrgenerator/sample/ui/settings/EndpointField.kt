package dev.qrgenerator.sample.ui.settings

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.material3.CircularProgressIndicator
import androidx.compose.material3.FilledTonalButton
import androidx.compose.material3.Icon
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalResources
import androidx.compose.ui.res.painterResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.input.KeyboardType
import androidx.compose.ui.unit.dp
import dev.qrgenerator.sample.R
import dev.qrgenerator.sample.data.Problem
import dev.qrgenerator.sample.ui.components.Field
import dev.qrgenerator.sample.ui.components.advice
import dev.qrgenerator.sample.ui.components.title
import dev.qrgenerator.sample.ui.settings.SettingsUiState.Test

@Composable
internal fun EndpointField(
    state: SettingsUiState,
    model: SettingsViewModel,
) {
    val resources = LocalResources.current
    Field(
        value = state.endpoint,
        onValue = model::setEndpoint,
        label = stringResource(R.string.endpoint),
        tag = "endpoint",
        problem = state.endpointProblem?.advice(resources),
        hint = stringResource(R.string.endpoint_hint),
        placeholder = "https://qr.example.com",
        keyboard = KeyboardOptions(keyboardType = KeyboardType.Uri),
    )
    FilledTonalButton(
        onClick = model::test,
        enabled = state.endpoint.isNotBlank() && state.endpointProblem == null && state.test != Test.Running,
    ) { Text(stringResource(R.string.test_connection)) }
    TestResult(state.test, model::useNewKey)
}

@Composable
private fun TestResult(
    test: Test,
    onNewKey: () -> Unit,
) {
    if (test == Test.None) return
    Row(
        Modifier.semantics { liveRegion = LiveRegionMode.Polite },
        horizontalArrangement = Arrangement.spacedBy(12.dp),
        verticalAlignment = Alignment.CenterVertically,
    ) {
        when (test) {
            Test.None -> Unit
            Test.Running -> {
                CircularProgressIndicator(Modifier.size(20.dp), strokeWidth = 2.dp)
                Text(stringResource(R.string.test_running))
            }
            Test.Passed -> {
                Icon(painterResource(R.drawable.ic_check), null, tint = MaterialTheme.colorScheme.primary)
                Text(stringResource(R.string.test_passed))
            }
            is Test.Failed -> {
                Icon(painterResource(R.drawable.ic_error), null, tint = MaterialTheme.colorScheme.error)
                Failure(test.problem, onNewKey)
            }
        }
    }
}

@Composable
private fun Failure(
    problem: Problem,
    onNewKey: () -> Unit,
) {
    val resources = LocalResources.current
    Column {
        Text(problem.title(resources), style = MaterialTheme.typography.titleSmall)
        Text(problem.advice(resources), style = MaterialTheme.typography.bodySmall)
        if (problem == Problem.KeyLost) {
            TextButton(onClick = onNewKey) { Text(stringResource(R.string.use_new_key)) }
        }
    }
}
