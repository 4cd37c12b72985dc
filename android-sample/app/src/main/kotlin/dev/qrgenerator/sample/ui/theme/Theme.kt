package dev.qrgenerator.sample.ui.theme

import android.os.Build
import androidx.compose.foundation.isSystemInDarkTheme
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.darkColorScheme
import androidx.compose.material3.dynamicDarkColorScheme
import androidx.compose.material3.dynamicLightColorScheme
import androidx.compose.material3.lightColorScheme
import androidx.compose.runtime.Composable
import androidx.compose.ui.platform.LocalContext

/** @param dynamicColor use the colours of the wallpaper where the phone has them (Android 12 and later) */
@Composable
fun SampleTheme(
    dynamicColor: Boolean = true,
    dark: Boolean = isSystemInDarkTheme(),
    content: @Composable () -> Unit,
) {
    val colors =
        when {
            dynamicColor && Build.VERSION.SDK_INT >= Build.VERSION_CODES.S -> {
                val context = LocalContext.current
                if (dark) dynamicDarkColorScheme(context) else dynamicLightColorScheme(context)
            }
            dark -> DarkColors
            else -> LightColors
        }
    MaterialTheme(colorScheme = colors, typography = SampleTypography, content = content)
}

private val LightColors =
    lightColorScheme(
        primary = Pine40,
        onPrimary = White,
        primaryContainer = Pine90,
        onPrimaryContainer = Pine10,
        secondary = Moss40,
        onSecondary = White,
        secondaryContainer = Moss90,
        onSecondaryContainer = Moss10,
        tertiary = Amber40,
        onTertiary = White,
        tertiaryContainer = Amber90,
        onTertiaryContainer = Amber10,
        background = Paper,
        onBackground = Ink,
        surface = Paper,
        onSurface = Ink,
        surfaceVariant = Moss90,
        onSurfaceVariant = Moss30,
        surfaceContainerLowest = White,
        surfaceContainerLow = PaperLow,
        surfaceContainer = PaperMid,
        surfaceContainerHigh = PaperHigh,
        surfaceContainerHighest = PaperHighest,
        outline = Stone50,
        outlineVariant = Stone80,
    )

private val DarkColors =
    darkColorScheme(
        primary = Pine80,
        onPrimary = Pine20,
        primaryContainer = Pine30,
        onPrimaryContainer = Pine90,
        secondary = Moss80,
        onSecondary = Moss20,
        secondaryContainer = Moss30,
        onSecondaryContainer = Moss90,
        tertiary = Amber80,
        onTertiary = Amber20,
        tertiaryContainer = Amber30,
        onTertiaryContainer = Amber90,
        background = Night,
        onBackground = Chalk,
        surface = Night,
        onSurface = Chalk,
        surfaceVariant = Moss30,
        onSurfaceVariant = Stone80,
        surfaceContainerLowest = NightLowest,
        surfaceContainerLow = NightLow,
        surfaceContainer = NightMid,
        surfaceContainerHigh = NightHigh,
        surfaceContainerHighest = NightHighest,
        outline = Stone60,
        outlineVariant = Moss30,
    )
