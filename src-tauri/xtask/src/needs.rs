//! What has to be on the machine, how one sees that it is, and what it is called where.

use std::process::Command;

use crate::machine::System;
use crate::run::{Repository, succeeds};

/// What the set-up is for. Each includes the ones before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// Making videos.
    Demo,
    /// Building and running the window.
    App,
    /// Running all tests.
    Test,
}

/// Something that must be there.
pub struct Need {
    /// What a person calls it.
    pub name: &'static str,
    /// What does not work without it.
    pub because: &'static str,
    /// From which purpose on it is needed.
    pub purpose: Purpose,
    /// Needed on Linux only.
    pub linux_only: bool,
    /// Packages of Debian and Ubuntu; empty when it does not come from there.
    pub debian: &'static [&'static str],
    /// What to type on Debian and Ubuntu for what is no package there.
    pub elsewhere: &'static str,
    /// What to type on Fedora.
    pub fedora: &'static str,
    /// What to type on macOS.
    pub macos: &'static str,
    /// What to type on Windows.
    pub windows: &'static str,
    /// Says what is wrong with it here; `None` when it is there and fit.
    pub lack: fn(&Repository) -> Option<String>,
}

const FEDORA_FFMPEG: &str = "sudo dnf install \
     https://mirrors.rpmfusion.org/free/fedora/rpmfusion-free-release-$(rpm -E %fedora).noarch.rpm && \
     sudo dnf install --allowerasing ffmpeg";

/// What adds the missing parts of Rust, on every system.
pub const RUST_COMPONENTS: &str = "rustup component add rustfmt clippy";

