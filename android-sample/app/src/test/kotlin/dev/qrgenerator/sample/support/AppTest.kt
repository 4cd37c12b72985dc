package dev.qrgenerator.sample.support

import androidx.compose.ui.test.SemanticsMatcher
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasTestTag
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.junit4.v2.createEmptyComposeRule
import androidx.compose.ui.test.onFirst
import androidx.compose.ui.test.onNodeWithContentDescription
import androidx.compose.ui.test.onNodeWithTag
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performTextReplacement
import androidx.test.core.app.ActivityScenario
import dev.qrgenerator.sample.MainActivity
import org.junit.After
import org.junit.Rule

/** How long a test waits for what has to come: longer than any machine needs. */
const val PATIENCE_MS = 60_000L

/** A test that uses the whole app as a person does. */
abstract class AppTest : RobolectricTest() {
    @get:Rule
    val rule = createEmptyComposeRule()

    protected lateinit var scenario: ActivityScenario<MainActivity>

    protected fun launch() {
        scenario = ActivityScenario.launch(MainActivity::class.java)
    }

    @After
    fun close() {
        if (::scenario.isInitialized) scenario.close()
    }

    protected fun await(matcher: SemanticsMatcher) =
        rule.waitUntil(PATIENCE_MS) { rule.onAllNodes(matcher).fetchSemanticsNodes().isNotEmpty() }

    protected fun awaitGone(matcher: SemanticsMatcher) =
        rule.waitUntil(PATIENCE_MS) { rule.onAllNodes(matcher).fetchSemanticsNodes().isEmpty() }

    protected fun awaitText(
        text: String,
        substring: Boolean = false,
    ) = await(hasText(text, substring))

    protected fun awaitCode(name: String) = await(hasContentDescription("QR code $name"))

    protected fun click(text: String) {
        awaitText(text)
        rule.onAllNodes(hasText(text)).onFirst().performClick()
    }

    protected fun clickIcon(label: String) {
        await(hasContentDescription(label))
        rule.onNodeWithContentDescription(label).performClick()
    }

    protected fun openCode(name: String) {
        // The screen of a code that was left a moment ago is still fading out.
        awaitGone(hasText("Share PNG"))
        awaitCode(name)
        rule.onNodeWithContentDescription("QR code $name").performClick()
        awaitText("Share PNG")
    }

    protected fun type(
        tag: String,
        text: String,
    ) {
        await(hasTestTag(tag))
        rule.onNodeWithTag(tag).performTextReplacement(text)
    }

    /** Fills the screen on which codes are made, and saves. */
    protected fun make(
        text: String,
        name: String,
    ) {
        clickIcon("New code")
        type("text", text)
        type("name", name)
        await(hasContentDescription("Preview of the code"))
        rule.onNodeWithText("Save").performClick()
    }
}
