@file:OptIn(ExperimentalCoroutinesApi::class)

package dev.qrgenerator.sample.ui

import androidx.lifecycle.SavedStateHandle
import dev.qrgenerator.sample.data.CodeDrawing
import dev.qrgenerator.sample.data.Correction
import dev.qrgenerator.sample.data.Preset
import dev.qrgenerator.sample.data.Problem
import dev.qrgenerator.sample.support.FakeCodes
import dev.qrgenerator.sample.support.MainDispatcher
import dev.qrgenerator.sample.support.RobolectricTest
import dev.qrgenerator.sample.ui.make.MakeViewModel
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.test.runCurrent
import kotlinx.coroutines.test.runTest
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test

class MakeViewModelTest : RobolectricTest() {
    @get:Rule
    val main = MainDispatcher()

    private val codes = FakeCodes()

    /** Draws with the real engine, on the thread of the test. */
    private fun model(saved: SavedStateHandle = SavedStateHandle()) =
        MakeViewModel(codes, CodeDrawing(Dispatchers.Main), saved)

    @Test
    fun `typing draws the code and suggests a name`() =
        runTest {
            val model = model()
            model.setText("https://example.com/menu")
            runCurrent()
            val state = model.uiState.value
            assertEquals("example.com menu", state.name)
            assertEquals(2, state.preview!!.version)
            assertEquals(Correction.M, state.preview.correction)
            assertTrue(state.canSave)
        }

    @Test
    fun `a name of one's own is kept, and an empty one takes suggestions again`() =
        runTest {
            val model = model()
            model.setName("mine")
            model.setText("https://example.com")
            assertEquals("mine", model.uiState.value.name)
            model.setName("")
            model.setText("https://example.org")
            assertEquals("example.org", model.uiState.value.name)
        }

    @Test
    fun `a text that does not fit is said at the text, and a lower detail mends it`() =
        runTest {
            val model = model()
            model.setPreset(Preset.MAX)
            model.setText("x".repeat(2_000))
            runCurrent()
            assertEquals(Problem.TextTooLong, model.uiState.value.textProblem)
            assertNull(model.uiState.value.preview)
            assertFalse(model.uiState.value.canSave)
            model.setPreset(Preset.LOW)
            runCurrent()
            assertNull(model.uiState.value.textProblem)
            assertNotNull(model.uiState.value.preview)
        }

    @Test
    fun `a taken name can be replaced`() =
        runTest {
            codes.names += "menu"
            val model = model()
            model.setName("menu")
            model.setText("text")
            runCurrent()
            model.save()
            runCurrent()
            assertEquals(Problem.NameTaken, model.uiState.value.nameProblem)
            model.save(replace = true)
            runCurrent()
            assertEquals("menu", model.uiState.value.made)
        }

    @Test
    fun `a taken name can be changed`() =
        runTest {
            codes.names += "menu"
            val model = model()
            model.setName("menu")
            model.setText("text")
            runCurrent()
            model.save()
            runCurrent()
            model.rename()
            model.save()
            runCurrent()
            assertEquals("menu 2", model.uiState.value.made)
        }

    @Test
    fun `saving is seen and can be given up`() =
        runTest {
            codes.hold = CompletableDeferred()
            val model = model()
            model.setText("text")
            runCurrent()
            model.save()
            runCurrent()
            assertTrue(model.uiState.value.saving)
            model.cancel()
            runCurrent()
            assertFalse(model.uiState.value.saving)
            assertNull(model.uiState.value.made)
            assertEquals(emptySet<String>(), codes.names)
        }

    @Test
    fun `what belongs to no field is said for itself`() =
        runTest {
            val model = model()
            model.setText("text")
            runCurrent()
            codes.problem = Problem.ServerSlow
            model.save()
            runCurrent()
            assertEquals(Problem.ServerSlow, model.uiState.value.problem)
            assertTrue(model.uiState.value.canSave)
        }

    @Test
    fun `what was typed survives the end of the process`() =
        runTest {
            val saved = SavedStateHandle()
            model(saved).run {
                setText("text")
                setName("name")
                setPreset(Preset.HIGH)
            }
            val after = model(SavedStateHandle(saved.keys().associateWith { saved.get<Any>(it) }))
            runCurrent()
            val state = after.uiState.value
            assertEquals(listOf("text", "name", Preset.HIGH), listOf(state.text, state.name, state.preset))
            assertNotNull(state.preview)
            after.setText("another")
            assertEquals("name", after.uiState.value.name)
        }
}