/// Everything, in the order it is reported.
pub const NEEDS: &[Need] = &[
    Need {
        name: "ffmpeg 5.1 or newer, with ffprobe, libx264, libass and the filters used",
        because: "every video is read and made with it",
        purpose: Purpose::Demo,
        linux_only: false,
        debian: &["ffmpeg"],
        elsewhere: "",
        fedora: FEDORA_FFMPEG,
        macos: "brew install ffmpeg-full && brew link --overwrite ffmpeg-full",
        windows: "winget install --id Gyan.FFmpeg",
        lack: ffmpeg,
    },
    Need {
        name: "espeak-ng",
        because: "it speaks every language but English, and English where ffmpeg has no flite",
        purpose: Purpose::Demo,
        linux_only: false,
        debian: &["espeak-ng"],
        elsewhere: "",
        fedora: "sudo dnf install espeak-ng",
        macos: "brew install espeak-ng",
        windows: "winget install --id eSpeak-NG.eSpeak-NG",
        lack: |_| program("espeak-ng", &["--version"]),
    },
    Need {
        name: "Node.js 20.19 or newer, with npm",
        because: "the window's pages are built with it",
        purpose: Purpose::App,
        linux_only: false,
        debian: &[],
        elsewhere: "see https://nodejs.org/en/download (the package of the distribution may be too old)",
        fedora: "sudo dnf install nodejs npm",
        macos: "brew install node",
        windows: "winget install --id OpenJS.NodeJS.LTS",
        lack: node,
    },
    Need {
        name: "WebKitGTK 4.1 with its headers",
        because: "it draws the window",
        purpose: Purpose::App,
        linux_only: true,
        debian: &["libwebkit2gtk-4.1-dev", "pkg-config"],
        elsewhere: "",
        fedora: "sudo dnf install webkit2gtk4.1-devel",
        macos: "",
        windows: "",
        lack: |_| {
            let found = succeeds(Command::new("pkg-config").args(["--exists", "webkit2gtk-4.1"]));
            (!found).then(|| "webkit2gtk-4.1 is missing".to_owned())
        },
    },
    Need {
        name: "GStreamer with H.264 and AAC",
        because: "the window plays videos with it",
        purpose: Purpose::App,
        linux_only: true,
        debian: &["gstreamer1.0-tools", "gstreamer1.0-plugins-base", "gstreamer1.0-plugins-good", "gstreamer1.0-libav"],
        elsewhere: "",
        fedora: "sudo dnf install gstreamer1-plugins-base-tools gstreamer1-plugins-good gstreamer1-plugin-libav",
        macos: "",
        windows: "",
        lack: gstreamer,
    },
    Need {
        name: "fonts for the window",
        because: "a machine without any font shows boxes instead of letters",
        purpose: Purpose::App,
        linux_only: true,
        debian: &["fonts-dejavu-core", "fontconfig"],
        elsewhere: "",
        fedora: "sudo dnf install dejavu-sans-fonts",
        macos: "",
        windows: "",
        lack: |_| {
            let listed = Command::new("fc-list").output();
            let any = listed.is_ok_and(|list| list.status.success() && !list.stdout.trim_ascii().is_empty());
            (!any).then(|| "there is no font".to_owned())
        },
    },
    Need {
        name: "rustfmt and clippy",
        because: "the tests check format and lints",
        purpose: Purpose::Test,
        linux_only: false,
        debian: &[],
        elsewhere: RUST_COMPONENTS,
        fedora: RUST_COMPONENTS,
        macos: RUST_COMPONENTS,
        windows: RUST_COMPONENTS,
        lack: rust_components,
    },
    Need {
        name: "git",
        because: "the repository's own rules are checked over the files git knows",
        purpose: Purpose::Test,
        linux_only: false,
        debian: &["git"],
        elsewhere: "",
        fedora: "sudo dnf install git",
        macos: "xcode-select --install",
        windows: "winget install --id Git.Git",
        lack: |_| program("git", &["--version"]),
    },
    Need {
        name: "Python 3 with venv",
        because: "an independent aligner checks when each word is heard",
        purpose: Purpose::Test,
        linux_only: false,
        debian: &["python3", "python3-venv"],
        elsewhere: "",
        fedora: "sudo dnf install python3",
        macos: "brew install python",
        windows: "winget install --id Python.Python.3.13",
        lack: |_| program(crate::python::SYSTEM, &["-c", "import venv, ensurepip"]),
    },
    Need {
        name: "unshare and ip",
        because: "one test makes videos where there is no network",
        purpose: Purpose::Test,
        linux_only: true,
        debian: &["util-linux", "iproute2"],
        elsewhere: "",
        fedora: "sudo dnf install util-linux iproute",
        macos: "",
        windows: "",
        lack: |_| program("unshare", &["--version"]).or_else(|| program("ip", &["-V"])),
    },
    Need {
        name: "dbus and gnome-keyring",
        because: "credentials are tested against a real keyring of the tests' own",
        purpose: Purpose::Test,
        linux_only: true,
        debian: &["dbus", "gnome-keyring"],
        elsewhere: "",
        fedora: "sudo dnf install dbus-daemon gnome-keyring",
        macos: "",
        windows: "",
        lack: |_| {
            program("dbus-run-session", &["--version"]).or_else(|| program("gnome-keyring-daemon", &["--version"]))
        },
    },
    Need {
        name: "PostgreSQL 15 or newer, with pgTAP",
        because: "the hosted backend's database is tested on a real one",
        purpose: Purpose::Test,
        linux_only: true,
        debian: &["postgresql", "pgtap"],
        elsewhere: "",
        fedora: "sudo dnf install postgresql-server postgresql-pgtap",
        macos: "",
        windows: "",
        lack: |_| postgres(),
    },
    Need {
        name: "WebKitWebDriver and Xvfb",
        because: "the tests of the window drive the real one, on a display of their own",
        purpose: Purpose::Test,
        linux_only: true,
        debian: &["webkit2gtk-driver", "xvfb"],
        elsewhere: "",
        fedora: "sudo dnf install webkitgtk-driver xorg-x11-server-Xvfb",
        macos: "",
        windows: "",
        lack: |_| program("WebKitWebDriver", &["--help"]).or_else(|| program("Xvfb", &["-help"])),
    },
];

impl Need {
    /// What to type on a system where this program does not install by itself.
    pub fn by_hand(&self, system: System) -> String {
        match system {
            System::Debian if self.debian.is_empty() => self.elsewhere.to_owned(),
            System::Debian => format!("sudo apt-get install --no-install-recommends {}", self.debian.join(" ")),
            System::Fedora | System::Other => self.fedora.to_owned(),
            System::MacOs => self.macos.to_owned(),
            System::Windows => self.windows.to_owned(),
        }
    }
}

fn program(name: &str, arguments: &[&str]) -> Option<String> {
    (!succeeds(Command::new(name).args(arguments))).then(|| format!("{name} is missing"))
}

/// The programs of the newest version are where Debian puts them, or on the PATH; pgTAP is among its extensions.
fn postgres() -> Option<String> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let newest = versions.filter_map(|entry| entry.file_name().to_string_lossy().parse::<u32>().ok()).max();
    let Some(version) = newest else { return program("initdb", &["--version"]) };
    if version < 15 {
        return Some(format!("PostgreSQL {version} is too old"));
    }
    let control = format!("/usr/share/postgresql/{version}/extension/pgtap.control");
    (!std::path::Path::new(&control).exists()).then(|| "pgTAP is missing".to_owned())
}

fn rust_components(repository: &Repository) -> Option<String> {
    let missing = |tool: &&str| !succeeds(repository.cargo().args([*tool, "--version"]));
    ["fmt", "clippy"].into_iter().find(missing).map(|tool| format!("cargo {tool} is missing"))
}

