package dev.qrgenerator.sdk.android

import android.os.Build
import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyProperties
import android.security.keystore.StrongBoxUnavailableException
import dev.qrgenerator.sdk.BlockingDeviceKey
import dev.qrgenerator.sdk.ErrorCode
import dev.qrgenerator.sdk.QrException
import dev.qrgenerator.sdk.deviceKeyFailed
import java.io.IOException
import java.math.BigInteger
import java.security.GeneralSecurityException
import java.security.KeyPairGenerator
import java.security.KeyStore
import java.security.PrivateKey
import java.security.ProviderException
import java.security.Signature
import java.security.interfaces.ECPublicKey
import java.security.spec.ECGenParameterSpec

/**
 * A device key in the Android Keystore: P-256, made in the phone's secure hardware, not exportable.
 *
 * It is the identity under which the service keeps the codes. It is gone when the app is uninstalled, its data
 * is cleared or the phone is reset, and no backup holds it.
 */
public class AndroidKeystoreDeviceKey private constructor(
    private val privateKey: PrivateKey,
    private val point: ByteArray,
) : BlockingDeviceKey() {
    override fun publicKey(): ByteArray = point.copyOf()

    override fun signBlocking(bytes: ByteArray): ByteArray =
        refusing("could not sign") {
            Signature.getInstance("SHA256withECDSA").run {
                initSign(privateKey)
                update(bytes)
                sign()
            }
        }

    public companion object {
        /** The alias under which the key is kept when none is named. */
        public const val DEFAULT_ALIAS: String = "dev.qrgenerator.device"

        private const val KEYSTORE = "AndroidKeyStore"

        /** The bytes of one coordinate of a P-256 point. */
        private const val COORDINATE_BYTES = 32

        /** What SEC 1, 2.3.3 puts before an uncompressed point. */
        private const val UNCOMPRESSED: Byte = 0x04

        /**
         * Opens the key of this alias, or makes it: in a StrongBox where the phone has one, else in its
         * trusted execution environment.
         *
         * Blocks for up to a second when it makes one; call it off the main thread.
         *
         * @throws QrException.InvalidInput `device_key_failed` if the Keystore refuses, `device_key_invalid` if the
         * alias holds another kind of key
         */
        @JvmStatic
        @JvmOverloads
        @Throws(QrException::class)
        public fun loadOrCreate(alias: String = DEFAULT_ALIAS): AndroidKeystoreDeviceKey =
            refusing("could not open or make the key") {
                val store = KeyStore.getInstance(KEYSTORE).apply { load(null) }
                if (!store.containsAlias(alias)) create(alias)
                val entry = store.getEntry(alias, null) as? KeyStore.PrivateKeyEntry
                val public = entry?.certificate?.publicKey as? ECPublicKey
                if (public == null || public.params.curve.field.fieldSize != COORDINATE_BYTES * Byte.SIZE_BITS) {
                    throw QrException.InvalidInput(
                        ErrorCode(null, "device_key_invalid"),
                        "deviceKey",
                        "the alias $alias holds no P-256 key: choose another alias",
                    )
                }
                AndroidKeystoreDeviceKey(entry.privateKey, public.point())
            }

        private fun create(alias: String) {
            if (Build.VERSION.SDK_INT < Build.VERSION_CODES.P) return generate(spec(alias).build())
            try {
                generate(spec(alias).setIsStrongBoxBacked(true).build())
            } catch (_: StrongBoxUnavailableException) {
                generate(spec(alias).build())
            }
        }

        private fun spec(alias: String) =
            KeyGenParameterSpec
                .Builder(alias, KeyProperties.PURPOSE_SIGN)
                .setAlgorithmParameterSpec(ECGenParameterSpec("secp256r1"))
                .setDigests(KeyProperties.DIGEST_SHA256)

        private fun generate(spec: KeyGenParameterSpec) {
            KeyPairGenerator.getInstance(KeyProperties.KEY_ALGORITHM_EC, KEYSTORE).run {
                initialize(spec)
                generateKeyPair()
            }
        }

        private fun ECPublicKey.point(): ByteArray =
            byteArrayOf(UNCOMPRESSED) + w.affineX.coordinate() + w.affineY.coordinate()

        /** Big-endian in 32 bytes: [BigInteger.toByteArray] has a sign byte at times, and drops leading zeros. */
        private fun BigInteger.coordinate(): ByteArray {
            val digits = toByteArray().takeLast(COORDINATE_BYTES).toByteArray()
            return ByteArray(COORDINATE_BYTES - digits.size) + digits
        }

        /** Turns what the Keystore throws into an error of the SDK, so that callers meet one kind. */
        private inline fun <T> refusing(
            what: String,
            block: () -> T,
        ): T =
            try {
                block()
            } catch (e: GeneralSecurityException) {
                throw deviceKeyFailed("the Android Keystore $what: $e")
            } catch (e: ProviderException) {
                throw deviceKeyFailed("the Android Keystore $what: $e")
            } catch (e: IOException) {
                throw deviceKeyFailed("the Android Keystore $what: $e")
            }
    }
}
