package dev.qrgenerator.support

import java.io.File
import java.io.IOException
import java.util.concurrent.CopyOnWriteArrayList
import java.util.concurrent.TimeUnit
import kotlin.concurrent.thread

/** A `qrgen serve` of its own on a free port of this machine, with an empty store in memory. */
class QrgenServe : AutoCloseable {
    private val process: Process =
        ProcessBuilder(binary().path, "serve", "--listen", "127.0.0.1:0", "--store", "memory:")
            .redirectErrorStream(false)
            .start()

    /** The lines of the server's log, as they come. */
    val log: MutableList<String> = CopyOnWriteArrayList()

    init {
        thread(isDaemon = true) {
            try {
                process.errorStream.bufferedReader().forEachLine { log += it }
            } catch (_: IOException) {
                // Closed: the test is over.
            }
        }
    }

    /** The base URL, which is the first thing that the server prints. */
    val url: String = process.inputStream.bufferedReader().readLine() ?: error("qrgen serve did not start: $log")

    override fun close() {
        process.destroy()
        if (!process.waitFor(10, TimeUnit.SECONDS)) process.destroyForcibly()
    }

    private companion object {
        fun binary(): File {
            val path = File(System.getProperty("qrgen.binary"))
            check(path.canExecute()) { "there is no $path: `cargo build -p qrgen-cli`, or give -Dqrgen.binary=PATH" }
            return path
        }
    }
}
