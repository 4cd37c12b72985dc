package dev.qrgenerator.sample.ui.make

import dev.qrgenerator.sample.data.Preset
import dev.qrgenerator.sample.data.Preview
import dev.qrgenerator.sample.data.Problem

data class MakeUiState(
    val text: String = "",
    val name: String = "",
    val preset: Preset = Preset.MEDIUM,
    /** Null while there is no text, or none that fits. */
    val preview: Preview? = null,
    val textProblem: Problem? = null,
    val nameProblem: Problem? = null,
    /** What belongs to no field. */
    val problem: Problem? = null,
    val saving: Boolean = false,
    /** The name under which the code was kept: the screen is done. */
    val made: String? = null,
) {
    val canSave get() = preview != null && name.isNotBlank() && !saving
}
