//! Writes the window's TypeScript types: `cargo run -p edit-factory-core --example bindings`.

use std::path::Path;

use edit_factory_core::api::bindings::{FILE, typescript};

fn main() -> std::io::Result<()> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(FILE);
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(file, typescript())
}
