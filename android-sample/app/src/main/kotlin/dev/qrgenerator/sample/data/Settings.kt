package dev.qrgenerator.sample.data

import android.content.Context
import android.content.SharedPreferences
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.filterNotNull
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.onStart
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.withContext

data class Settings(
    /** Draw and keep codes on the phone, with no service. */
    val demo: Boolean = true,
    /** The base URL of the service. */
    val endpoint: String = "",
    /** The id of the key that the codes at the service belong to; null until there was one. */
    val deviceId: String? = null,
)

/** The settings, in a file that backups carry to the next phone. */
class SettingsStore(
    private val context: Context,
    private val dispatcher: CoroutineDispatcher = Dispatchers.IO,
) {
    private val state = MutableStateFlow<Settings?>(null)
    private val lock = Mutex()

    val settings: Flow<Settings> = state.onStart { lock.withLock { load() } }.filterNotNull()

    suspend fun current(): Settings = settings.first()

    suspend fun update(change: (Settings) -> Settings) {
        lock.withLock {
            val changed = change(load())
            withContext(dispatcher) {
                preferences()
                    .edit()
                    .putBoolean("demo", changed.demo)
                    .putString("endpoint", changed.endpoint)
                    .putString("deviceId", changed.deviceId)
                    .commit()
            }
            state.value = changed
        }
    }

    private suspend fun load(): Settings =
        state.value ?: withContext(dispatcher) {
            val stored = preferences()
            Settings(
                demo = stored.getBoolean("demo", true),
                endpoint = stored.getString("endpoint", null).orEmpty(),
                deviceId = stored.getString("deviceId", null),
            )
        }.also { state.value = it }

    private fun preferences(): SharedPreferences = context.getSharedPreferences("settings", Context.MODE_PRIVATE)
}
