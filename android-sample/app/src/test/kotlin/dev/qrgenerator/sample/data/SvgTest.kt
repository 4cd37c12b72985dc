package dev.qrgenerator.sample.data

import org.junit.Assert.assertEquals
import org.junit.Test

class SvgTest {
    @Test
    fun `a picture becomes a ground and one path of runs`() {
        val (dark, light) = 0xFF000000.toInt() to 0xFFFFFFFF.toInt()
        val picture = CodePicture(3, intArrayOf(light, light, light, light, dark, dark, dark, light, dark))
        assertEquals(
            """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 3" shape-rendering="crispEdges">""" +
                """<rect width="3" height="3" fill="#ffffff"/>""" +
                """<path d="M1 1h2v1h-2zM0 2h1v1h-1zM2 2h1v1h-1z" fill="#000000"/></svg>""",
            picture.toSvg(),
        )
    }
}
