package dev.qrgenerator.sample.ui

import androidx.compose.ui.semantics.SemanticsNode
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.semantics.getOrNull
import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasTestTag
import dev.qrgenerator.sample.support.AppTest
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.robolectric.RuntimeEnvironment

/** Every screen for those who hear it, and for those who need large letters. */
class AccessibilityTest : AppTest() {
    @Test
    fun `everything that can be clicked has a label and 48 dp`() = onEveryScreen()

    @Test
    fun `letters of twice the size leave every screen as usable`() {
        RuntimeEnvironment.setFontScale(2f)
        onEveryScreen()
    }

    private fun check(screen: String) {
        val clickable = rule.onAllNodes(hasClickAction()).fetchSemanticsNodes()
        assertTrue(screen, clickable.isNotEmpty())
        assertEquals(screen, emptyList<String>(), clickable.filter { it.label().isBlank() }.map { it.toString() })
        val density = application.resources.displayMetrics.density
        val small =
            clickable.filter { it.touchBoundsInRoot.run { width < 47.5f * density || height < 47.5f * density } }
        // What is cut off by the edge of the screen is larger than it looks.
        assertEquals(screen, emptyList<String>(), small.filterNot { it.isCutOff() }.map { it.label() })
    }

    private fun onEveryScreen() {
        launch()
        awaitCode("Guest Wi-Fi")
        check("library")
        openCode("Guest Wi-Fi")
        check("code")
        clickIcon("Back")
        clickIcon("New code")
        await(hasTestTag("text"))
        check("make")
        clickIcon("Back")
        clickIcon("Settings")
        await(hasContentDescription("Copy the device id"))
        check("settings")
    }

    private fun SemanticsNode.label(): String {
        val words =
            config.getOrNull(SemanticsProperties.ContentDescription).orEmpty() +
                config.getOrNull(SemanticsProperties.Text).orEmpty().map { it.text }
        return words.joinToString(" ")
    }

    private fun SemanticsNode.isCutOff() = boundsInRoot.height < size.height - 1 || boundsInRoot.width < size.width - 1
}
