package dev.qrgenerator.sample.data

import dev.qrgenerator.sdk.Detail
import dev.qrgenerator.sdk.DetailOptions
import dev.qrgenerator.sdk.Level
import dev.qrgenerator.sdk.QrImage

// Between the SDK's types and the app's, in both directions.

internal fun Preset.toDetail(): Detail =
    when (this) {
        Preset.LOW -> Detail.Low
        Preset.MEDIUM -> Detail.Medium
        Preset.HIGH -> Detail.High
        Preset.MAX -> Detail.Max
    }

internal fun Level.toCorrection(): Correction = Correction.valueOf(name)

internal fun QrImage.toCode(): Code {
    val symbol = symbol
    val detail = detail
    return Code(
        name = filename,
        text = text,
        byteSize = byteSize,
        storedAt = storedAt,
        look =
            if (symbol == null || detail == null) {
                null
            } else {
                Look(
                    version = symbol.version,
                    correction = detail.errorCorrection.toCorrection(),
                    scale = detail.scale,
                    quietZone = detail.quietZone,
                    dark = detail.dark,
                    light = detail.light,
                )
            },
    )
}

internal fun Look.toDetail(): Detail =
    Detail.Custom(
        DetailOptions(Level.valueOf(correction.name), boost = false, scale, quietZone, dark, light),
    )
