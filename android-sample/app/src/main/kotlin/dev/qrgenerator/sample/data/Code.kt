package dev.qrgenerator.sample.data

/** A kept code, as a listing has it: without its image, which [CodeRepository.picture] draws from this. */
data class Code(
    val name: String,
    /** Null if the stored image can't be read. */
    val text: String?,
    val byteSize: Long,
    /** RFC 3339, UTC. */
    val storedAt: String,
    val look: Look?,
)

/** How a code looks, in full: the same text and look give the same image on every machine. */
data class Look(
    /** 1 to 40. */
    val version: Int,
    val correction: Correction,
    val scale: Long,
    val quietZone: Long,
    val dark: String,
    val light: String,
)

/** How much of a code may be dirty, torn or covered: 7, 15, 25 or 30 %. */
enum class Correction(
    val percent: Int,
) {
    L(7),
    M(15),
    Q(25),
    H(30),
}

/**
 * The four presets of the service.
 *
 * @property scale the width of a module in the image, in pixels
 */
enum class Preset(
    val scale: Long,
) {
    LOW(4),
    MEDIUM(8),
    HIGH(12),
    MAX(16),
}

/** The light border of every preset, in modules: what readers expect. */
const val PRESET_QUIET_ZONE = 4L

data class CodePage(
    val codes: List<Code>,
    /** Gives the next page; null at the end. */
    val nextToken: String?,
)

/** A code that someone is about to make. */
data class Draft(
    val name: String,
    val text: String,
    val preset: Preset,
)

/** One code with its image. [picture] is null if the image can't be read. */
class CodeImage(
    val code: Code,
    val png: ByteArray,
    val picture: CodePicture?,
)

class Preview(
    val picture: CodePicture,
    val version: Int,
    val correction: Correction,
    /** How many more letters fit before the code grows. */
    val roomLeft: Long,
)
