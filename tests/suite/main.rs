//! The acceptance tests: one test program of many files.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod backend;
mod backend_command;
mod cli;
mod converging;
mod crash;
mod demo;
mod disk_full;
mod footage;
mod hosted;
mod hosted_faults;
mod hosted_files;
mod isolation;
mod keep;
mod keyring;
mod killed_devices;
mod live;
mod make;
mod mending;
mod money;
mod no_network;
mod over_quota;
mod piper;
mod planted_key;
mod postiz;
mod postiz_faults;
mod publish_changes;
mod publishing;
mod reconcile;
mod replan;
mod spend;
mod sync_devices;
mod two_processes;
mod voice_chain;
mod voice_faults;
mod what_leaves;

/// A file that is not named above would be skipped without a word.
#[test]
fn no_file_of_the_suite_is_forgotten() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("suite");
    let main = std::fs::read_to_string(folder.join("main.rs")).unwrap();
    for entry in std::fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let module = name.trim_end_matches(".rs");
        assert!(module == "main" || main.contains(&format!("\nmod {module};\n")), "suite/{name} is not run");
    }
}
