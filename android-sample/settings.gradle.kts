pluginManagement {
    repositories {
        google()
        mavenCentral()
        gradlePluginPortal()
    }
}

dependencyResolutionManagement {
    repositoriesMode = RepositoriesMode.FAIL_ON_PROJECT_REPOS
    repositories {
        google()
        mavenCentral()
        // The SDK, as `mvn install` in bindings/kotlin lays it there.
        mavenLocal {
            content { includeGroup("dev.qrgenerator") }
        }
    }
}

rootProject.name = "qr-generator-sample"
include(":app")
