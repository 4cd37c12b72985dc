package dev.qrgenerator.sample.ui.theme

import androidx.compose.ui.graphics.Color

// A pine green on paper; the number is the tone, 0 black to 100 white.
val Pine10 = Color(0xFF00201A)
val Pine20 = Color(0xFF00382E)
val Pine30 = Color(0xFF005143)
val Pine40 = Color(0xFF1B6B5A)
val Pine80 = Color(0xFF8BD6C1)
val Pine90 = Color(0xFFA7F2DC)

val Moss10 = Color(0xFF06201A)
val Moss20 = Color(0xFF1D352E)
val Moss30 = Color(0xFF334B44)
val Moss40 = Color(0xFF4B635B)
val Moss80 = Color(0xFFB2CCC2)
val Moss90 = Color(0xFFCEE9DE)

val Amber10 = Color(0xFF291800)
val Amber20 = Color(0xFF452B00)
val Amber30 = Color(0xFF633F00)
val Amber40 = Color(0xFF835400)
val Amber80 = Color(0xFFFFB95C)
val Amber90 = Color(0xFFFFDDB5)

val Stone50 = Color(0xFF6F7975)
val Stone60 = Color(0xFF89938E)
val Stone80 = Color(0xFFBFC9C3)

val White = Color(0xFFFFFFFF)
val Paper = Color(0xFFF7FAF6)
val PaperLow = Color(0xFFF1F5F0)
val PaperMid = Color(0xFFEBEFEA)
val PaperHigh = Color(0xFFE5E9E5)
val PaperHighest = Color(0xFFE0E4DF)
val Ink = Color(0xFF181D1A)

val NightLowest = Color(0xFF0A0F0D)
val Night = Color(0xFF101512)
val NightLow = Color(0xFF181D1A)
val NightMid = Color(0xFF1C211E)
val NightHigh = Color(0xFF262B29)
val NightHighest = Color(0xFF313633)
val Chalk = Color(0xFFE0E4DF)
