package dev.qrgenerator.sample.ui.code

import android.net.Uri
import android.os.Build
import androidx.annotation.RequiresApi
import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import dev.qrgenerator.sample.data.CodeImage
import dev.qrgenerator.sample.data.CodeRepository
import dev.qrgenerator.sample.data.ImageFiles
import dev.qrgenerator.sample.data.Problem
import dev.qrgenerator.sample.data.ProblemException
import dev.qrgenerator.sample.data.fileName
import dev.qrgenerator.sample.data.toSvg
import dev.qrgenerator.sample.ui.code.CodeUiState.Content
import dev.qrgenerator.sample.ui.code.CodeUiState.Notice
import dev.qrgenerator.sample.ui.code.CodeUiState.Share
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch

/** One code, and what can be done with it. Its name is all that it needs to be there again. */
class CodeViewModel(
    private val codes: CodeRepository,
    private val images: ImageFiles,
    private val acceptNewKey: suspend () -> Unit,
    private val name: String,
) : ViewModel() {
    private val state = MutableStateFlow(CodeUiState(name))
    val uiState: StateFlow<CodeUiState> = state.asStateFlow()

    init {
        load()
    }

    fun load() {
        state.update { it.copy(content = Content.Loading) }
        viewModelScope.launch {
            val content =
                try {
                    codes.find(name)?.let { Content.Shown(it) } ?: Content.Failed(Problem.Gone)
                } catch (e: ProblemException) {
                    Content.Failed(e.problem)
                }
            state.update { it.copy(content = content) }
        }
    }

    fun useNewKey() {
        viewModelScope.launch {
            try {
                acceptNewKey()
                load()
            } catch (e: ProblemException) {
                state.update { it.copy(content = Content.Failed(e.problem)) }
            }
        }
    }

    fun sharePng() = withImage { share("image/png", fileName(name, "png"), it.png) }

    fun shareSvg() =
        withImage { image ->
            val picture = image.picture ?: return@withImage
            share("image/svg+xml", fileName(name, "svg"), picture.toSvg().toByteArray())
        }

    @RequiresApi(Build.VERSION_CODES.Q)
    fun saveToGallery() = withImage { saved { images.saveToGallery(fileName(name, "png"), it.png) } }

    fun saveTo(uri: Uri) = withImage { saved { images.saveTo(uri, it.png) } }

    fun shared() = state.update { it.copy(share = null) }

    fun noticeShown() = state.update { it.copy(notice = null) }

    private suspend fun share(
        mediaType: String,
        fileName: String,
        bytes: ByteArray,
    ) {
        val uri = images.share(fileName, bytes)
        state.update { it.copy(share = Share(uri, mediaType)) }
    }

    private suspend fun saved(save: suspend () -> Unit) {
        save()
        state.update { it.copy(notice = Notice.Saved) }
    }

    private fun withImage(action: suspend (CodeImage) -> Unit) {
        val shown = state.value.content as? Content.Shown ?: return
        viewModelScope.launch {
            try {
                action(shown.image)
            } catch (e: ProblemException) {
                state.update { it.copy(notice = Notice.Failed(e.problem)) }
            }
        }
    }
}
