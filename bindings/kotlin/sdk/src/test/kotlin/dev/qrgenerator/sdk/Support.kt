package dev.qrgenerator.sdk

import dev.qrgenerator.support.SoftwareKey
import java.security.MessageDigest

/** A client that gives up at once where the test is about the failure and not about retries. */
internal fun client(
    endpoint: String,
    key: DeviceKey = SoftwareKey(),
    deadlineMs: Long = 20_000,
    readTimeoutMs: Long = 10_000,
    maxRetries: Int = 0,
) = QrClient(
    QrClientConfig(
        endpoint,
        connectTimeoutMs = 5_000,
        readTimeoutMs = readTimeoutMs,
        deadlineMs = deadlineMs,
        maxRetries = maxRetries,
    ),
    key,
)

internal fun request(
    filename: String = "menu",
    text: String = "https://example.com/menu",
    detail: Detail = Detail.Medium,
    replace: Boolean = false,
) = GenerateRequest(filename, text, detail, replace)

internal fun sha256(bytes: ByteArray): String =
    MessageDigest.getInstance("SHA-256").digest(bytes).joinToString("") { "%02x".format(it) }
