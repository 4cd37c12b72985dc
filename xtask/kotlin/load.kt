
/** [Native.register], whose error says what to do where the library is missing. */
private fun loadNativeLibrary(
    type: Class<*>,
    name: String,
) {
    try {
        Native.register(type, name)
    } catch (cause: UnsatisfiedLinkError) {
        val file = "${com.sun.jna.Platform.RESOURCE_PREFIX}/${System.mapLibraryName(name)}"
        val remedy =
            if (com.sun.jna.Platform.isAndroid()) {
                "let the ABI of this device into the APK (`abiFilters`; `jni/` in the AAR of qrgen-sdk-android has it)"
            } else {
                "put it on the class path; `cargo xtask bindings` builds it on such a machine"
            }
        val error = UnsatisfiedLinkError("the native library $file of qrgen-sdk can't be loaded: $remedy. ${cause.message}")
        throw error.apply { initCause(cause) }
    }
}
