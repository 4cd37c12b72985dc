package dev.qrgenerator.sample.ui

import android.os.Looper
import androidx.compose.ui.test.junit4.v2.createComposeRule
import androidx.compose.ui.test.onNodeWithContentDescription
import androidx.lifecycle.SavedStateHandle
import dev.qrgenerator.sample.data.CodeDrawing
import dev.qrgenerator.sample.support.FakeCodes
import dev.qrgenerator.sample.support.RobolectricTest
import dev.qrgenerator.sample.ui.make.MakeScreen
import dev.qrgenerator.sample.ui.make.MakeViewModel
import org.junit.Assert.assertEquals
import org.junit.Rule
import org.junit.Test
import org.robolectric.Shadows.shadowOf

/**
 * How long it takes from a key stroke to the preview of what was typed.
 *
 * `cargo xtask bench sample` runs it. It is not named as tests are, and so is none of them: what it prints hangs on
 * the machine.
 */
class PreviewMeasurement : RobolectricTest() {
    @get:Rule
    val rule = createComposeRule()

    @Test
    fun `from a key stroke to its preview`() {
        val model = MakeViewModel(FakeCodes(), CodeDrawing(), SavedStateHandle())
        rule.setContent { MakeScreen(model, onBack = {}, onMade = {}) }
        repeat(ROUNDS_TO_WARM) { type(model) }
        val (drawn, shown) = type(model).unzip()
        assertEquals(STROKES, shown.size)
        rule.onNodeWithContentDescription("Preview of the code").assertExists()
        println("preview-drawn-us ${drawn.sorted()[STROKES / 2]}")
        println("preview-shown-us ${shown.sorted()[STROKES / 2]}")
        println("preview-shown-p95-us ${shown.sorted()[STROKES * 95 / 100]}")
    }

    /** Types a text letter by letter; for each the microseconds until its preview was drawn, and until it was shown. */
    private fun type(model: MakeViewModel): List<Pair<Long, Long>> =
        List(STROKES) { letter ->
            val start = System.nanoTime()
            val before = model.uiState.value.preview
            rule.runOnUiThread { model.setText(TEXT + "x".repeat(letter)) }
            while (model.uiState.value.preview === before) shadowOf(Looper.getMainLooper()).idle()
            val drawn = System.nanoTime()
            rule.waitForIdle()
            val shown = System.nanoTime()
            (drawn - start) / 1000 to (shown - start) / 1000
        }

    private companion object {
        const val ROUNDS_TO_WARM = 5
        const val STROKES = 200
        const val TEXT = "https://example.com/menu"
    }
}
