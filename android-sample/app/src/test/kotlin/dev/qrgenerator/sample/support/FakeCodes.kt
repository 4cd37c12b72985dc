package dev.qrgenerator.sample.support

import dev.qrgenerator.sample.data.Code
import dev.qrgenerator.sample.data.CodeImage
import dev.qrgenerator.sample.data.CodePage
import dev.qrgenerator.sample.data.CodeRepository
import dev.qrgenerator.sample.data.Correction
import dev.qrgenerator.sample.data.Draft
import dev.qrgenerator.sample.data.Look
import dev.qrgenerator.sample.data.PAGE_SIZE
import dev.qrgenerator.sample.data.PRESET_QUIET_ZONE
import dev.qrgenerator.sample.data.Problem
import dev.qrgenerator.sample.data.ProblemException
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.flow.MutableStateFlow

/** Codes in memory; [problem] makes every call fail, [hold] makes it wait. */
class FakeCodes(
    count: Int = 0,
) : CodeRepository {
    override val revision = MutableStateFlow(0)
    val names = sortedSetOf<String>().apply { repeat(count) { add("code %04d".format(it)) } }
    val deleted = mutableListOf<String>()
    var pages = 0
    var problem: Problem? = null
    var hold: CompletableDeferred<Unit>? = null
    var unreadable = false

    override suspend fun page(
        prefix: String,
        token: String?,
    ): CodePage {
        answer()
        pages++
        val found = names.tailSet(token ?: prefix).filter { it.startsWith(prefix) }
        return CodePage(found.take(PAGE_SIZE).map { code(it) }, found.getOrNull(PAGE_SIZE))
    }

    override suspend fun find(name: String): CodeImage? {
        answer()
        return if (name in names) CodeImage(code(name), ByteArray(0), null) else null
    }

    override suspend fun make(
        draft: Draft,
        replace: Boolean,
    ) {
        answer()
        if (draft.name in names && !replace) throw ProblemException(Problem.NameTaken)
        names += draft.name
        revision.value++
    }

    override suspend fun delete(name: String) {
        answer()
        deleted += name
        names -= name
    }

    private suspend fun answer() {
        hold?.await()
        problem?.let { throw ProblemException(it) }
    }

    private fun code(name: String) =
        if (unreadable) {
            Code(name, text = null, byteSize = 12, storedAt = STORED_AT, look = null)
        } else {
            Code(name, "https://example.com/$name", byteSize = 300, storedAt = STORED_AT, look = LOOK)
        }

    private companion object {
        const val STORED_AT = "2026-05-01T12:00:00.000Z"
        val LOOK = Look(3, Correction.M, scale = 8, PRESET_QUIET_ZONE, dark = "#000000", light = "#ffffff")
    }
}
