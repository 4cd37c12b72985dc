package dev.qrgenerator.sample.ui.code

import android.view.WindowManager
import androidx.activity.compose.LocalActivity
import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect

/** Raises the brightness of the screen as long as this is shown: a reader may look at it from anywhere. */
@Composable
internal fun FullBrightness() {
    val window = LocalActivity.current?.window ?: return
    DisposableEffect(window) {
        val before = window.attributes.screenBrightness

        fun set(brightness: Float) {
            window.attributes = window.attributes.apply { screenBrightness = brightness }
        }
        set(WindowManager.LayoutParams.BRIGHTNESS_OVERRIDE_FULL)
        onDispose { set(before) }
    }
}
