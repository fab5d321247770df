//! A real voice of Piper and the ONNX Runtime, in Python packages that `cargo xtask setup` fetches.

use std::path::PathBuf;

/// The voice in the packages.
pub const VOICE: &str = "en_US-joe-medium";

/// The folder with the packages. `None`, with a line saying so, where they were not fetched; `cargo xtask test` fetches
/// them and allows no skipping.
///
/// # Panics
/// When they are missing where nothing may be skipped.
#[must_use]
pub fn packages() -> Option<PathBuf> {
    let named = std::env::var_os("EDIT_FACTORY_TEST_VOICES").map(PathBuf::from);
    // Beside the folder this test program was built into.
    let beside = || Some(std::env::current_exe().ok()?.ancestors().nth(3)?.join("voice-packages"));
    let there = |folder: &PathBuf| {
        let names = std::fs::read_dir(folder).ok()?.flatten();
        let packages = names.filter(|entry| entry.file_name().to_string_lossy().ends_with(".whl")).count();
        (packages >= 2).then_some(())
    };
    let found = named.or_else(beside).filter(|folder| there(folder).is_some());
    if found.is_none() {
        assert!(std::env::var_os("EDIT_FACTORY_TEST_ALL").is_none(), "the packages with the voice are not there");
        eprintln!("skipped: the packages with the voice are not there; `cargo xtask setup` fetches them");
    }
    found
}
