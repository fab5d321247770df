//! The desktop program: built and run, or packed for others to install.

use crate::needs::Purpose;
use crate::run::{Repository, Stop, capture, show};
use crate::{setup, ui};

/// The package of the desktop program.
pub const PACKAGE: &str = "edit-factory-desktop";
/// Its program.
pub const PROGRAM: &str = "edit-factory-app";

/// Builds the window and opens it.
pub fn run(repository: &Repository) -> Result<(), Stop> {
    setup::for_purpose(repository, Purpose::App)?;
    ui::build(repository)?;
    println!("Building the window (about five minutes the first time)");
    show(repository.cargo().args(["build", "--locked", "--package", PACKAGE]))?;
    println!("Opening the window. Closing it ends this.");
    show(&mut repository.command(repository.built("debug", PROGRAM)))
}

/// What the system here installs programs from.
const BUNDLE: &str = if cfg!(windows) {
    "msi"
} else if cfg!(target_os = "macos") {
    "dmg"
} else {
    "deb"
};

/// Makes an installer of the kind this system uses.
pub fn bundle(repository: &Repository) -> Result<(), Stop> {
    setup::for_purpose(repository, Purpose::App)?;
    ui::build(repository)?;
    println!("Building the installer, with full optimisation (ten minutes and more)");
    show(
        repository
            .command("node")
            .current_dir(repository.path("src-tauri"))
            .arg(repository.path("ui/node_modules/@tauri-apps/cli/tauri.js"))
            .args(["build", "--bundles", BUNDLE]),
    )?;
    println!("\nIn {}", repository.shown(&repository.target("release/bundle")));
    Ok(())
}

/// Writes the types of all calls anew, for the pages.
pub fn bindings(repository: &Repository) -> Result<(), Stop> {
    let run = ["run", "--quiet", "--locked", "--package", "edit-factory-core", "--example", "bindings"];
    let written = capture(repository.cargo().args(run))?;
    print!("{}", written.stdout);
    Ok(())
}
