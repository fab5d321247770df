//! Writes the window's TypeScript types and the server's SQL: `cargo run -p edit-factory-core --example bindings`.

use std::path::Path;

use edit_factory_core::api::bindings::{FILE, typescript};
use edit_factory_core::sync::server;

fn main() -> std::io::Result<()> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    for (name, text) in server::files() {
        std::fs::write(top.join(server::FOLDER).join(name), text)?;
    }
    let file = top.join(FILE);
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(file, typescript())
}
