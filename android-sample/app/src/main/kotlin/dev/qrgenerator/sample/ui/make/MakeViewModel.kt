package dev.qrgenerator.sample.ui.make

import androidx.lifecycle.SavedStateHandle
import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import dev.qrgenerator.sample.data.CodeDrawing
import dev.qrgenerator.sample.data.CodeRepository
import dev.qrgenerator.sample.data.Draft
import dev.qrgenerator.sample.data.Preset
import dev.qrgenerator.sample.data.Problem
import dev.qrgenerator.sample.data.ProblemException
import dev.qrgenerator.sample.data.nextName
import dev.qrgenerator.sample.data.suggestName
import kotlinx.coroutines.Job
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch

/** A code in the making. What was typed survives the end of the process. */
class MakeViewModel(
    private val codes: CodeRepository,
    private val drawing: CodeDrawing,
    private val saved: SavedStateHandle,
) : ViewModel() {
    private val state =
        MutableStateFlow(
            MakeUiState(
                text = saved[TEXT] ?: "",
                name = saved[NAME] ?: "",
                preset = Preset.valueOf(saved[PRESET] ?: Preset.MEDIUM.name),
            ),
        )
    val uiState: StateFlow<MakeUiState> = state.asStateFlow()

    private var drawingJob: Job? = null
    private var savingJob: Job? = null

    init {
        draw()
    }

    fun setText(text: String) {
        saved[TEXT] = text
        state.update { it.copy(text = text, textProblem = null, problem = null) }
        if (saved.get<Boolean>(NAME_IS_OWN) != true) takeName(suggestName(text))
        draw()
    }

    fun setName(name: String) {
        // Who empties the field wants suggestions again.
        saved[NAME_IS_OWN] = name.isNotEmpty()
        takeName(name)
    }

    fun setPreset(preset: Preset) {
        saved[PRESET] = preset.name
        state.update { it.copy(preset = preset, textProblem = null) }
        draw()
    }

    fun rename() = setName(nextName(state.value.name))

    fun save(replace: Boolean = false) {
        if (!state.value.canSave) return
        val draft = draft().let { it.copy(name = it.name.trim()) }
        state.update { it.copy(saving = true, nameProblem = null, problem = null) }
        savingJob =
            viewModelScope.launch {
                try {
                    codes.make(draft, replace)
                    state.update { it.copy(made = draft.name) }
                } catch (e: ProblemException) {
                    state.update { it.with(e.problem) }
                } finally {
                    state.update { it.copy(saving = false) }
                }
            }
    }

    /** The request is dropped. Whether the service has kept the code by then is seen in the library. */
    fun cancel() {
        savingJob?.cancel()
    }

    private fun takeName(name: String) {
        saved[NAME] = name
        state.update { it.copy(name = name, nameProblem = null) }
    }

    private fun draft() = state.value.run { Draft(name, text, preset) }

    private fun draw() {
        drawingJob?.cancel()
        drawingJob =
            viewModelScope.launch {
                if (state.value.text.isEmpty()) {
                    state.update { it.copy(preview = null) }
                    return@launch
                }
                try {
                    val preview = drawing.preview(draft())
                    state.update { it.copy(preview = preview) }
                } catch (e: ProblemException) {
                    state.update { it.copy(preview = null).with(e.problem) }
                }
            }
    }

    private fun MakeUiState.with(problem: Problem) =
        when (problem) {
            Problem.TextTooLong -> copy(textProblem = problem)
            Problem.NameInvalid, Problem.NameTaken -> copy(nameProblem = problem)
            else -> copy(problem = problem)
        }

    private companion object {
        const val TEXT = "text"
        const val NAME = "name"
        const val NAME_IS_OWN = "nameIsOwn"
        const val PRESET = "preset"
    }
}
