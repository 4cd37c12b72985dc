package dev.qrgenerator.sample.support

import androidx.test.core.app.ApplicationProvider
import androidx.test.ext.junit.runners.AndroidJUnit4
import dev.qrgenerator.sample.AppContainer
import dev.qrgenerator.sample.JvmApplication
import kotlinx.coroutines.runBlocking
import org.junit.runner.RunWith

/**
 * A test that has an Android around it, and the app in it.
 *
 * Whatever uses the SDK is one: Robolectric has class loaders of its own, and the native library calls back into the
 * one that came last.
 */
@RunWith(AndroidJUnit4::class)
abstract class RobolectricTest {
    protected val application: JvmApplication get() = ApplicationProvider.getApplicationContext()
    protected val container: AppContainer get() = application.container

    protected fun useService(url: String) =
        runBlocking { container.settings.update { it.copy(demo = false, endpoint = url) } }
}
