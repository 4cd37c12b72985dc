@file:OptIn(ExperimentalCoroutinesApi::class)

package dev.qrgenerator.sample.ui

import androidx.lifecycle.SavedStateHandle
import dev.qrgenerator.sample.data.CodeDrawing
import dev.qrgenerator.sample.data.PAGE_SIZE
import dev.qrgenerator.sample.data.Problem
import dev.qrgenerator.sample.support.FakeCodes
import dev.qrgenerator.sample.support.MainDispatcher
import dev.qrgenerator.sample.support.RobolectricTest
import dev.qrgenerator.sample.ui.library.LibraryViewModel
import dev.qrgenerator.sample.ui.library.Listing
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.advanceUntilIdle
import kotlinx.coroutines.test.runCurrent
import kotlinx.coroutines.test.runTest
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Rule
import org.junit.Test

class LibraryViewModelTest : RobolectricTest() {
    @get:Rule
    val main = MainDispatcher()

    private fun TestScope.model(
        codes: FakeCodes,
        saved: SavedStateHandle = SavedStateHandle(),
        acceptNewKey: suspend () -> Unit = {},
    ) = LibraryViewModel(codes, CodeDrawing(), acceptNewKey, this, saved)

    private val LibraryViewModel.names get() = (uiState.value.listing as Listing.Codes).codes.map { it.name }

    @Test
    fun `pages are read one by one until the end`() =
        runTest {
            val codes = FakeCodes(count = 1_000)
            val model = model(codes)
            runCurrent()
            while (model.names.size < 1_000) {
                val before = model.names.size
                model.readMore()
                // A second call while the first is under way reads nothing twice.
                model.readMore()
                runCurrent()
                assertEquals(minOf(before + PAGE_SIZE, 1_000), model.names.size)
            }
            assertEquals(codes.names.toList(), model.names)
            assertEquals(21, codes.pages)
        }

    @Test
    fun `a search waits until the typing pauses`() =
        runTest {
            val codes = FakeCodes(count = 20)
            val model = model(codes)
            runCurrent()
            for (prefix in listOf("c", "code", "code 001")) model.search(prefix)
            advanceUntilIdle()
            assertEquals(10, model.names.size)
            assertEquals(2, codes.pages)
        }

    @Test
    fun `nothing is deleted before it is confirmed, and an undo deletes nothing`() =
        runTest {
            val codes = FakeCodes(count = 3)
            val model = model(codes)
            runCurrent()
            model.delete("code 0001")
            model.undoDelete()
            runCurrent()
            assertEquals(emptyList<String>(), codes.deleted)
            model.delete("code 0001")
            model.confirmDelete()
            runCurrent()
            assertEquals(listOf("code 0001"), codes.deleted)
            assertEquals(listOf("code 0000", "code 0002"), model.names)
        }

    @Test
    fun `a second deletion confirms the first`() =
        runTest {
            val codes = FakeCodes(count = 3)
            val model = model(codes)
            runCurrent()
            model.delete("code 0000")
            model.delete("code 0001")
            runCurrent()
            assertEquals(listOf("code 0000"), codes.deleted)
            assertEquals("code 0001", model.uiState.value.deleting)
        }

    @Test
    fun `a deletion that fails brings the code back and says why`() =
        runTest {
            val codes = FakeCodes(count = 2)
            val model = model(codes)
            runCurrent()
            model.delete("code 0000")
            codes.problem = Problem.ServerDown
            model.confirmDelete()
            codes.problem = Problem.ServerDown
            runCurrent()
            assertEquals(Problem.ServerDown, model.uiState.value.notice)
            codes.problem = null
            model.refresh()
            runCurrent()
            assertEquals(2, model.names.size)
        }

    @Test
    fun `a refresh that fails keeps what is shown`() =
        runTest {
            val codes = FakeCodes(count = 2)
            val model = model(codes)
            runCurrent()
            codes.problem = Problem.Offline
            model.refresh()
            runCurrent()
            assertEquals(2, model.names.size)
            assertEquals(Problem.Offline, model.uiState.value.notice)
        }

    @Test
    fun `a first read that fails can be tried again`() =
        runTest {
            val codes = FakeCodes(count = 2).apply { problem = Problem.Busy(3) }
            val model = model(codes)
            runCurrent()
            assertEquals(Listing.Failed(Problem.Busy(3)), model.uiState.value.listing)
            codes.problem = null
            model.retry()
            runCurrent()
            assertEquals(2, model.names.size)
        }

    @Test
    fun `a lost key is given up only when the person says so`() =
        runTest {
            val codes = FakeCodes(count = 1).apply { problem = Problem.KeyLost }
            val model = model(codes, acceptNewKey = { codes.problem = null })
            runCurrent()
            assertEquals(Listing.Failed(Problem.KeyLost), model.uiState.value.listing)
            model.useNewKey()
            runCurrent()
            assertEquals(1, model.names.size)
        }

    @Test
    fun `the search and a deletion under way survive the end of the process`() =
        runTest {
            val saved = SavedStateHandle()
            val codes = FakeCodes(count = 2)
            val before = model(codes, saved)
            before.search("code")
            before.delete("code 0000")
            val after = model(codes, SavedStateHandle(saved.keys().associateWith { saved.get<Any>(it) }))
            assertEquals("code", after.uiState.value.prefix)
            assertEquals("code 0000", after.uiState.value.deleting)
            after.undoDelete()
            assertNull(after.uiState.value.deleting)
        }
}
