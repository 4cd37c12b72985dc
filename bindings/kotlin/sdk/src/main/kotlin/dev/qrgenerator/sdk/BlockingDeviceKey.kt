package dev.qrgenerator.sdk

import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.runInterruptible

/**
 * A [DeviceKey] that blocks while it signs: what Java implements, and whatever else wraps a blocking API.
 *
 * It signs on a thread of [Dispatchers.IO], so that a slow key holds up nobody but its own call. A call that
 * is cancelled interrupts it.
 */
public abstract class BlockingDeviceKey : DeviceKey {
    /**
     * An ECDSA signature with SHA-256 over [bytes], in DER (RFC 3279, 2.2.3). See [DeviceKey.sign].
     */
    @Throws(QrException::class)
    public abstract fun signBlocking(bytes: ByteArray): ByteArray

    final override suspend fun sign(bytes: ByteArray): ByteArray =
        runInterruptible(Dispatchers.IO) { signBlocking(bytes) }
}
