//! The demo: three videos from the footage and the script in `assets/demo`, made as a user would make them.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Instant;

use crate::needs::Purpose;
use crate::run::{Repository, Stop, show};
use crate::setup;
use crate::sheet::{self, Measured};

/// Build profile of the program the demo runs.
const PROFILE: &str = "dev";
/// Folder of that profile's products.
const PROFILE_FOLDER: &str = "debug";

/// Builds the program, makes the videos, measures them and draws the sheet.
pub fn run(repository: &Repository) -> Result<(), Stop> {
    setup::for_purpose(repository, Purpose::Demo)?;
    println!("Building edit-factory (a few minutes the first time)");
    show(repository.cargo().args(["build", "--quiet", "--package", "edit-factory", "--profile", PROFILE]))?;

    // Made anew each time, so that the demo is the same each time.
    let folder = repository.target("demo");
    if folder.exists() {
        std::fs::remove_dir_all(&folder).map_err(Stop::io(repository.shown(&folder)))?;
    }
    let out = folder.join("out");
    let footage = repository.path("assets/demo/footage");
    println!("Making three videos from {}", repository.shown(&footage));
    let started = Instant::now();
    show(
        repository
            .command(repository.built(PROFILE_FOLDER, "edit-factory"))
            .args(["make", "--variants", "3", "--platform", "tiktok", "--home"])
            .arg(folder.join("home"))
            .arg("--script")
            .arg(repository.path("assets/demo/script.md"))
            .arg("--out")
            .arg(&out)
            .arg(&footage)
            // What it lists at the end is listed below with more; its progress is on the error output.
            .stdout(Stdio::null()),
    )?;
    let took = started.elapsed().as_secs_f64();

    let videos = videos_in(&out)?
        .iter()
        .map(|file| sheet::measure(repository, file))
        .collect::<Result<Vec<Measured>, Stop>>()?;
    if videos.len() != 3 {
        return Err(Stop::Said(format!("There should be three videos in {}, not {}.", out.display(), videos.len())));
    }
    let picture = out.join("contact-sheet.png");
    sheet::contact_sheet(repository, &videos, &picture)?;

    println!("\nThree videos in {took:.0} s:\n");
    for video in &videos {
        println!(
            "  {}   {:.1} s   {}x{}   {:.1} LUFS   peak {:.1} dBTP",
            video.file.display(),
            video.seconds,
            video.width,
            video.height,
            video.loudness,
            video.peak
        );
    }
    println!("\nBeside each lie its subtitles (.srt, .vtt) and its receipt (.json).\nAll three at a glance:\n");
    println!("  {}", picture.display());
    Ok(())
}

/// Builds the program and shows two homes that keep one profile on a project of the tests' own.
pub fn sync(repository: &Repository) -> Result<(), Stop> {
    setup::everything(repository)?;
    println!("Building (a few minutes the first time)");
    show(repository.cargo().args(["build", "--quiet", "--package", "edit-factory", "--package", "acceptance"]))?;
    show(repository.cargo().args(["run", "--quiet", "--package", "acceptance", "--bin", "demo_sync"]))
}

/// The videos in a folder, by name.
pub fn videos_in(folder: &Path) -> Result<Vec<PathBuf>, Stop> {
    let cannot = || Stop::io(folder.display().to_string());
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(cannot())? {
        let path = entry.map_err(cannot())?.path();
        if path.extension().is_some_and(|extension| extension == "mp4") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
