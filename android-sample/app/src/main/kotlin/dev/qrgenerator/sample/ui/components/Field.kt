package dev.qrgenerator.sample.ui.components

import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.relocation.BringIntoViewRequester
import androidx.compose.foundation.relocation.bringIntoViewRequester
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.material3.OutlinedTextField
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.remember
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag

/**
 * A field to write in, and below it what is wrong with what it holds, or else a [hint].
 *
 * It comes into sight when something is wrong with it.
 *
 * @param lines how many lines it has at least; with more than one it grows
 */
@Composable
fun Field(
    value: String,
    onValue: (String) -> Unit,
    label: String,
    tag: String,
    problem: String?,
    hint: String? = null,
    placeholder: String? = null,
    lines: Int = 1,
    keyboard: KeyboardOptions = KeyboardOptions.Default,
) {
    val view = remember { BringIntoViewRequester() }
    LaunchedEffect(problem) { if (problem != null) view.bringIntoView() }
    val below = problem ?: hint
    OutlinedTextField(
        value = value,
        onValueChange = onValue,
        label = { Text(label) },
        placeholder = placeholder?.let { { Text(it) } },
        supportingText = below?.let { { Text(it) } },
        isError = problem != null,
        keyboardOptions = keyboard,
        singleLine = lines == 1,
        minLines = lines,
        maxLines = if (lines == 1) 1 else LINES_AT_MOST,
        modifier = Modifier.fillMaxWidth().testTag(tag).bringIntoViewRequester(view),
    )
}

private const val LINES_AT_MOST = 6
