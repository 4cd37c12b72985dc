package dev.qrgenerator.sample.ui.code

import android.text.format.Formatter
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.HorizontalDivider
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp
import dev.qrgenerator.sample.R
import dev.qrgenerator.sample.data.Code
import java.text.DateFormat
import java.text.ParseException
import java.text.SimpleDateFormat
import java.util.Locale
import java.util.TimeZone

/** What is known of a code beside its text. */
@Composable
internal fun Facts(code: Code) {
    val look = code.look ?: return
    Surface(shape = MaterialTheme.shapes.large, color = MaterialTheme.colorScheme.surfaceContainer) {
        Column(Modifier.padding(horizontal = 16.dp, vertical = 4.dp)) {
            Fact(stringResource(R.string.fact_version), look.version.toString())
            HorizontalDivider()
            Fact(
                stringResource(R.string.fact_correction),
                stringResource(R.string.fact_correction_value, look.correction.name, look.correction.percent),
            )
            HorizontalDivider()
            Fact(
                stringResource(R.string.fact_size),
                Formatter.formatShortFileSize(LocalContext.current, code.byteSize),
            )
            HorizontalDivider()
            Fact(stringResource(R.string.fact_stored), remember(code.storedAt) { localTime(code.storedAt) })
        }
    }
}

@Composable
private fun Fact(
    label: String,
    value: String,
) {
    Row(Modifier.fillMaxWidth().padding(vertical = 12.dp).semantics(mergeDescendants = true) {}) {
        Text(label, Modifier.weight(1f), color = MaterialTheme.colorScheme.onSurfaceVariant)
        Text(value, textAlign = TextAlign.End)
    }
}

/** RFC 3339 in UTC, as the person reads times here. `java.time` is not there before API 26. */
private fun localTime(storedAt: String): String {
    val utc = SimpleDateFormat("yyyy-MM-dd'T'HH:mm:ss", Locale.ROOT).apply { timeZone = TimeZone.getTimeZone("UTC") }
    return try {
        val time = utc.parse(storedAt) ?: return storedAt
        DateFormat.getDateTimeInstance(DateFormat.MEDIUM, DateFormat.SHORT).format(time)
    } catch (_: ParseException) {
        storedAt
    }
}
