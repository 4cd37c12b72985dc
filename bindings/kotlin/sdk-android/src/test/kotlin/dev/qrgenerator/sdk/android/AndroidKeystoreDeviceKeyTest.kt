package dev.qrgenerator.sdk.android

import android.os.Build
import android.security.keystore.KeyProperties
import dev.qrgenerator.sdk.QrClient
import dev.qrgenerator.sdk.QrClientConfig
import dev.qrgenerator.sdk.QrException
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.BeforeEach
import java.security.Security
import java.security.Signature
import kotlin.test.Test
import kotlin.test.assertContentEquals
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertTrue

/** The key class against a provider that stands in for Android's. */
class AndroidKeystoreDeviceKeyTest {
    @BeforeEach
    fun reset() {
        Security.addProvider(FakeKeystore)
        FakeKeystore.reset()
        Build.VERSION.SDK_INT = 34
    }

    @Test
    fun `the key is made once, as P-256 that signs SHA-256 and nothing else`() {
        val first = AndroidKeystoreDeviceKey.loadOrCreate()
        assertContentEquals(first.publicKey(), AndroidKeystoreDeviceKey.loadOrCreate().publicKey())
        val spec = FakeKeystore.requests.single()
        assertEquals(AndroidKeystoreDeviceKey.DEFAULT_ALIAS, spec.keystoreAlias)
        assertEquals(KeyProperties.PURPOSE_SIGN, spec.purposes)
        assertContentEquals(arrayOf(KeyProperties.DIGEST_SHA256), spec.digests)
    }

    @Test
    fun `another alias is another key`() {
        val one = AndroidKeystoreDeviceKey.loadOrCreate("one")
        assertTrue(!one.publicKey().contentEquals(AndroidKeystoreDeviceKey.loadOrCreate("two").publicKey()))
    }

    @Test
    fun `StrongBox where there is one, from Android 9 on`() {
        for ((api, hasStrongBox, asked) in listOf(
            Triple(34, true, listOf(true)),
            Triple(34, false, listOf(true, false)),
            Triple(24, true, listOf(false)),
        )) {
            FakeKeystore.reset()
            FakeKeystore.strongBox = hasStrongBox
            Build.VERSION.SDK_INT = api
            AndroidKeystoreDeviceKey.loadOrCreate()
            assertEquals(asked, FakeKeystore.requests.map { it.isStrongBoxBacked }, "API $api, StrongBox $hasStrongBox")
        }
    }

    @Test
    fun `it signs what its public key verifies, and a client takes it`() {
        // Often enough that coordinates with leading zeros are among them.
        repeat(300) {
            FakeKeystore.reset()
            val key = AndroidKeystoreDeviceKey.loadOrCreate()
            assertEquals(65, key.publicKey().size)
            assertEquals(4, key.publicKey().first())
        }
        val key = AndroidKeystoreDeviceKey.loadOrCreate()
        val signature = runBlocking { key.sign("message".toByteArray()) }
        val pair = FakeKeystore.pairs.values.single()
        val verifier = Signature.getInstance("SHA256withECDSA")
        verifier.initVerify(pair.public)
        verifier.update("message".toByteArray())
        assertTrue(verifier.verify(signature))
        QrClient(QrClientConfig("https://qr.example.com"), key).use { assertEquals(43, it.deviceId().length) }
    }

    @Test
    fun `what the Keystore throws is an error of the SDK`() {
        FakeKeystore.broken = true
        val thrown = assertFailsWith<QrException.InvalidInput> { AndroidKeystoreDeviceKey.loadOrCreate() }
        assertEquals("device_key_failed", thrown.code.raw)
        assertTrue("Keystore error" in thrown.reason, thrown.reason)
    }

    @Test
    fun `an alias with another kind of key is refused`() {
        FakeKeystore.pairs["other"] = FakeKeystore.pair("secp384r1")
        val thrown = assertFailsWith<QrException.InvalidInput> { AndroidKeystoreDeviceKey.loadOrCreate("other") }
        assertEquals("device_key_invalid", thrown.code.raw)
    }
}
