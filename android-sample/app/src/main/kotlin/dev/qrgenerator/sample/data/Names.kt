package dev.qrgenerator.sample.data

/** What no name of a code may hold. */
const val FORBIDDEN_IN_NAMES = "/\\:*?\"<>|#%{}^~[]`"

private const val LONGEST_SUGGESTION = 32

/** Of UTF-16, each at most three bytes of UTF-8: with an ending, what a file system takes. */
private const val LONGEST_FILE_NAME = 80

private val SCHEME = Regex("^[a-z][a-z0-9+.-]*:(//)?(www\\.)?", RegexOption.IGNORE_CASE)
private val WIFI_NAME = Regex("^WIFI:.*?S:([^;]+);", RegexOption.IGNORE_CASE)
private val NOT_IN_NAMES = Regex("[\\p{Cntrl}\\s${Regex.escape(FORBIDDEN_IN_NAMES)}]+")

/**
 * A name for a code of this text that the service takes: the network of a Wi-Fi code, a URL without its scheme, or
 * the first words. Empty if the text has nothing to make a name of.
 */
fun suggestName(text: String): String {
    val essence = WIFI_NAME.find(text)?.let { "Wi-Fi ${it.groupValues[1]}" } ?: text.trim().replace(SCHEME, "")
    return essence
        .replace(NOT_IN_NAMES, " ")
        .trim(' ', '.')
        .shortened(LONGEST_SUGGESTION)
}

/** The name of a file for an image of a code of this name. */
fun fileName(
    name: String,
    ending: String,
): String = "${name.shortened(LONGEST_FILE_NAME)}.$ending"

/** [name] with a number behind it: "menu" becomes "menu 2", and that "menu 3". */
fun nextName(name: String): String {
    val number = name.substringAfterLast(' ').toIntOrNull()
    return if (number == null) "$name 2" else "${name.substringBeforeLast(' ')} ${number + 1}"
}

private fun String.shortened(length: Int) =
    take(length)
        // Half of a pair is no character.
        .dropLastWhile { it.isHighSurrogate() }
        .trim(' ', '.')
