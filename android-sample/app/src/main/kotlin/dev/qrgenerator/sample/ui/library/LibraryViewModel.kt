package dev.qrgenerator.sample.ui.library

import androidx.lifecycle.SavedStateHandle
import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import dev.qrgenerator.sample.data.Code
import dev.qrgenerator.sample.data.CodeDrawing
import dev.qrgenerator.sample.data.CodePicture
import dev.qrgenerator.sample.data.CodeRepository
import dev.qrgenerator.sample.data.ProblemException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.collectLatest
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch

/**
 * The listing of the codes, page by page.
 *
 * @param scope outlives this screen: a deletion is carried out even if the app is closed over it
 */
class LibraryViewModel(
    private val codes: CodeRepository,
    private val drawing: CodeDrawing,
    private val acceptNewKey: suspend () -> Unit,
    private val scope: CoroutineScope,
    private val saved: SavedStateHandle,
) : ViewModel() {
    private val state = MutableStateFlow(LibraryUiState(prefix = saved[PREFIX] ?: "", deleting = saved[DELETING]))
    val uiState: StateFlow<LibraryUiState> = state.asStateFlow()

    private var reading: Job? = null

    init {
        viewModelScope.launch { codes.revision.collectLatest { read() } }
    }

    fun search(prefix: String) {
        saved[PREFIX] = prefix
        state.update { it.copy(prefix = prefix) }
        read(afterMs = TYPING_PAUSE_MS)
    }

    fun refresh() {
        state.update { it.copy(refreshing = it.listing is Listing.Codes) }
        read()
    }

    fun retry() {
        state.update { it.copy(listing = Listing.Loading) }
        read()
    }

    /** To be called when the end of the listing comes into sight. */
    fun readMore() {
        val listing = state.value.listing as? Listing.Codes ?: return
        val token = listing.nextToken ?: return
        if (reading?.isActive == true) return
        reading =
            viewModelScope.launch {
                try {
                    val page = codes.page(state.value.prefix, token)
                    state.update { it.copy(listing = Listing.Codes(listing.codes + page.codes, page.nextToken)) }
                } catch (e: ProblemException) {
                    state.update { it.copy(notice = e.problem) }
                }
            }
    }

    /** Takes a code out of the listing. Nothing is sent before [confirmDelete]. */
    fun delete(name: String) {
        if (state.value.deleting == name) return
        confirmDelete()
        saved[DELETING] = name
        state.update { it.copy(deleting = name) }
    }

    fun undoDelete() {
        saved[DELETING] = null
        state.update { it.copy(deleting = null) }
    }

    /** The time to change one's mind is over. */
    fun confirmDelete() {
        val name = state.value.deleting ?: return
        undoDelete()
        state.update { it.copy(listing = it.listing.without(name)) }
        scope.launch {
            try {
                codes.delete(name)
            } catch (e: ProblemException) {
                state.update { it.copy(notice = e.problem) }
                // It is still there.
                read()
            }
        }
    }

    fun noticeShown() = state.update { it.copy(notice = null) }

    fun useNewKey() {
        viewModelScope.launch {
            try {
                acceptNewKey()
                retry()
            } catch (e: ProblemException) {
                state.update { it.copy(listing = Listing.Failed(e.problem)) }
            }
        }
    }

    suspend fun picture(code: Code): CodePicture? = drawing.picture(code)

    override fun onCleared() = confirmDelete()

    private fun read(afterMs: Long = 0) {
        reading?.cancel()
        reading =
            viewModelScope.launch {
                delay(afterMs)
                try {
                    val page = codes.page(state.value.prefix)
                    state.update { it.copy(listing = Listing.Codes(page.codes, page.nextToken)) }
                } catch (e: ProblemException) {
                    // An old listing is better than none.
                    state.update {
                        if (it.refreshing) it.copy(notice = e.problem) else it.copy(listing = Listing.Failed(e.problem))
                    }
                } finally {
                    state.update { it.copy(refreshing = false) }
                }
            }
    }

    private fun Listing.without(name: String): Listing =
        if (this is Listing.Codes) copy(codes = codes.filter { it.name != name }) else this

    private companion object {
        const val PREFIX = "prefix"
        const val DELETING = "deleting"
        const val TYPING_PAUSE_MS = 250L
    }
}
