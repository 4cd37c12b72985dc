package dev.qrgenerator.sample.support

import java.security.KeyFactory
import java.security.KeyPair
import java.security.spec.PKCS8EncodedKeySpec
import java.security.spec.X509EncodedKeySpec
import java.util.Base64

/** A key for tests alone, always the same, so that its id in a picture is. */
fun fixedKeyPair(): KeyPair {
    val keys = KeyFactory.getInstance("EC")
    return KeyPair(
        keys.generatePublic(X509EncodedKeySpec(Base64.getDecoder().decode(PUBLIC))),
        keys.generatePrivate(PKCS8EncodedKeySpec(Base64.getDecoder().decode(PRIVATE))),
    )
}

private const val PUBLIC =
    "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEYoWxlfhUjKQohDcBj+VfsMm8cxN9naV0XdiG0fqZCMIx" +
        "++HAxRkyU7CoIS1j5j+7tHrepNqcUbEdyZc9lyKRKw=="

private const val PRIVATE =
    "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg+3vj9AwKoPvSHoB+SN/2q7lT4MbvfFJ4" +
        "OHuTkTleduihRANCAARihbGV+FSMpCiENwGP5V+wybxzE32dpXRd2IbR+pkIwjH74cDFGTJTsKghLWPm" +
        "P7u0et6k2pxRsR3Jlz2XIpEr"
