package dev.qrgenerator.sample.data

/** What can go wrong, as the person with the phone needs to know it. The texts are in `ui/ProblemText.kt`. */
sealed interface Problem {
    data object TextTooLong : Problem

    data object NameInvalid : Problem

    data object NameTaken : Problem

    data object Offline : Problem

    data object ServerDown : Problem

    data object ServerSlow : Problem

    /** The service asked to wait. */
    data class Busy(
        val seconds: Long,
    ) : Problem

    data object NotSecure : Problem

    data object ClockWrong : Problem

    /** What the settings hold is no URL that may be used. */
    data object EndpointInvalid : Problem

    /** Something answers there, but not our service. */
    data object EndpointWrong : Problem

    /** The phone has another key than the one that the codes belong to, as after a restore. */
    data object KeyLost : Problem

    data object KeyRefused : Problem

    data object StorageFull : Problem

    data object SaveFailed : Problem

    /** The code is not there any more. */
    data object Gone : Problem

    /** Anything else, by its stable code, so that a report says more than "error". */
    data class Other(
        val code: String,
    ) : Problem
}

class ProblemException(
    val problem: Problem,
    cause: Throwable? = null,
) : Exception(problem.toString(), cause)
