package dev.qrgenerator.sample.ui.settings

import androidx.lifecycle.SavedStateHandle
import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import dev.qrgenerator.sample.data.Connections
import dev.qrgenerator.sample.data.ProblemException
import dev.qrgenerator.sample.data.SettingsStore
import dev.qrgenerator.sample.ui.settings.SettingsUiState.Test
import kotlinx.coroutines.Job
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch

/** Where the codes are kept. An endpoint is taken as soon as it can be one. */
class SettingsViewModel(
    private val settings: SettingsStore,
    private val connections: Connections,
    private val saved: SavedStateHandle,
) : ViewModel() {
    private val state = MutableStateFlow(SettingsUiState())
    val uiState: StateFlow<SettingsUiState> = state.asStateFlow()

    private var checking: Job? = null
    private var testing: Job? = null

    init {
        viewModelScope.launch {
            val stored = settings.current()
            val typed: String? = saved[ENDPOINT]
            state.update { it.copy(demo = stored.demo, endpoint = typed ?: stored.endpoint) }
            if (typed != null) setEndpoint(typed)
        }
        showDeviceId()
    }

    fun setDemo(demo: Boolean) {
        state.update { it.copy(demo = demo, test = Test.None) }
        viewModelScope.launch { settings.update { it.copy(demo = demo) } }
    }

    fun setEndpoint(endpoint: String) {
        saved[ENDPOINT] = endpoint
        checking?.cancel()
        testing?.cancel()
        state.update { it.copy(endpoint = endpoint, endpointProblem = null, test = Test.None) }
        checking =
            viewModelScope.launch {
                val problem = connections.check(endpoint.trim())
                state.update { it.copy(endpointProblem = problem.takeIf { endpoint.isNotEmpty() }) }
                if (problem == null) settings.update { it.copy(endpoint = endpoint.trim()) }
            }
    }

    fun test() {
        testing?.cancel()
        state.update { it.copy(test = Test.Running) }
        testing =
            viewModelScope.launch {
                val problem = connections.test(state.value.endpoint.trim())
                state.update { it.copy(test = if (problem == null) Test.Passed else Test.Failed(problem)) }
            }
    }

    fun useNewKey() {
        viewModelScope.launch {
            try {
                connections.acceptNewKey()
                test()
            } catch (e: ProblemException) {
                state.update { it.copy(test = Test.Failed(e.problem)) }
            }
        }
    }

    private fun showDeviceId() {
        viewModelScope.launch {
            try {
                val id = connections.deviceId()
                state.update { it.copy(deviceId = id) }
            } catch (e: ProblemException) {
                state.update { it.copy(keyProblem = e.problem) }
            }
        }
    }

    private companion object {
        const val ENDPOINT = "endpoint"
    }
}
