package dev.qrgenerator.sample.ui.library

import dev.qrgenerator.sample.data.Code
import dev.qrgenerator.sample.data.Problem

data class LibraryUiState(
    val prefix: String = "",
    val listing: Listing = Listing.Loading,
    /** Read anew while the old listing is still shown. */
    val refreshing: Boolean = false,
    /** The code that is about to be deleted and can still be had back; it is in no listing. */
    val deleting: String? = null,
    /** What went wrong beside the listing: a deletion, a page, a refresh. */
    val notice: Problem? = null,
)

sealed interface Listing {
    data object Loading : Listing

    data class Failed(
        val problem: Problem,
    ) : Listing

    data class Codes(
        val codes: List<Code>,
        /** Gives the next page; null at the end. */
        val nextToken: String?,
    ) : Listing
}
