package dev.qrgenerator.sample

import dev.qrgenerator.sample.support.fixedKeyPair
import dev.qrgenerator.support.SoftwareKey

/** The app with what the JVM has: a key in memory, a clock that stands, the colours of the app. */
class JvmApplication : SampleApplication() {
    var key = SoftwareKey(fixedKeyPair())

    override val container: AppContainer by lazy {
        AppContainer(
            this,
            loadKey = { key },
            now = { "2026-05-01T12:00:00.000Z" },
            dynamicColor = false,
            deadlineMs = 1_500,
        )
    }
}
