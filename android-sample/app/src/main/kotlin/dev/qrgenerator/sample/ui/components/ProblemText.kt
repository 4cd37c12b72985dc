package dev.qrgenerator.sample.ui.components

import android.content.res.Resources
import androidx.annotation.DrawableRes
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalResources
import androidx.compose.ui.res.stringResource
import dev.qrgenerator.sample.R
import dev.qrgenerator.sample.data.FORBIDDEN_IN_NAMES
import dev.qrgenerator.sample.data.Problem

/** What went wrong, in a few words. */
fun Problem.title(resources: Resources): String =
    when (this) {
        Problem.TextTooLong -> resources.getString(R.string.problem_text_too_long)
        Problem.NameInvalid -> resources.getString(R.string.problem_name_invalid)
        Problem.NameTaken -> resources.getString(R.string.problem_name_taken)
        Problem.Offline -> resources.getString(R.string.problem_offline)
        Problem.ServerDown -> resources.getString(R.string.problem_server_down)
        Problem.ServerSlow -> resources.getString(R.string.problem_server_slow)
        is Problem.Busy -> resources.getString(R.string.problem_busy)
        Problem.NotSecure -> resources.getString(R.string.problem_not_secure)
        Problem.ClockWrong -> resources.getString(R.string.problem_clock)
        Problem.EndpointInvalid -> resources.getString(R.string.problem_endpoint_invalid)
        Problem.EndpointWrong -> resources.getString(R.string.problem_endpoint_wrong)
        Problem.KeyLost -> resources.getString(R.string.problem_key_lost)
        Problem.KeyRefused -> resources.getString(R.string.problem_key_refused)
        Problem.StorageFull -> resources.getString(R.string.problem_storage_full)
        Problem.SaveFailed -> resources.getString(R.string.problem_save_failed)
        Problem.Gone -> resources.getString(R.string.problem_gone)
        is Problem.Other -> resources.getString(R.string.problem_other)
    }

/** What it means and what to do about it. */
fun Problem.advice(resources: Resources): String =
    when (this) {
        Problem.TextTooLong -> resources.getString(R.string.advice_text_too_long)
        Problem.NameInvalid ->
            resources.getString(R.string.advice_name_invalid, FORBIDDEN_IN_NAMES.toList().joinToString(" "))
        Problem.NameTaken -> resources.getString(R.string.advice_name_taken)
        Problem.Offline -> resources.getString(R.string.advice_offline)
        Problem.ServerDown -> resources.getString(R.string.advice_server_down)
        Problem.ServerSlow -> resources.getString(R.string.advice_server_slow)
        is Problem.Busy ->
            resources.getQuantityString(R.plurals.advice_busy, seconds.coerceAtMost(INT_MAX).toInt(), seconds)
        Problem.NotSecure -> resources.getString(R.string.advice_not_secure)
        Problem.ClockWrong -> resources.getString(R.string.advice_clock)
        Problem.EndpointInvalid -> resources.getString(R.string.advice_endpoint_invalid)
        Problem.EndpointWrong -> resources.getString(R.string.advice_endpoint_wrong)
        Problem.KeyLost -> resources.getString(R.string.advice_key_lost)
        Problem.KeyRefused -> resources.getString(R.string.advice_key_refused)
        Problem.StorageFull -> resources.getString(R.string.advice_storage_full)
        Problem.SaveFailed -> resources.getString(R.string.advice_save_failed)
        Problem.Gone -> resources.getString(R.string.advice_gone)
        is Problem.Other -> resources.getString(R.string.advice_other, code)
    }

private const val INT_MAX = Int.MAX_VALUE.toLong()

/** A problem that leaves a screen with nothing to show, and the way out of it. */
@Composable
fun ProblemMessage(
    problem: Problem,
    onRetry: () -> Unit,
    onSettings: () -> Unit,
    onNewKey: () -> Unit,
    modifier: Modifier = Modifier,
) {
    val resources = LocalResources.current
    val (label, action) =
        when (problem) {
            Problem.EndpointInvalid, Problem.EndpointWrong, Problem.NotSecure -> R.string.open_settings to onSettings
            Problem.KeyLost -> R.string.use_new_key to onNewKey
            else -> R.string.try_again to onRetry
        }
    Message(
        icon = problem.icon(),
        title = problem.title(resources),
        text = problem.advice(resources),
        modifier = modifier,
        action = stringResource(label),
        onAction = action,
    )
}

@DrawableRes
private fun Problem.icon(): Int =
    when (this) {
        Problem.Offline, Problem.ServerDown -> R.drawable.ic_cloud_off
        Problem.ServerSlow, Problem.ClockWrong, is Problem.Busy -> R.drawable.ic_clock
        Problem.KeyLost, Problem.KeyRefused -> R.drawable.ic_key
        else -> R.drawable.ic_error
    }
