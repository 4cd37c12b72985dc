package dev.qrgenerator.sample.ui.theme

import androidx.compose.material3.Typography
import androidx.compose.ui.text.font.FontWeight

val SampleTypography =
    Typography().run {
        copy(
            headlineMedium = headlineMedium.copy(fontWeight = FontWeight.SemiBold),
            titleLarge = titleLarge.copy(fontWeight = FontWeight.SemiBold),
            titleMedium = titleMedium.copy(fontWeight = FontWeight.SemiBold),
        )
    }
