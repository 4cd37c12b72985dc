package dev.qrgenerator.sample.ui

import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.onRoot
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import dev.qrgenerator.sample.support.AppTest
import dev.qrgenerator.sample.support.picture
import dev.qrgenerator.support.FixedAnswers
import dev.qrgenerator.support.QrgenServe
import dev.qrgenerator.support.RawServer
import kotlinx.coroutines.runBlocking
import org.junit.Test

/** What the person sees when something goes wrong: what it is, and what to do. */
class FaultsTest : AppTest() {
    private fun libraryAt(
        url: String,
        title: String,
        advice: String,
        picture: String,
    ) {
        useService(url)
        launch()
        awaitText(title)
        awaitText(advice, substring = true)
        rule.onRoot().picture(picture)
    }

    @Test
    fun `no network`() =
        libraryAt("https://nobody.invalid", "No network", "Check Wi-Fi or mobile data", "fault-offline")

    @Test
    fun `the service is down, and works again`() {
        libraryAt("http://127.0.0.1:1", "The service is down", "try again in a while", "fault-server-down")
        QrgenServe().use {
            useService(it.url)
            awaitText("No codes yet")
        }
    }

    @Test
    fun `the service is too slow`() =
        RawServer.silent().use {
            libraryAt(it.url, "The service is too slow", "no answer in time", "fault-server-slow")
        }

    @Test
    fun `the service asks to wait`() =
        FixedAnswers.problem("rate_limited", 429, mapOf("Retry-After" to "42")).use {
            libraryAt(it.url, "Too many requests", "wait 42 seconds", "fault-busy")
        }

    @Test
    fun `the clock is wrong`() =
        FixedAnswers.problem("proof_expired", 401).use {
            libraryAt(it.url, "The clock is wrong", "date and time", "fault-clock")
        }

    @Test
    fun `the address leads to another server`() =
        FixedAnswers("text/html") { 404 to "<h1>Not found</h1>" }.use {
            libraryAt(it.url, "This is another service", "Check the address", "fault-endpoint-wrong")
            click("Open settings")
            awaitText("Address of the service")
        }

    @Test
    fun `the key is lost after a restore, and a new one begins anew`() =
        QrgenServe().use {
            runBlocking { container.settings.update { it.copy(deviceId = "id of the old phone") } }
            libraryAt(it.url, "The key of your codes is gone", "begin anew", "fault-key-lost")
            click("Use a new key")
            awaitText("No codes yet")
        }

    @Test
    fun `a stored image that can't be read is listed, and said to be damaged`() {
        FixedAnswers { 200 to UNREADABLE }.use {
            useService(it.url)
            launch()
            awaitCode("menu")
            awaitText("This image can’t be read")
            rule.onRoot().picture("fault-unreadable")
        }
    }

    @Test
    fun `a text that is too long is said at the text`() {
        launch()
        clickIcon("New code")
        type("text", "x".repeat(3_000))
        awaitText("Too long for one code", substring = true)
        rule.onNodeWithText("Too long for one code", substring = true).performScrollTo()
        rule.onRoot().picture("fault-text-too-long")
    }

    @Test
    fun `a name that is taken is said at the name`() {
        launch()
        make("text", "Website")
        awaitText("Another code has this name", substring = true)
        rule.onNodeWithText("Replace it").performScrollTo()
        rule.onRoot().picture("fault-name-taken")
    }

    @Test
    fun `a name with a slash is said at the name`() {
        launch()
        make("text", "a/b")
        awaitText("This can’t be a name", substring = true)
        rule.onNodeWithText("This can’t be a name", substring = true).performScrollTo()
        rule.onRoot().picture("fault-name-invalid")
    }

    @Test
    fun `an address that can't be one is said while it is typed, and a good one is tested`() =
        QrgenServe().use {
            launch()
            clickIcon("Settings")
            click("Demo")
            type("endpoint", "http://example.com")
            awaitText("Write it as https://qr.example.com", substring = true)
            rule.onRoot().picture("fault-endpoint-invalid")
            type("endpoint", it.url)
            awaitGone(hasText("Write it as", substring = true))
            rule.onNodeWithText("Test the connection").performScrollTo().performClick()
            awaitText("The service answers.")
        }

    private companion object {
        const val UNREADABLE =
            """{"images":[{"filename":"menu","mediaType":"image/png","base64":"bm90IGEgUE5H","byteSize":9,""" +
                """"sha256":"251d058d2872544d811f0f9ba5ca78f1de9da33a0237979e1844e73f5093d1ff",""" +
                """"storedAt":"2026-05-01T12:00:00.000Z","text":null}],"nextToken":null}"""
    }
}
