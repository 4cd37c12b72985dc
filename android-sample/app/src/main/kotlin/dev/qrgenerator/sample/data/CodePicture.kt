package dev.qrgenerator.sample.data

/**
 * A code as its modules: [size] by [size] colours (ARGB), row by row, the quiet zone among them.
 *
 * One colour a module is all that a screen needs to draw it sharp at any size.
 */
class CodePicture(
    val size: Int,
    val argb: IntArray,
)

/** The picture as SVG 1.1: one rectangle for the ground, one path of horizontal runs for what is dark. */
fun CodePicture.toSvg(): String {
    // The corner is quiet zone, and the first other colour belongs to a finder pattern.
    val light = argb.first()
    val dark = argb.first { it != light }
    val path = StringBuilder()
    for (y in 0 until size) {
        var x = 0
        while (x < size) {
            val start = x
            while (x < size && argb[y * size + x] == dark) x++
            if (x > start) path.append("M$start ${y}h${x - start}v1h-${x - start}z") else x++
        }
    }
    return """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 $size $size" shape-rendering="crispEdges">""" +
        """<rect width="$size" height="$size" fill="${light.toHex()}"/>""" +
        """<path d="$path" fill="${dark.toHex()}"/></svg>"""
}

private fun Int.toHex() = "#%06x".format(this and 0xFFFFFF)
