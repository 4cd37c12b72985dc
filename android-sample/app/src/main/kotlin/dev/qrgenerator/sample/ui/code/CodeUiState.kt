package dev.qrgenerator.sample.ui.code

import android.net.Uri
import dev.qrgenerator.sample.data.CodeImage
import dev.qrgenerator.sample.data.Problem

data class CodeUiState(
    val name: String,
    val content: Content = Content.Loading,
    /** An image that other apps shall be offered, once. */
    val share: Share? = null,
    /** What shall be said, once. */
    val notice: Notice? = null,
) {
    sealed interface Content {
        data object Loading : Content

        data class Failed(
            val problem: Problem,
        ) : Content

        data class Shown(
            val image: CodeImage,
        ) : Content
    }

    data class Share(
        val uri: Uri,
        val mediaType: String,
    )

    sealed interface Notice {
        data object Saved : Notice

        data class Failed(
            val problem: Problem,
        ) : Notice
    }
}
