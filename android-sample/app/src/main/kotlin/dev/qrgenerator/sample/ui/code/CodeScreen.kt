package dev.qrgenerator.sample.ui.code

import android.content.Intent
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.CircularProgressIndicator
import androidx.compose.material3.Scaffold
import androidx.compose.material3.SnackbarHost
import androidx.compose.material3.SnackbarHostState
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.remember
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.platform.LocalResources
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import dev.qrgenerator.sample.R
import dev.qrgenerator.sample.ui.code.CodeUiState.Content
import dev.qrgenerator.sample.ui.code.CodeUiState.Notice
import dev.qrgenerator.sample.ui.components.AppBar
import dev.qrgenerator.sample.ui.components.LabelledIcon
import dev.qrgenerator.sample.ui.components.ProblemMessage
import dev.qrgenerator.sample.ui.components.advice

@Composable
fun CodeScreen(
    model: CodeViewModel,
    onBack: () -> Unit,
    onDelete: () -> Unit,
    onSettings: () -> Unit,
) {
    val state by model.uiState.collectAsStateWithLifecycle()
    val snackbars = remember { SnackbarHostState() }
    OfferToShare(state.share, model::shared)
    Notices(state.notice, snackbars, model::noticeShown)
    Scaffold(
        topBar = {
            AppBar(state.name, onBack) {
                if (state.content is Content.Shown) LabelledIcon(R.drawable.ic_delete, R.string.delete, onDelete)
            }
        },
        snackbarHost = { SnackbarHost(snackbars) },
    ) { padding ->
        Box(Modifier.padding(padding).fillMaxSize(), contentAlignment = Alignment.Center) {
            when (val content = state.content) {
                Content.Loading -> {
                    val label = stringResource(R.string.loading)
                    CircularProgressIndicator(Modifier.semantics { contentDescription = label })
                }
                is Content.Failed -> ProblemMessage(content.problem, model::load, onSettings, model::useNewKey)
                is Content.Shown -> {
                    if (content.image.picture != null) FullBrightness()
                    CodeContent(content.image, model)
                }
            }
        }
    }
}

@Composable
private fun OfferToShare(
    share: CodeUiState.Share?,
    onShared: () -> Unit,
) {
    val context = LocalContext.current
    LaunchedEffect(share) {
        if (share == null) return@LaunchedEffect
        val send =
            Intent(Intent.ACTION_SEND)
                .setType(share.mediaType)
                .putExtra(Intent.EXTRA_STREAM, share.uri)
                .addFlags(Intent.FLAG_GRANT_READ_URI_PERMISSION)
        context.startActivity(Intent.createChooser(send, null))
        onShared()
    }
}

@Composable
private fun Notices(
    notice: Notice?,
    snackbars: SnackbarHostState,
    onShown: () -> Unit,
) {
    val resources = LocalResources.current
    LaunchedEffect(notice) {
        val text =
            when (notice) {
                null -> return@LaunchedEffect
                Notice.Saved -> resources.getString(R.string.saved)
                is Notice.Failed -> notice.problem.advice(resources)
            }
        snackbars.showSnackbar(text)
        onShown()
    }
}
