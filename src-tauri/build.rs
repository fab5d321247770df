//! Makes what Tauri needs at compile time: the commands a window may be given, and a page when the real ones are not
//! built yet (so that lints and tests of this package do not wait for Node).

use std::io;
use std::path::Path;

/// Every command of `src/commands`. One that is not named here cannot be allowed by a capability, so not be called.
const COMMANDS: &[&str] =
    &["session", "switch_profile", "call", "listen", "open_window", "window_ready", "reveal", "open_link"];

/// Where the pages are after `npm run build`.
const PAGES: &str = "../ui/dist";

fn main() -> io::Result<()> {
    let index = Path::new(PAGES).join("index.html");
    if !index.exists() {
        std::fs::create_dir_all(PAGES)?;
        std::fs::write(
            &index,
            "<!doctype html><title>Edit Factory</title><p>The pages are not built: cargo xtask app",
        )?;
    }
    // The pages are put into the program when it is compiled.
    println!("cargo::rerun-if-changed={PAGES}");
    let manifest = tauri_build::AppManifest::new().commands(COMMANDS);
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest)).map_err(io::Error::other)
}
