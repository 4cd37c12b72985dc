package dev.qrgenerator.sample.data

import dev.qrgenerator.sample.support.RobolectricTest
import dev.qrgenerator.sdk.ErrorCode
import dev.qrgenerator.sdk.NetworkFailure
import dev.qrgenerator.sdk.QrException
import org.junit.Assert.assertEquals
import org.junit.Test

class ProblemsTest : RobolectricTest() {
    @Test
    fun `a broken connection says which kind it is`() {
        val expected =
            mapOf(
                NetworkFailure.OFFLINE to Problem.Offline,
                NetworkFailure.DNS to Problem.Offline,
                NetworkFailure.CONNECT to Problem.ServerDown,
                NetworkFailure.INTERRUPTED to Problem.ServerDown,
                NetworkFailure.TLS to Problem.NotSecure,
            )
        assertEquals(NetworkFailure.entries.associateWith { QrException.Network(it, "").toProblem() }, expected)
    }

    @Test
    fun `a wait is rounded up to whole seconds`() {
        val expected = mapOf(1L to 1L, 1_000L to 1L, 1_001L to 2L, 42_000L to 42L)
        for ((milliseconds, seconds) in expected) {
            assertEquals(Problem.Busy(seconds), QrException.RateLimited(milliseconds).toProblem())
        }
    }

    @Test
    fun `a code of the service becomes what the person can do something about`() {
        val expected =
            mapOf(
                "text_too_long" to Problem.TextTooLong,
                "text_does_not_fit" to Problem.TextTooLong,
                "filename_invalid" to Problem.NameInvalid,
                "filename_taken" to Problem.NameTaken,
                "proof_expired" to Problem.ClockWrong,
                "proof_not_yet_valid" to Problem.ClockWrong,
                "route_not_found" to Problem.EndpointWrong,
                "proof_url_mismatch" to Problem.EndpointWrong,
                "storage_unavailable" to Problem.ServerDown,
                "http_502" to Problem.ServerDown,
                "http_404" to Problem.EndpointWrong,
                "not_known_yet" to Problem.Other("not_known_yet"),
            )
        for ((code, problem) in expected) {
            assertEquals(code, problem, QrException.Service(ErrorCode(null, code), 400, "", null).toProblem())
        }
    }
}
