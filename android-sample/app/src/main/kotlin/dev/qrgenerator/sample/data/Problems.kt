package dev.qrgenerator.sample.data

import dev.qrgenerator.sdk.NetworkFailure
import dev.qrgenerator.sdk.QrException

/** From the SDK's error to what the person with the phone is told: the one place where both are known. */
fun QrException.toProblem(): Problem =
    when (this) {
        is QrException.Network -> failure.toProblem()
        is QrException.Timeout -> Problem.ServerSlow
        is QrException.RateLimited -> Problem.Busy(seconds(retryAfterMs))
        is QrException.Protocol -> Problem.EndpointWrong
        is QrException.InvalidInput, is QrException.Service -> byCode()
    }

/** Runs [block] and throws what the SDK throws as a [ProblemException]. */
internal inline fun <T> translating(block: () -> T): T =
    try {
        block()
    } catch (e: QrException) {
        throw ProblemException(e.toProblem(), e)
    }

private fun NetworkFailure.toProblem(): Problem =
    when (this) {
        NetworkFailure.OFFLINE, NetworkFailure.DNS -> Problem.Offline
        NetworkFailure.CONNECT, NetworkFailure.INTERRUPTED -> Problem.ServerDown
        NetworkFailure.TLS -> Problem.NotSecure
    }

private fun QrException.byCode(): Problem =
    when (val code = code()) {
        "text_too_long", "text_does_not_fit", "image_too_wide", "body_too_large" -> Problem.TextTooLong
        "filename_invalid" -> Problem.NameInvalid
        "filename_taken" -> Problem.NameTaken
        "proof_expired", "proof_not_yet_valid" -> Problem.ClockWrong
        "endpoint_invalid" -> Problem.EndpointInvalid
        "route_not_found", "method_not_allowed", "proof_url_mismatch" -> Problem.EndpointWrong
        "device_key_failed", "device_key_invalid", "device_key_missing" -> Problem.KeyRefused
        "overloaded" -> Problem.Busy(seconds(retryAfterMs() ?: 0))
        "timed_out" -> Problem.ServerSlow
        "storage_unavailable", "internal" -> Problem.ServerDown
        else -> if (code.startsWith("http_")) foreignAnswer(code) else Problem.Other(code)
    }

/** A status without a code of ours: a gateway whose service is down, or another server altogether. */
private fun foreignAnswer(code: String): Problem =
    if (code.startsWith("http_5")) Problem.ServerDown else Problem.EndpointWrong

/** Whole seconds, rounded up, at least one. */
private fun seconds(milliseconds: Long): Long = ((milliseconds + 999) / 1000).coerceAtLeast(1)
