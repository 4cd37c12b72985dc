package dev.qrgenerator.sdk

import java.io.File
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertTrue

/** The code in the guide is code that was compiled: every block stands, line by line, in a source of ours. */
class GuideTest {
    private val root = File(System.getProperty("repo.root"))

    @Test
    fun `every block of Kotlin and Java in the guide stands in a source`() {
        val sources =
            File(root, "bindings/kotlin")
                .walk()
                .onEnter { it.name != "target" }
                .filter { it.extension in listOf("kt", "java", "xml") }
                .map { bare(it.readText()) }
                .toList()
        for (page in listOf("kotlin.md", "android.md")) {
            val blocks = BLOCK.findAll(File(root, "docs/guide/$page").readText()).map { it.groupValues[1] }.toList()
            assertTrue(blocks.isNotEmpty(), page)
            val missing = blocks.filter { block -> sources.none { bare(block) in it } }
            assertEquals(emptyList(), missing, "$page has blocks that no source has")
        }
    }

    private companion object {
        val BLOCK = Regex("""```(?:kotlin|java|xml)\n(.*?)```""", RegexOption.DOT_MATCHES_ALL)

        /** The lines without their indentation, which depends on where a block stands. */
        fun bare(text: String) =
            text
                .lines()
                .map { it.trim() }
                .filter { it.isNotEmpty() }
                .joinToString("\n")
    }
}
