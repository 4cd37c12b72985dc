package dev.qrgenerator.sample.ui

import android.net.Uri
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.lifecycle.ViewModel
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import androidx.lifecycle.createSavedStateHandle
import androidx.lifecycle.viewmodel.CreationExtras
import androidx.lifecycle.viewmodel.compose.viewModel
import androidx.navigation.NavHostController
import androidx.navigation.compose.NavHost
import androidx.navigation.compose.composable
import androidx.navigation.compose.rememberNavController
import dev.qrgenerator.sample.AppContainer
import dev.qrgenerator.sample.ui.code.CodeScreen
import dev.qrgenerator.sample.ui.code.CodeViewModel
import dev.qrgenerator.sample.ui.library.LibraryScreen
import dev.qrgenerator.sample.ui.library.LibraryViewModel
import dev.qrgenerator.sample.ui.make.MakeScreen
import dev.qrgenerator.sample.ui.make.MakeViewModel
import dev.qrgenerator.sample.ui.settings.SettingsScreen
import dev.qrgenerator.sample.ui.settings.SettingsViewModel

private const val LIBRARY = "library"
private const val MAKE = "make"
private const val SETTINGS = "settings"
private const val CODE = "code/{name}"

/** By which the screen of a code leaves its name with the library, which deletes. */
private const val DELETE = "delete"

@Composable
fun SampleApp(
    container: AppContainer,
    navigation: NavHostController = rememberNavController(),
) {
    NavHost(navigation, startDestination = LIBRARY) {
        composable(LIBRARY) { entry ->
            val model =
                screenModel {
                    LibraryViewModel(
                        container.codes,
                        container.drawing,
                        container.connections::acceptNewKey,
                        container.scope,
                        createSavedStateHandle(),
                    )
                }
            val delete by entry.savedStateHandle.getStateFlow<String?>(DELETE, null).collectAsStateWithLifecycle()
            LaunchedEffect(delete) {
                delete?.let { model.delete(it) }
                entry.savedStateHandle[DELETE] = null
            }
            // Elsewhere a code may get the name of one that is about to be deleted, or another service be chosen.
            val leave = { route: String ->
                model.confirmDelete()
                navigation.navigate(route)
            }
            LibraryScreen(
                model,
                onOpen = { leave(code(it)) },
                onMake = { leave(MAKE) },
                onSettings = { leave(SETTINGS) },
            )
        }
        composable(MAKE) {
            val model =
                screenModel { MakeViewModel(container.codes, container.drawing, createSavedStateHandle()) }
            MakeScreen(
                model,
                onBack = { navigation.popBackStack() },
                onMade = { navigation.navigate(code(it)) { popUpTo(LIBRARY) } },
            )
        }
        composable(CODE) { entry ->
            val name = entry.arguments?.getString("name").orEmpty()
            val model =
                screenModel {
                    CodeViewModel(container.codes, container.images, container.connections::acceptNewKey, name)
                }
            CodeScreen(
                model,
                onBack = { navigation.popBackStack() },
                onDelete = {
                    navigation.getBackStackEntry(LIBRARY).savedStateHandle[DELETE] = name
                    navigation.popBackStack()
                },
                onSettings = { navigation.navigate(SETTINGS) },
            )
        }
        composable(SETTINGS) {
            val model =
                screenModel { SettingsViewModel(container.settings, container.connections, createSavedStateHandle()) }
            SettingsScreen(model, onBack = { navigation.popBackStack() })
        }
    }
}

private fun code(name: String) = "code/${Uri.encode(name)}"

@Composable
private inline fun <reified T : ViewModel> screenModel(noinline make: CreationExtras.() -> T): T =
    viewModel(initializer = make)
