import org.jetbrains.kotlin.gradle.dsl.JvmTarget

// `cargo xtask sample` reads this file too: one `name = value` and one dependency a line.
plugins {
    alias(libs.plugins.android.application)
    alias(libs.plugins.kotlin.compose)
}

android {
    namespace = "dev.qrgenerator.sample"
    compileSdk = 37

    defaultConfig {
        applicationId = "dev.qrgenerator.sample"
        minSdk = 24
        targetSdk = 36
        versionCode = 1
        versionName = "0.1.0"
        // JNA brings more than the SDK is built for.
        ndk { abiFilters += listOf("arm64-v8a", "armeabi-v7a", "x86_64") }
    }

    buildTypes {
        release {
            isMinifyEnabled = true
            isShrinkResources = true
            proguardFiles(getDefaultProguardFile("proguard-android-optimize.txt"), "proguard-rules.pro")
        }
    }

    androidResources {
        // Without what the libraries say in eighty other languages.
        localeFilters += listOf("en", "de")
    }

    compileOptions {
        sourceCompatibility = JavaVersion.VERSION_17
        targetCompatibility = JavaVersion.VERSION_17
    }

    testOptions {
        unitTests.isIncludeAndroidResources = true
        unitTests.all {
            // The program that the tests talk to: `cargo build -p qrgen-cli`.
            it.systemProperty("qrgen.binary", rootDir.resolve("../target/debug/qrgen").path)
            it.systemProperty("pictures.golden", rootDir.resolve("pictures").path)
            it.systemProperty("pictures.out", layout.buildDirectory.dir("pictures").get().asFile.path)
            it.systemProperty("robolectric.pixelCopyRenderMode", "hardware")
            it.jvmArgs("--add-opens=java.base/java.io=ALL-UNNAMED")
        }
    }

    sourceSets {
        // `qrgen serve` and a key in software, as the tests of the SDK have them.
        getByName("test").kotlin.srcDir("../../bindings/kotlin/test-support")
    }
}

kotlin {
    compilerOptions {
        jvmTarget = JvmTarget.JVM_17
        allWarningsAsErrors = true
        // Virtual time in tests.
        optIn.add("kotlinx.coroutines.ExperimentalCoroutinesApi")
    }
}

dependencies {
    implementation(libs.activity.compose)
    implementation(libs.compose.foundation)
    implementation(libs.compose.material3)
    implementation(libs.compose.ui)
    implementation(libs.coroutines.android)
    implementation(libs.lifecycle.runtime.compose)
    implementation(libs.lifecycle.viewmodel.compose)
    implementation(libs.navigation.compose)
    implementation(libs.qrgen.sdk.android)
    implementation(libs.jna) { artifact { type = "aar" } }

    debugImplementation(libs.compose.ui.test.manifest)

    testImplementation(libs.androidx.test.core)
    testImplementation(libs.androidx.test.junit)
    testImplementation(libs.compose.ui.test)
    testImplementation(libs.coroutines.test)
    testImplementation(libs.jna)
    testImplementation(libs.junit)
    testImplementation(libs.qrgen.sdk)
    testImplementation(libs.robolectric)
    testImplementation(libs.zxing)
}
