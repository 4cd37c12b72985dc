package dev.qrgenerator.sample.data

import dev.qrgenerator.sdk.RenderRequest
import dev.qrgenerator.sdk.render
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import java.util.TreeMap
import java.util.concurrent.ConcurrentHashMap

/** A service that is not there: codes are drawn on the phone and kept until the app ends. */
class DemoCodes(
    private val drawing: CodeDrawing,
    examples: List<Draft> = emptyList(),
    /** RFC 3339, UTC. */
    private val now: () -> String,
) : CodeSource {
    private val drafts = ConcurrentHashMap(examples.associateBy { it.name })
    private val storedAt = ConcurrentHashMap<String, String>()

    override suspend fun page(
        prefix: String,
        token: String?,
    ): CodePage {
        val found = TreeMap(drafts).tailMap(token ?: prefix).values.filter { it.name.startsWith(prefix) }
        return CodePage(
            codes = found.take(PAGE_SIZE).map { code(it) },
            nextToken = found.getOrNull(PAGE_SIZE)?.name,
        )
    }

    override suspend fun find(name: String): CodeImage? {
        val code = code(drafts[name] ?: return null)
        val png = drawing.png(code) ?: return null
        return CodeImage(code, png, drawing.picture(code))
    }

    override suspend fun make(
        draft: Draft,
        replace: Boolean,
    ) {
        if (!isName(draft.name)) throw ProblemException(Problem.NameInvalid)
        code(draft)
        if (!replace && drafts[draft.name].let { it != null && it != draft }) throw ProblemException(Problem.NameTaken)
        drafts[draft.name] = draft
        storedAt[draft.name] = now()
    }

    override suspend fun delete(name: String) {
        drafts.remove(name)
    }

    private suspend fun code(draft: Draft): Code =
        withContext(Dispatchers.Default) {
            val drawn = translating { render(RenderRequest(draft.text, draft.preset.toDetail())) }
            Code(
                name = draft.name,
                text = draft.text,
                byteSize = drawn.png.size.toLong(),
                storedAt = storedAt.getOrPut(draft.name, now),
                look =
                    Look(
                        version = drawn.symbol.version,
                        correction = drawn.symbol.errorCorrection.toCorrection(),
                        scale = draft.preset.scale,
                        quietZone = PRESET_QUIET_ZONE,
                        dark = "#000000",
                        light = "#ffffff",
                    ),
            )
        }

    /** The rule of the service that people meet most; it knows more of them. */
    private fun isName(name: String) = name.isNotBlank() && name.none { it in FORBIDDEN_IN_NAMES }
}
