package dev.qrgenerator.sample.ui.settings

import dev.qrgenerator.sample.data.Problem

data class SettingsUiState(
    val demo: Boolean = true,
    val endpoint: String = "",
    val endpointProblem: Problem? = null,
    val test: Test = Test.None,
    /** Null while the key is being opened, or if it can't be. */
    val deviceId: String? = null,
    val keyProblem: Problem? = null,
) {
    sealed interface Test {
        data object None : Test

        data object Running : Test

        data object Passed : Test

        data class Failed(
            val problem: Problem,
        ) : Test
    }
}
