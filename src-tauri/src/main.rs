//! The program with the window.
//!
//! It finds what core needs around it, puts the desktop's own parts in place (one instance, dialogs, notifications,
//! where windows were last) and shows the first window. What a window does is in the library beside this file.
// Without this, Windows opens a console beside the window.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod stop;
mod surroundings;

use std::process::ExitCode;
use std::time::Duration;

use edit_factory_core::logging;
use edit_factory_desktop::opening::Opening;
use edit_factory_desktop::outside::{Outside, keep_awake};
use edit_factory_desktop::{configure, panics, windows};
use tauri::{App, AppHandle, Manager, RunEvent, Wry};
use tauri_plugin_notification::NotificationExt;
use tauri_plugin_window_state::StateFlags;
use tracing::level_filters::LevelFilter;

/// Longest time that ending the program waits for its tools to be gone.
const LONGEST_END: Duration = Duration::from_secs(5);

fn main() -> ExitCode {
    // Calls of core ask the database where they run; a few threads more than cores keep videos playing meanwhile.
    let threads = std::thread::available_parallelism().map_or(2, std::num::NonZero::get) + 2;
    let runtime = match tokio::runtime::Builder::new_multi_thread().worker_threads(threads).enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return failed(&format!("The program could not start its threads: {error}")),
    };
    tauri::async_runtime::set(runtime.handle().clone());
    let _log = log();
    panics::log_them();
    let ended = run();
    // What still hangs in a tool or on a bus must not keep the program from ending.
    runtime.shutdown_timeout(LONGEST_END);
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&format!("The window could not be opened: {error}")),
    }
}

/// How often a start is tried again that met a program just about to end, and the pause before each.
const STARTS: u32 = 20;
const PAUSE: Duration = Duration::from_millis(250);

fn run() -> tauri::Result<()> {
    let mut starts = 0;
    let app = loop {
        starts += 1;
        match build() {
            Err(tauri::Error::PluginInitialization(plugin, why)) if plugin == SINGLE && starts < STARTS => {
                tracing::info!(why, "the program that runs already is ending; this start waits for it");
                std::thread::sleep(PAUSE);
            }
            built => break built?,
        }
    };
    app.run(|app, event| {
        if let RunEvent::Exit = event {
            end(app);
        }
    });
    Ok(())
}

/// The plugin that knows whether the program runs already.
const SINGLE: &str = "single-instance";

fn build() -> tauri::Result<App> {
    let context = tauri::generate_context!();
    let files = tauri::utils::platform::resource_dir(context.package_info(), &tauri::Env::default());
    let demo = files.map(|folder| folder.join("demo")).inspect_err(|error| {
        tracing::warn!(%error, "the demo footage is not found");
    });
    let builder = tauri::Builder::default()
        // First: a second start must end before anything else of it begins.
        .plugin(tauri_plugin_single_instance::init(|app, _, _| windows::come_forward(app)))
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_notification::init())
        .plugin(
            tauri_plugin_window_state::Builder::new()
                .with_state_flags(StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED)
                .build(),
        )
        .setup(move |app| {
            let demo = demo.ok();
            app.manage(Opening::new(move || surroundings::host(demo.clone()), outside(app.handle())));
            stop::listen(app.handle());
            Ok(windows::make(app.handle(), windows::MAIN)?)
        });
    configure(builder).build(context)
}

/// Stops the work; it resumes at the next start.
fn end(app: &AppHandle) {
    // Whoever starts the program while this one ends must get a window of their own, not a nod from this one.
    tauri_plugin_single_instance::destroy(app);
    let Some(shell) = app.try_state::<Opening>().and_then(|opening| opening.opened()) else { return };
    let closed = tauri::async_runtime::block_on(async { tokio::time::timeout(LONGEST_END, shell.close()).await });
    if closed.is_err() {
        tracing::warn!("the work did not end in time; it is taken for interrupted at the next start");
    }
}

fn outside(app: &AppHandle<Wry>) -> Outside {
    let app = app.clone();
    Outside {
        language: surroundings::language(),
        notify: Box::new(move |title, body| {
            if let Err(error) = app.notification().builder().title(title).body(body).show() {
                tracing::warn!(%error, "a notification could not be shown");
            }
        }),
        keep_awake: Box::new(keep_awake),
    }
}

/// Begins the log. A program without one still works; why there is none is said on the terminal, if there is one.
fn log() -> Option<logging::Guard> {
    let begun =
        surroundings::home().and_then(|home| Ok(logging::subscriber(&home, LevelFilter::OFF, std::io::stderr)?));
    let (subscriber, guard) = match begun {
        Ok(begun) => begun,
        Err(failure) => {
            eprintln!("There will be no log: {failure}");
            return None;
        }
    };
    // Only this program installs a subscriber, once; were there one already, its logs would do.
    tracing::subscriber::set_global_default(subscriber).is_ok().then_some(guard)
}

fn failed(says: &str) -> ExitCode {
    tracing::error!(says, "the program ends");
    eprintln!("{says}");
    ExitCode::FAILURE
}
