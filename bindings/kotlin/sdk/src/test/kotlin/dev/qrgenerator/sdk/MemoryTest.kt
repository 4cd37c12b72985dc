package dev.qrgenerator.sdk

import java.io.File
import kotlin.test.Test
import kotlin.test.assertTrue

/** Nothing is kept of a call that is over. */
class MemoryTest {
    @Test
    fun `ten thousand renders leave neither native nor heap memory behind`() {
        client("http://127.0.0.1:1").use { client ->
            // Warm: classes, compiled code, and the arenas of the allocator.
            repeat(10_000) { n -> render(client, n) }
            // What is left behind is left behind each time; what else happens in the process is not.
            val growths =
                List(ROUNDS) {
                    val (nativeBefore, heapBefore) = memory()
                    repeat(10_000) { n -> render(client, n) }
                    val (nativeAfter, heapAfter) = memory()
                    (nativeAfter - nativeBefore) to (heapAfter - heapBefore)
                }
            // One image a call would be some 30 MiB.
            assertTrue(growths.minOf { (native, _) -> native } < 8 * MIB, "resident and heap grew by $growths")
            // One object of two fields a call would be as much.
            assertTrue(growths.minOf { (_, heap) -> heap } < MIB / 4, "resident and heap grew by $growths")
        }
    }

    private fun render(
        client: QrClient,
        n: Int,
    ) = client.render(RenderRequest("https://example.com/${n % 100}" + "x".repeat(50), Detail.Max))

    /**
     * Resident bytes of the process, of which the heap is a constant part (the POM touches all of it at the start), and
     * used bytes of the heap after a collection.
     */
    private fun memory(): Pair<Long, Long> {
        // JNA frees what was collected on a thread of its own: give that its turn.
        repeat(10) {
            System.gc()
            Thread.sleep(50)
        }
        val runtime = Runtime.getRuntime()
        val heap = runtime.totalMemory() - runtime.freeMemory()
        val resident =
            File("/proc/self/status")
                .takeIf { it.exists() }
                ?.readLines()
                ?.first { it.startsWith("VmRSS") }
                ?.filter { it.isDigit() }
                ?.toLong()
                ?.times(1024) ?: 0
        return resident to heap
    }

    private companion object {
        const val MIB = 1024L * 1024
        const val ROUNDS = 3
    }
}
