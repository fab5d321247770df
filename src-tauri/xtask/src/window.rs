//! The tests of the real window: the program itself, driven over WebDriver on a display, a bus and a keyring of their
//! own. What is tested is in `tests/e2e`.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::app::PROGRAM;
use crate::run::{Repository, Stop, show};
use crate::ui::Counts;

/// The feature of the desktop program that lets a test hold back an answer.
pub const HOOKS: &str = "edit-factory-desktop/test-hooks";

/// A display that nobody sees, until it is dropped.
struct Display {
    server: Child,
    name: String,
}

impl Display {
    fn start(repository: &Repository) -> Result<Self, Stop> {
        let mut server = repository
            .command("Xvfb")
            // It chooses a free number itself and says which.
            .args(["-displayfd", "1", "-screen", "0", "1920x1080x24", "-nolisten", "tcp"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(Stop::io("Xvfb"))?;
        let mut number = String::new();
        if let Some(said) = server.stdout.take() {
            BufReader::new(said).read_line(&mut number).map_err(Stop::io("Xvfb"))?;
        }
        let display = Self { server, name: format!(":{}", number.trim()) };
        if number.trim().is_empty() { Err(Stop::Said("Xvfb did not start.".into())) } else { Ok(display) }
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        let ended = self.server.kill().and_then(|()| self.server.wait());
        if let Err(error) = ended {
            eprintln!("Xvfb could not be ended: {error}");
        }
    }
}

/// Runs the tests in `tests/e2e` (only those files whose name has one of `only` in it, when there is one) against the
/// program that was built with [`HOOKS`].
pub fn test(repository: &Repository, only: &[&str]) -> Result<Counts, Stop> {
    let files = files(repository, only)?;
    let desktop = Desktop::start(repository, &repository.built("debug", PROGRAM), "debug")?;
    let report = desktop.work.join("report.tap");
    let mut tests = desktop.command(repository);
    tests
        .args(["node", "--test", "--test-concurrency=1"])
        .args(["--test-reporter=spec", "--test-reporter-destination=stdout", "--test-reporter=tap"])
        .arg(format!("--test-reporter-destination={}", report.display()))
        .args(files);
    let good = show(&mut tests).is_ok();
    let text = std::fs::read_to_string(&report).map_err(Stop::io(repository.shown(&report)))?;
    let counts = counts(&text);
    // Tests that broke down as a whole must not count as good.
    Ok(if counts.failed == 0 && !good { Counts { failed: 1, ..counts } } else { counts })
}

/// Measures this program, built with full optimisation, on that home; the rows go into a file.
pub fn measure(repository: &Repository, home: &Path, rows: &Path, program: &Path) -> Result<(), Stop> {
    let desktop = Desktop::start(repository, program, "release")?;
    let script = repository.path("tests/e2e/measure.mjs");
    show(desktop.command(repository).arg("node").args([&script, home, rows]))
}

/// A display, and folders for everything that a program keeps for its user.
struct Desktop {
    display: Display,
    work: PathBuf,
    program: PathBuf,
    line: PathBuf,
}

impl Desktop {
    fn start(repository: &Repository, program: &Path, profile: &str) -> Result<Self, Stop> {
        let work = repository.target("e2e");
        if work.exists() {
            std::fs::remove_dir_all(&work).map_err(Stop::io(repository.shown(&work)))?;
        }
        for name in ["user", "data", "config", "homes", "run"] {
            let path = work.join(name);
            std::fs::create_dir_all(&path).map_err(Stop::io(repository.shown(&path)))?;
        }
        only_mine(&work.join("run"))?;
        let line = repository.built(profile, "edit-factory");
        Ok(Self { display: Display::start(repository)?, work, program: program.to_owned(), line })
    }

    /// What is to run follows as arguments; it runs with a bus and an unlocked keyring of its own.
    fn command(&self, repository: &Repository) -> Command {
        let mut command = private_desktop(repository);
        command
            .env("DISPLAY", &self.display.name)
            .env("HOME", self.work.join("user"))
            .env("XDG_DATA_HOME", self.work.join("data"))
            .env("XDG_CONFIG_HOME", self.work.join("config"))
            // Kept between runs: the first start compiles the shaders that draw everything.
            .env("XDG_CACHE_HOME", repository.target("e2e-cache"))
            .env("XDG_RUNTIME_DIR", self.work.join("run"))
            .env("EDIT_FACTORY_E2E_APP", &self.program)
            .env("EDIT_FACTORY_E2E_CLI", &self.line)
            .env("EDIT_FACTORY_E2E_POSTIZ", repository.built("debug", "posting"))
            .env("EDIT_FACTORY_E2E_HOSTING", repository.built("debug", "hosting"))
            .env("EDIT_FACTORY_E2E_WORK", self.work.join("homes"))
            .env("EDIT_FACTORY_E2E_SCREENSHOTS", repository.target("screenshots"))
            .env("LC_ALL", "C.UTF-8")
            // No accessibility bus here; asking for one only writes warnings.
            .env("NO_AT_BRIDGE", "1")
            .env("GDK_BACKEND", "x11")
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("DBUS_SESSION_BUS_ADDRESS");
        command
    }
}

/// Runs what follows with a bus and an unlocked keyring of its own.
fn private_desktop(repository: &Repository) -> Command {
    // The password is not empty: with an empty one the keyring stores nothing.
    let script = "printf test | gnome-keyring-daemon --unlock --components=secrets >/dev/null; exec \"$@\"";
    let mut command = repository.command("dbus-run-session");
    command.args(["--", "sh", "-c", script, "sh"]);
    command
}

/// The folder for sockets must be its owner's alone.
fn only_mine(folder: &Path) -> Result<(), Stop> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mine = std::fs::Permissions::from_mode(0o700);
        std::fs::set_permissions(folder, mine).map_err(Stop::io(folder.display().to_string()))?;
    }
    Ok(())
}

fn files(repository: &Repository, only: &[&str]) -> Result<Vec<PathBuf>, Stop> {
    let folder = repository.path("tests/e2e");
    let cannot = || Stop::io(repository.shown(&folder));
    let mut files = Vec::new();
    for entry in std::fs::read_dir(&folder).map_err(cannot())? {
        let path = entry.map_err(cannot())?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let wanted = only.is_empty() || only.iter().any(|part| name.contains(part));
        if wanted && name.ends_with(".test.mjs") {
            files.push(path);
        }
    }
    files.sort();
    if files.is_empty() { Err(Stop::Said("There is no such test in tests/e2e.".into())) } else { Ok(files) }
}

/// The counts at the end of a TAP report of node.
fn counts(report: &str) -> Counts {
    let number = |name: &str| {
        let mut lines = report.lines().rev();
        lines.find_map(|line| line.strip_prefix(name)?.trim().parse().ok()).unwrap_or(0)
    };
    Counts { passed: number("# pass "), failed: number("# fail ") + number("# cancelled ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_counts_of_a_report_are_those_at_its_end() {
        let report =
            "# pass 7\nok 1 - a\n1..3\n# tests 3\n# suites 0\n# pass 2\n# fail 1\n# cancelled 1\n# skipped 0\n";
        assert_eq!(counts(report), Counts { passed: 2, failed: 2 });
        assert_eq!(counts(""), Counts { passed: 0, failed: 0 });
    }
}
