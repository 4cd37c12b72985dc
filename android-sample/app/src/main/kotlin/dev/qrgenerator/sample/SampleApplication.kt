package dev.qrgenerator.sample

import android.app.Application
import dev.qrgenerator.sdk.android.AndroidKeystoreDeviceKey

open class SampleApplication : Application() {
    /** Everything that lives as long as the app. Opens nothing by itself. */
    open val container: AppContainer by lazy { AppContainer(this, AndroidKeystoreDeviceKey::loadOrCreate) }
}