fn node(_: &Repository) -> Option<String> {
    let output = Command::new("node").arg("--version").output().ok();
    let Some(said) = output.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned()) else {
        return Some("node is missing".into());
    };
    let mut parts = said.trim_start_matches('v').split('.').map(|part| part.parse::<u32>().unwrap_or(0));
    if (parts.next(), parts.next()) < (Some(20), Some(19)) {
        return Some(format!("node is too old: {said}"));
    }
    program(NPM, &["--version"])
}

/// npm's program; on Windows it is a batch file, which has to be named whole.
pub const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

/// Elements of GStreamer without which WebKitGTK does not play our videos.
const ELEMENTS: &[&str] = &["playbin3", "qtdemux", "souphttpsrc", "autoaudiosink", "avdec_h264", "avdec_aac"];

fn gstreamer(_: &Repository) -> Option<String> {
    let missing = |name: &&str| !succeeds(Command::new("gst-inspect-1.0").args(["--exists", name]));
    ELEMENTS.iter().copied().find(missing).map(|name| format!("the element {name} is missing"))
}

/// Filters without which no video can be made as planned.
const FILTERS: &[&str] = &[
    "alimiter",
    "amix",
    "aresample",
    "ass",
    "atempo",
    "boxblur",
    "crop",
    "fps",
    "loudnorm",
    "overlay",
    "scale",
    "sidechaincompress",
    "tile",
    "tonemap",
    "tpad",
    "trim",
    "volume",
    "yadif",
    "zscale",
];

fn ffmpeg(_: &Repository) -> Option<String> {
    let listed = |what: &str| {
        let output = Command::new("ffmpeg").args(["-hide_banner", what]).output().ok()?;
        Some(String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let (Some(version), Some(filters), Some(encoders)) = (listed("-version"), listed("-filters"), listed("-encoders"))
    else {
        return Some("ffmpeg is missing".into());
    };
    if version_of(&version).is_some_and(|found| found < (5, 1)) {
        let first = version.lines().next().unwrap_or_default();
        return Some(format!("ffmpeg is too old: {first}"));
    }
    let lacking: Vec<&str> = FILTERS.iter().copied().filter(|name| !lists(&filters, name)).collect();
    if !lacking.is_empty() {
        return Some(format!("this ffmpeg lacks the filters {}", lacking.join(", ")));
    }
    if !lists(&encoders, "libx264") {
        return Some("this ffmpeg lacks the encoder libx264".into());
    }
    program("ffprobe", &["-version"])
}

/// Major and minor version of `ffmpeg -version`; builds named by a date or a commit give `None` and are taken as new.
fn version_of(text: &str) -> Option<(u32, u32)> {
    let number = text.strip_prefix("ffmpeg version ")?.split_whitespace().next()?;
    let mut parts = number.trim_start_matches('n').split(|c: char| !c.is_ascii_digit());
    let major = parts.next()?.parse().ok()?;
    let minor = parts.next().and_then(|part| part.parse().ok()).unwrap_or(0);
    (major < 1000).then_some((major, minor))
}

/// True when a line of ffmpeg's table (flags, name, …) has this name.
fn lists(table: &str, name: &str) -> bool {
    table.lines().any(|line| line.split_whitespace().nth(1) == Some(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ffmpeg_versions_are_read_as_distributions_write_them() {
        assert_eq!(version_of("ffmpeg version 5.1.9-0+deb12u1 Copyright"), Some((5, 1)));
        assert_eq!(version_of("ffmpeg version n7.0 Copyright"), Some((7, 0)));
        assert_eq!(version_of("ffmpeg version 4.4.2-0ubuntu0.22.04.1 Copyright"), Some((4, 4)));
        assert_eq!(version_of("ffmpeg version N-109542-g2a4b3c Copyright"), None);
        assert_eq!(version_of("ffmpeg version 2025-01-02-git-abc Copyright"), None);
    }

    #[test]
    fn a_filter_is_found_by_its_whole_name_only() {
        let table = " ... ass               V->V       Render ASS subtitles\n T.C scale2ref         VV->VV     Scale\n";
        assert!(lists(table, "ass"));
        assert!(!lists(table, "scale"));
    }

    #[test]
    fn every_need_says_what_to_type_on_every_system_it_is_needed_on() {
        for need in NEEDS {
            for system in [System::Debian, System::Fedora, System::Other] {
                assert!(!need.by_hand(system).is_empty(), "{} on {system:?}", need.name);
            }
            for system in [System::MacOs, System::Windows] {
                assert_eq!(need.by_hand(system).is_empty(), need.linux_only, "{} on {system:?}", need.name);
            }
        }
    }
}
