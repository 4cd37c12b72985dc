package dev.qrgenerator.support

import dev.qrgenerator.sdk.DeviceKey
import java.math.BigInteger
import java.security.KeyPair
import java.security.KeyPairGenerator
import java.security.Signature
import java.security.interfaces.ECPublicKey
import java.security.spec.ECGenParameterSpec

/** A device key that lives as long as the test. */
open class SoftwareKey(
    private val pair: KeyPair = p256(),
) : DeviceKey {
    override fun publicKey(): ByteArray {
        val w = (pair.public as ECPublicKey).w
        return byteArrayOf(4) + w.affineX.coordinate() + w.affineY.coordinate()
    }

    override suspend fun sign(bytes: ByteArray): ByteArray =
        Signature.getInstance("SHA256withECDSA").run {
            initSign(pair.private)
            update(bytes)
            sign()
        }

    companion object {
        fun p256(): KeyPair =
            KeyPairGenerator.getInstance("EC").run {
                initialize(ECGenParameterSpec("secp256r1"))
                generateKeyPair()
            }

        private fun BigInteger.coordinate(): ByteArray {
            val digits = toByteArray().takeLast(32).toByteArray()
            return ByteArray(32 - digits.size) + digits
        }
    }
}
