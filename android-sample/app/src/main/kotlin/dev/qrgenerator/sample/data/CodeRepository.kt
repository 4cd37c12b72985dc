package dev.qrgenerator.sample.data

import kotlinx.coroutines.flow.StateFlow

/**
 * Where codes are made, kept, found again and thrown away.
 *
 * Every function may be called from the main thread; work and waiting happen elsewhere. What goes wrong is thrown
 * as [ProblemException].
 */
interface CodeSource {
    /** The codes whose names begin with [prefix], in the order of their names, one page at a time. */
    suspend fun page(
        prefix: String,
        token: String? = null,
    ): CodePage

    /** The code of that name with its image, or null if there is none. */
    suspend fun find(name: String): CodeImage?

    /** Makes a code and keeps it; a name that another code has is refused unless [replace] is true. */
    suspend fun make(
        draft: Draft,
        replace: Boolean,
    )

    suspend fun delete(name: String)
}

/** The codes of this phone, wherever the settings say that they are kept. */
interface CodeRepository : CodeSource {
    /** Grows when a code was made, and when the codes are kept somewhere else: then a listing reads anew. */
    val revision: StateFlow<Int>
}

/** How many codes a page has: a few screens, and an answer well below what the service may send. */
const val PAGE_SIZE = 48
