package dev.qrgenerator.sample.ui.library

import androidx.compose.foundation.combinedClickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.aspectRatio
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.lazy.grid.GridCells
import androidx.compose.foundation.lazy.grid.GridItemSpan
import androidx.compose.foundation.lazy.grid.LazyVerticalGrid
import androidx.compose.foundation.lazy.grid.items
import androidx.compose.material3.CircularProgressIndicator
import androidx.compose.material3.DropdownMenu
import androidx.compose.material3.DropdownMenuItem
import androidx.compose.material3.Icon
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.produceState
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.painterResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextOverflow
import androidx.compose.ui.unit.dp
import dev.qrgenerator.sample.R
import dev.qrgenerator.sample.data.Code
import dev.qrgenerator.sample.data.CodePicture
import dev.qrgenerator.sample.ui.components.CodeImage

@Composable
internal fun CodeGrid(
    codes: List<Code>,
    hasMore: Boolean,
    picture: suspend (Code) -> CodePicture?,
    onOpen: (String) -> Unit,
    onDelete: (String) -> Unit,
    onEnd: () -> Unit,
) {
    LazyVerticalGrid(
        columns = GridCells.Adaptive(minSize = 152.dp),
        modifier = Modifier.fillMaxSize().testTag("codes"),
        // Below the last row there is room for the floating button.
        contentPadding = PaddingValues(start = 16.dp, top = 8.dp, end = 16.dp, bottom = 96.dp),
        verticalArrangement = Arrangement.spacedBy(12.dp),
        horizontalArrangement = Arrangement.spacedBy(12.dp),
    ) {
        items(codes, key = { it.name }) { code ->
            CodeCard(code, picture, { onOpen(code.name) }, { onDelete(code.name) }, Modifier.animateItem())
        }
        if (hasMore) {
            item(key = codes.size, span = { GridItemSpan(maxLineSpan) }) {
                LaunchedEffect(codes.size) { onEnd() }
                Box(Modifier.padding(16.dp), contentAlignment = Alignment.Center) { CircularProgressIndicator() }
            }
        }
    }
}

@Composable
private fun CodeCard(
    code: Code,
    picture: suspend (Code) -> CodePicture?,
    onOpen: () -> Unit,
    onDelete: () -> Unit,
    modifier: Modifier = Modifier,
) {
    var menu by remember { mutableStateOf(false) }
    val description = stringResource(R.string.code_description, code.name)
    Surface(
        color = MaterialTheme.colorScheme.surfaceContainer,
        shape = MaterialTheme.shapes.large,
        modifier = modifier,
    ) {
        Column(
            Modifier
                .combinedClickable(
                    onClickLabel = stringResource(R.string.open),
                    onLongClickLabel = stringResource(R.string.more),
                    onLongClick = { menu = true },
                    onClick = onOpen,
                ).semantics { contentDescription = description }
                .padding(12.dp),
        ) {
            Thumbnail(code, picture)
            Text(
                code.name,
                modifier = Modifier.padding(top = 12.dp),
                style = MaterialTheme.typography.titleSmall,
                maxLines = 2,
                overflow = TextOverflow.Ellipsis,
            )
            Text(
                code.text ?: stringResource(R.string.unreadable),
                style = MaterialTheme.typography.bodySmall,
                color = MaterialTheme.colorScheme.onSurfaceVariant,
                maxLines = if (code.text == null) 2 else 1,
                overflow = TextOverflow.Ellipsis,
            )
            DropdownMenu(expanded = menu, onDismissRequest = { menu = false }) {
                DropdownMenuItem(
                    text = { Text(stringResource(R.string.delete)) },
                    leadingIcon = { Icon(painterResource(R.drawable.ic_delete), contentDescription = null) },
                    onClick = {
                        menu = false
                        onDelete()
                    },
                )
            }
        }
    }
}

/** The picture is drawn when the card comes into sight and given up when it leaves. */
@Composable
private fun Thumbnail(
    code: Code,
    picture: suspend (Code) -> CodePicture?,
) {
    val drawn by produceState<CodePicture?>(null, code) { value = picture(code) }
    Surface(
        shape = MaterialTheme.shapes.medium,
        color = Color.White,
        contentColor = Color.Gray,
        modifier = Modifier.fillMaxWidth().aspectRatio(1f),
    ) {
        Box(contentAlignment = Alignment.Center) {
            val shown = drawn
            if (shown != null) {
                CodeImage(shown, description = null, Modifier.fillMaxSize())
            } else if (code.text == null) {
                Icon(painterResource(R.drawable.ic_error), contentDescription = null, modifier = Modifier.size(40.dp))
            }
        }
    }
}
