package dev.qrgenerator.sample.ui.library

import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.CircularProgressIndicator
import androidx.compose.material3.ExperimentalMaterial3Api
import androidx.compose.material3.ExtendedFloatingActionButton
import androidx.compose.material3.Icon
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Scaffold
import androidx.compose.material3.SnackbarDuration
import androidx.compose.material3.SnackbarHost
import androidx.compose.material3.SnackbarHostState
import androidx.compose.material3.SnackbarResult
import androidx.compose.material3.Text
import androidx.compose.material3.TopAppBar
import androidx.compose.material3.pulltorefresh.PullToRefreshBox
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.remember
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalResources
import androidx.compose.ui.res.painterResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import dev.qrgenerator.sample.R
import dev.qrgenerator.sample.ui.components.LabelledIcon
import dev.qrgenerator.sample.ui.components.Message
import dev.qrgenerator.sample.ui.components.ProblemMessage
import dev.qrgenerator.sample.ui.components.advice

@OptIn(ExperimentalMaterial3Api::class)
@Composable
fun LibraryScreen(
    model: LibraryViewModel,
    onOpen: (String) -> Unit,
    onMake: () -> Unit,
    onSettings: () -> Unit,
) {
    val state by model.uiState.collectAsStateWithLifecycle()
    val snackbars = remember { SnackbarHostState() }
    Notices(state, snackbars, model)
    Scaffold(
        topBar = {
            TopAppBar(
                title = {
                    Text(
                        stringResource(R.string.library),
                        modifier = Modifier.semantics { heading() },
                        style = MaterialTheme.typography.headlineMedium,
                    )
                },
                actions = { LabelledIcon(R.drawable.ic_settings, R.string.settings, onSettings) },
            )
        },
        floatingActionButton = {
            ExtendedFloatingActionButton(
                text = { Text(stringResource(R.string.new_code)) },
                // The text is hidden from TalkBack by the button: the icon speaks.
                icon = { Icon(painterResource(R.drawable.ic_add), stringResource(R.string.new_code)) },
                onClick = onMake,
            )
        },
        snackbarHost = { SnackbarHost(snackbars) },
    ) { padding ->
        Column(Modifier.padding(padding).fillMaxSize()) {
            SearchField(state.prefix, model::search)
            PullToRefreshBox(state.refreshing, model::refresh, Modifier.fillMaxSize()) {
                Content(state, model, onOpen, onSettings)
            }
        }
    }
}

@Composable
private fun Content(
    state: LibraryUiState,
    model: LibraryViewModel,
    onOpen: (String) -> Unit,
    onSettings: () -> Unit,
) {
    when (val listing = state.listing) {
        Listing.Loading -> Loading()
        is Listing.Failed -> ProblemMessage(listing.problem, model::retry, onSettings, model::useNewKey)
        is Listing.Codes -> {
            val codes = remember(listing, state.deleting) { listing.codes.filter { it.name != state.deleting } }
            when {
                codes.isNotEmpty() ->
                    CodeGrid(codes, listing.nextToken != null, model::picture, onOpen, model::delete, model::readMore)
                state.prefix.isEmpty() ->
                    Message(R.drawable.ic_qr, stringResource(R.string.empty), stringResource(R.string.empty_advice))
                else ->
                    Message(
                        R.drawable.ic_search,
                        stringResource(R.string.nothing_found, state.prefix),
                        stringResource(R.string.nothing_found_advice),
                    )
            }
        }
    }
}

@Composable
private fun Loading() {
    val label = stringResource(R.string.loading)
    Box(Modifier.fillMaxSize(), contentAlignment = Alignment.Center) {
        CircularProgressIndicator(Modifier.semantics { contentDescription = label })
    }
}

@Composable
private fun Notices(
    state: LibraryUiState,
    snackbars: SnackbarHostState,
    model: LibraryViewModel,
) {
    val resources = LocalResources.current
    LaunchedEffect(state.deleting) {
        val name = state.deleting ?: return@LaunchedEffect
        // Long, and longer still where the person asked for that in the settings of TalkBack.
        val result =
            snackbars.showSnackbar(
                message = resources.getString(R.string.deleted, name),
                actionLabel = resources.getString(R.string.undo),
                duration = SnackbarDuration.Long,
            )
        if (result == SnackbarResult.ActionPerformed) model.undoDelete() else model.confirmDelete()
    }
    LaunchedEffect(state.notice) {
        val notice = state.notice ?: return@LaunchedEffect
        snackbars.showSnackbar(notice.advice(resources), duration = SnackbarDuration.Long)
        model.noticeShown()
    }
}
