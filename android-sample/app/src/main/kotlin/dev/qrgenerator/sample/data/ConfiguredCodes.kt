package dev.qrgenerator.sample.data

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.drop
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock

/** Keeps codes where the settings say: at the service of an endpoint, or in the demo. */
class ConfiguredCodes(
    private val settings: SettingsStore,
    private val demo: CodeSource,
    private val connections: Connections,
    private val drawing: CodeDrawing,
    scope: CoroutineScope,
) : CodeRepository {
    private val changes = MutableStateFlow(0)
    override val revision: StateFlow<Int> = changes.asStateFlow()

    private val lock = Mutex()
    private var connected: Pair<String, CodeSource>? = null

    init {
        scope.launch {
            settings.settings
                .map { it.copy(deviceId = null) }
                .distinctUntilChanged()
                .drop(1)
                .collect { changes.update { it + 1 } }
        }
    }

    override suspend fun page(
        prefix: String,
        token: String?,
    ): CodePage = source().page(prefix, token)

    override suspend fun find(name: String): CodeImage? = source().find(name)

    override suspend fun make(
        draft: Draft,
        replace: Boolean,
    ) {
        source().make(draft, replace)
        changes.update { it + 1 }
    }

    override suspend fun delete(name: String) = source().delete(name)

    private suspend fun source(): CodeSource {
        val wanted = settings.current()
        if (wanted.demo) return demo
        return lock.withLock {
            val open = connected?.takeIf { it.first == wanted.endpoint }
            // A client that is left behind stays open: it may have calls under way, and endpoints change seldom.
            val now = open ?: (wanted.endpoint to SdkCodes(connections.open(wanted.endpoint), drawing))
            now.also { connected = it }.second
        }
    }
}
