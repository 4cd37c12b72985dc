package dev.qrgenerator.sdk.android

import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.StrongBoxUnavailableException
import java.io.InputStream
import java.io.OutputStream
import java.security.Key
import java.security.KeyPair
import java.security.KeyPairGenerator
import java.security.KeyPairGeneratorSpi
import java.security.KeyStore
import java.security.KeyStoreSpi
import java.security.PrivateKey
import java.security.Provider
import java.security.ProviderException
import java.security.PublicKey
import java.security.SecureRandom
import java.security.cert.Certificate
import java.security.spec.AlgorithmParameterSpec
import java.security.spec.ECGenParameterSpec
import java.util.Collections
import java.util.Date
import java.util.Enumeration

/**
 * A provider of the name and the services of Android's, whose keys are those of the JDK.
 *
 * It proves what [AndroidKeystoreDeviceKey] asks for and what it does with the answers, failures too. What it can not
 * prove is what a phone does with that: secure hardware, StrongBox, the limits of each maker.
 */
internal object FakeKeystore : Provider("AndroidKeyStore", "1.0", "stands in for Android's") {
    private fun readResolve(): Any = this

    /** The keys by alias. */
    val pairs = mutableMapOf<String, KeyPair>()

    /** What was asked for, key by key. */
    val requests = mutableListOf<KeyGenParameterSpec>()

    /** Whether this phone has a StrongBox. */
    var strongBox = true

    /** Whether the Keystore works at all. */
    var broken = false

    init {
        put("KeyStore.AndroidKeyStore", Store::class.java.name)
        put("KeyPairGenerator.EC", Generator::class.java.name)
    }

    fun reset() {
        pairs.clear()
        requests.clear()
        strongBox = true
        broken = false
    }

    class Generator : KeyPairGeneratorSpi() {
        private lateinit var spec: KeyGenParameterSpec

        override fun initialize(
            params: AlgorithmParameterSpec,
            random: SecureRandom?,
        ) {
            spec = params as KeyGenParameterSpec
        }

        override fun initialize(
            keysize: Int,
            random: SecureRandom?,
        ): Unit = throw UnsupportedOperationException()

        override fun generateKeyPair(): KeyPair {
            requests += spec
            if (broken) throw ProviderException("Keystore error")
            if (spec.isStrongBoxBacked && !strongBox) throw StrongBoxUnavailableException()
            val curve = spec.algorithmParameterSpec as ECGenParameterSpec
            return pair(curve.name).also { pairs[spec.keystoreAlias] = it }
        }
    }

    class Store : KeyStoreSpi() {
        override fun engineContainsAlias(alias: String) = alias in pairs

        override fun engineGetEntry(
            alias: String,
            protParam: KeyStore.ProtectionParameter?,
        ): KeyStore.Entry = KeyStore.PrivateKeyEntry(engineGetKey(alias, null), engineGetCertificateChain(alias))

        override fun engineLoad(
            stream: InputStream?,
            password: CharArray?,
        ) = Unit

        override fun engineGetKey(
            alias: String,
            password: CharArray?,
        ): PrivateKey = pairs.getValue(alias).private

        override fun engineGetCertificate(alias: String): Certificate = Leaf(pairs.getValue(alias).public)

        override fun engineGetCertificateChain(alias: String): Array<Certificate> = arrayOf(engineGetCertificate(alias))

        override fun engineIsKeyEntry(alias: String) = alias in pairs

        override fun engineIsCertificateEntry(alias: String) = false

        override fun engineSize() = pairs.size

        override fun engineAliases(): Enumeration<String> = Collections.enumeration(pairs.keys)

        override fun engineDeleteEntry(alias: String) {
            pairs.remove(alias)
        }

        override fun engineGetCreationDate(alias: String): Date = throw UnsupportedOperationException()

        override fun engineGetCertificateAlias(cert: Certificate): String = throw UnsupportedOperationException()

        override fun engineSetKeyEntry(
            alias: String,
            key: Key,
            password: CharArray?,
            chain: Array<Certificate>?,
        ): Unit = throw UnsupportedOperationException()

        override fun engineSetKeyEntry(
            alias: String,
            key: ByteArray,
            chain: Array<Certificate>?,
        ): Unit = throw UnsupportedOperationException()

        override fun engineSetCertificateEntry(
            alias: String,
            cert: Certificate,
        ): Unit = throw UnsupportedOperationException()

        override fun engineStore(
            stream: OutputStream?,
            password: CharArray?,
        ): Unit = throw UnsupportedOperationException()
    }

    /** A certificate that does nothing but carry the public key, which is all that Android's is used for. */
    private class Leaf(
        private val key: PublicKey,
    ) : Certificate("X.509") {
        override fun getPublicKey() = key

        override fun getEncoded() = key.encoded

        override fun verify(key: PublicKey) = Unit

        override fun verify(
            key: PublicKey,
            sigProvider: String,
        ) = Unit

        override fun toString() = "certificate of $key"
    }

    fun pair(curve: String): KeyPair =
        KeyPairGenerator.getInstance("EC", "SunEC").run {
            initialize(ECGenParameterSpec(curve))
            generateKeyPair()
        }
}
