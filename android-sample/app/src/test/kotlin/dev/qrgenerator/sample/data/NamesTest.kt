package dev.qrgenerator.sample.data

import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test

class NamesTest {
    @Test
    fun `a text suggests a name that the service takes`() {
        val expected =
            mapOf(
                "https://www.example.com/menu?day=1" to "example.com menu day=1",
                "https://example.com/" to "example.com",
                "WIFI:T:WPA;S:Guests;P:secret;;" to "Wi-Fi Guests",
                "mailto:ada@example.com" to "ada@example.com",
                "two\nlines" to "two lines",
                " ... " to "",
                "" to "",
                "a".repeat(31) + "😀" to "a".repeat(31),
            )
        for ((text, name) in expected) assertEquals(text, name, suggestName(text))
    }

    @Test
    fun `the longest name is a file that every file system takes`() {
        assertEquals("menu.png", fileName("menu", "png"))
        val longest = fileName("字".repeat(200), "svg")
        assertTrue(longest, longest.endsWith("字.svg") && longest.toByteArray().size <= 255)
    }

    @Test
    fun `another name counts up`() {
        assertEquals("menu 2", nextName("menu"))
        assertEquals("menu 3", nextName("menu 2"))
    }
}
