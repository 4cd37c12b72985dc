package dev.qrgenerator.sample.ui

import android.os.Bundle
import androidx.compose.ui.test.assertTextContains
import androidx.compose.ui.test.hasTestTag
import androidx.compose.ui.test.onNodeWithTag
import dev.qrgenerator.sample.MainActivity
import dev.qrgenerator.sample.support.AppTest
import org.junit.Test
import org.robolectric.Robolectric

/** Rotation, and a process that Android ended in the background. */
class RestorationTest : AppTest() {
    @Test
    fun `a rotation keeps what was typed`() {
        launch()
        clickIcon("New code")
        type("text", "hello")
        scenario.recreate()
        await(hasTestTag("text"))
        rule.onNodeWithTag("text").assertTextContains("hello")
    }

    @Test
    fun `a code that was open is open after the process has ended`() {
        val saved = Bundle()
        Robolectric.buildActivity(MainActivity::class.java).setup().use { before ->
            openCode("Website")
            before.saveInstanceState(saved)
        }
        Robolectric.buildActivity(MainActivity::class.java).setup(saved).use {
            awaitText("https://example.com")
        }
    }

    @Test
    fun `what was typed is there after the process has ended`() {
        val saved = Bundle()
        Robolectric.buildActivity(MainActivity::class.java).setup().use { before ->
            clickIcon("New code")
            type("text", "hello")
            type("name", "greeting")
            before.saveInstanceState(saved)
        }
        Robolectric.buildActivity(MainActivity::class.java).setup(saved).use {
            await(hasTestTag("text"))
            rule.onNodeWithTag("text").assertTextContains("hello")
            rule.onNodeWithTag("name").assertTextContains("greeting")
        }
    }
}
