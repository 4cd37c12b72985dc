package dev.qrgenerator.sample

import android.content.Context
import dev.qrgenerator.sample.data.CodeDrawing
import dev.qrgenerator.sample.data.CodeRepository
import dev.qrgenerator.sample.data.ConfiguredCodes
import dev.qrgenerator.sample.data.Connections
import dev.qrgenerator.sample.data.DemoCodes
import dev.qrgenerator.sample.data.Draft
import dev.qrgenerator.sample.data.ImageFiles
import dev.qrgenerator.sample.data.Preset
import dev.qrgenerator.sample.data.SettingsStore
import dev.qrgenerator.sdk.DeviceKey
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import java.text.SimpleDateFormat
import java.util.Date
import java.util.Locale
import java.util.TimeZone

/** What the screens share, made by hand: few objects, and each of them visible here. */
class AppContainer(
    context: Context,
    loadKey: () -> DeviceKey,
    now: () -> String = ::utcNow,
    /** See [dev.qrgenerator.sample.ui.theme.SampleTheme]. */
    val dynamicColor: Boolean = true,
    deadlineMs: Long = 20_000,
) {
    /** For work that outlives the screen that began it. */
    val scope = CoroutineScope(SupervisorJob() + Dispatchers.Default)

    val settings = SettingsStore(context)
    val drawing = CodeDrawing()
    val connections = Connections(settings, loadKey, deadlineMs)
    val images = ImageFiles(context)
    val codes: CodeRepository =
        ConfiguredCodes(settings, DemoCodes(drawing, examples(context), now), connections, drawing, scope)
}

private fun examples(context: Context) =
    listOf(
        Draft(
            context.getString(R.string.example_wifi),
            "WIFI:T:WPA;S:Guests;P:welcome to our home;;",
            Preset.HIGH,
        ),
        Draft(context.getString(R.string.example_website), "https://example.com", Preset.MEDIUM),
        Draft(context.getString(R.string.example_map), "geo:52.5163,13.3777?q=Brandenburger+Tor", Preset.MEDIUM),
        Draft(
            context.getString(R.string.example_contact),
            "MECARD:N:Lovelace,Ada;TEL:+441234567890;EMAIL:ada@example.com;;",
            Preset.MAX,
        ),
    )

/** RFC 3339, as the service writes it. `java.time` is not there before API 26. */
private fun utcNow(): String =
    SimpleDateFormat("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
        .apply { timeZone = TimeZone.getTimeZone("UTC") }
        .format(Date())
