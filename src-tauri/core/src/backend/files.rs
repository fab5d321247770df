//! The numbered files, as they were when this program was built.

/// A file of `migrations/supabase`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct File {
    /// Its name.
    pub name: &'static str,
    /// What it says.
    pub sql: &'static str,
}

impl File {
    /// BLAKE3 of what it says.
    pub(super) fn hash(&self) -> String {
        blake3::hash(self.sql.as_bytes()).to_hex().to_string()
    }
}

macro_rules! files {
    ($($name:literal)*) => {
        &[$(File { name: $name, sql: include_str!(concat!("../../../../migrations/supabase/", $name)) }),*]
    };
}

const FILES: &[File] = files! {
    "0001_foundation.sql"
    "0002_tables.sql"
    "0003_owners.sql"
    "0004_keys.sql"
    "0005_security.sql"
    "0006_changes.sql"
    "0007_sync.sql"
    "0008_erase.sql"
    "0009_storage.sql"
};

/// All of them, in their order.
#[must_use]
pub fn files() -> &'static [File] {
    FILES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_file_of_the_folder_is_forgotten() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations/supabase");
        let mut there: Vec<String> =
            std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        there.sort();
        assert_eq!(files().iter().map(|file| file.name).collect::<Vec<_>>(), there);
    }
}
