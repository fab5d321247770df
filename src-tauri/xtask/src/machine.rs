//! What kind of machine this is, as far as installing programs goes.

use std::process::Command;

use crate::run::succeeds;

/// The family of package manager.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum System {
    /// Debian, Ubuntu and what is made of them.
    Debian,
    /// Fedora and what is made of it.
    Fedora,
    /// macOS with Homebrew.
    MacOs,
    /// Windows with winget.
    Windows,
    /// Anything else.
    Other,
}

impl System {
    /// The system this runs on.
    pub fn here() -> Self {
        if cfg!(target_os = "macos") {
            return Self::MacOs;
        }
        if cfg!(windows) {
            return Self::Windows;
        }
        std::fs::read_to_string("/etc/os-release").map_or(Self::Other, |text| Self::of_os_release(&text))
    }

    fn of_os_release(text: &str) -> Self {
        let value = |key: &str| {
            text.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix('=')).unwrap_or_default().replace('"', "")
        };
        let names = format!("{} {}", value("ID"), value("ID_LIKE"));
        let is = |name: &str| names.split_whitespace().any(|word| word == name);
        if is("debian") || is("ubuntu") {
            Self::Debian
        } else if is("fedora") || is("rhel") {
            Self::Fedora
        } else {
            Self::Other
        }
    }
}

/// How a program is run as the administrator without asking anybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Administrator {
    /// This process is root.
    Already,
    /// `sudo` does it without a password.
    BySudo,
    /// Not possible.
    No,
}

impl Administrator {
    /// What is possible here.
    pub fn here() -> Self {
        let id = Command::new("id").arg("-u").output();
        if id.is_ok_and(|output| output.stdout.trim_ascii() == b"0") {
            Self::Already
        } else if succeeds(Command::new("sudo").args(["-n", "true"])) {
            Self::BySudo
        } else {
            Self::No
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_is_known_by_its_own_name_or_by_what_it_is_made_of() {
        assert_eq!(System::of_os_release("NAME=\"Debian GNU/Linux\"\nID=debian\n"), System::Debian);
        assert_eq!(System::of_os_release("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n"), System::Debian);
        assert_eq!(System::of_os_release("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n"), System::Fedora);
        assert_eq!(System::of_os_release("ID=arch\n"), System::Other);
        assert_eq!(System::of_os_release(""), System::Other);
    }
}
