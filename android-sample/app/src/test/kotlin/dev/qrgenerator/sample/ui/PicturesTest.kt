package dev.qrgenerator.sample.ui

import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasTestTag
import androidx.compose.ui.test.onAllNodesWithTag
import androidx.compose.ui.test.onNodeWithContentDescription
import androidx.compose.ui.test.onNodeWithTag
import androidx.compose.ui.test.onRoot
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performTextReplacement
import dev.qrgenerator.sample.R
import dev.qrgenerator.sample.support.AppTest
import dev.qrgenerator.sample.support.PATIENCE_MS
import dev.qrgenerator.sample.support.picture
import org.junit.Test
import org.robolectric.RuntimeEnvironment
import org.robolectric.annotation.Config

/** The four screens as they look, each in four ways. */
class PicturesTest : AppTest() {
    @Test
    fun light() = pictures("light")

    @Test
    @Config(qualifiers = "+night")
    fun dark() = pictures("dark")

    @Test
    @Config(qualifiers = "+de")
    fun german() = pictures("german")

    @Test
    fun `large font`() {
        RuntimeEnvironment.setFontScale(2f)
        pictures("large")
    }

    private fun pictures(look: String) {
        launch()
        val wifi = string(R.string.code_description, string(R.string.example_wifi))
        await(hasContentDescription(wifi))
        // Thumbnails are drawn beside the main thread.
        rule.waitUntil(PATIENCE_MS) {
            rule.onAllNodesWithTag("picture", useUnmergedTree = true).fetchSemanticsNodes().size == EXAMPLES
        }
        snap("library-$look")

        rule.onNodeWithContentDescription(wifi).performClick()
        await(hasContentDescription(string(R.string.delete)))
        snap("code-$look")
        rule.onNodeWithContentDescription(string(R.string.back)).performClick()

        clickIcon(string(R.string.new_code))
        await(hasTestTag("text"))
        rule.onNodeWithTag("text").performTextReplacement("https://example.com/menu")
        await(hasContentDescription(string(R.string.preview)))
        snap("make-$look")
        rule.onNodeWithContentDescription(string(R.string.back)).performClick()

        clickIcon(string(R.string.settings))
        await(hasContentDescription(string(R.string.copy_device_id)))
        snap("settings-$look")
    }

    private fun snap(name: String) = rule.onRoot().picture(name)

    private fun string(
        id: Int,
        vararg arguments: Any,
    ) = application.getString(id, *arguments)

    private companion object {
        /** How many codes the demo begins with. */
        const val EXAMPLES = 4
    }
}
