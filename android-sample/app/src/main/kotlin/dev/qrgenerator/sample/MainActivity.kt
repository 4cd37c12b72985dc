package dev.qrgenerator.sample

import android.os.Bundle
import androidx.activity.ComponentActivity
import androidx.activity.compose.setContent
import androidx.activity.enableEdgeToEdge
import dev.qrgenerator.sample.ui.SampleApp
import dev.qrgenerator.sample.ui.theme.SampleTheme

class MainActivity : ComponentActivity() {
    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        enableEdgeToEdge()
        val container = (application as SampleApplication).container
        setContent { SampleTheme(container.dynamicColor) { SampleApp(container) } }
    }
}
