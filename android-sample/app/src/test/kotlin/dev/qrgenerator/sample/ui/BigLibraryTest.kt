package dev.qrgenerator.sample.ui

import androidx.compose.ui.test.hasTestTag
import androidx.compose.ui.test.junit4.v2.createComposeRule
import androidx.compose.ui.test.onAllNodesWithTag
import androidx.compose.ui.test.onNodeWithTag
import androidx.compose.ui.test.performScrollToIndex
import androidx.lifecycle.SavedStateHandle
import dev.qrgenerator.sample.data.CodeDrawing
import dev.qrgenerator.sample.support.FakeCodes
import dev.qrgenerator.sample.support.PATIENCE_MS
import dev.qrgenerator.sample.support.RobolectricTest
import dev.qrgenerator.sample.ui.library.LibraryScreen
import dev.qrgenerator.sample.ui.library.LibraryViewModel
import dev.qrgenerator.sample.ui.library.Listing
import kotlinx.coroutines.MainScope
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test

class BigLibraryTest : RobolectricTest() {
    @get:Rule
    val rule = createComposeRule()

    /** A picture lives in its card: there are never more of them than cards on the screen. */
    @Test
    fun `a thousand codes scroll by in pages, and no more than a hundred pictures are held`() {
        val model = LibraryViewModel(FakeCodes(count = 1_000), CodeDrawing(), {}, MainScope(), SavedStateHandle())
        rule.setContent { LibraryScreen(model, onOpen = {}, onMake = {}, onSettings = {}) }
        rule.waitUntil(PATIENCE_MS) { rule.onAllNodes(hasTestTag("codes")).fetchSemanticsNodes().isNotEmpty() }
        var seen = 0
        while (seen < 1_000) {
            rule.onNodeWithTag("codes").performScrollToIndex(seen - seen % 2)
            val pictures = rule.onAllNodesWithTag("picture", useUnmergedTree = true).fetchSemanticsNodes().size
            assertTrue("$pictures pictures at $seen", pictures <= 100)
            val codes = (model.uiState.value.listing as Listing.Codes).codes
            if (codes.size > seen) seen = codes.size
        }
        rule.onNodeWithTag("codes").performScrollToIndex(999)
        rule.waitUntil(PATIENCE_MS) {
            rule.onAllNodesWithTag("picture", useUnmergedTree = true).fetchSemanticsNodes().isNotEmpty()
        }
    }
}
