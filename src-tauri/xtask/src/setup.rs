//! Installs what is missing where that is possible without asking, else says what to type. Quick when nothing is
//! missing. What is needed is listed in [`crate::needs`].

use std::collections::BTreeSet;
use std::process::Command;

use crate::machine::{Administrator, System};
use crate::needs::{NEEDS, Need, Purpose, RUST_COMPONENTS};
use crate::python;
use crate::run::{Repository, Stop, show, succeeds};
use crate::ui;

/// Something that is not there, with what was seen.
type Missing = (&'static Need, String);

/// For the demo, the tests and the benchmarks.
pub fn everything(repository: &Repository) -> Result<(), Stop> {
    for_purpose(repository, Purpose::Test)?;
    println!("Everything that demo, test, bench and soak need is there.");
    Ok(())
}

/// Sees to it that everything for this purpose is there.
pub fn for_purpose(repository: &Repository, purpose: Purpose) -> Result<(), Stop> {
    let missing = missing(repository, purpose);
    if !missing.is_empty() {
        install(repository, &missing)?;
        let still = self::missing(repository, purpose);
        if !still.is_empty() {
            return Err(Stop::Said(by_hand(System::here(), &still)));
        }
    }
    if purpose < Purpose::Test {
        return Ok(());
    }
    python::prepare(repository)?;
    python::prepare_voices(repository)?;
    ui::test_servers(repository)
}

fn missing(repository: &Repository, purpose: Purpose) -> Vec<Missing> {
    NEEDS
        .iter()
        .filter(|need| need.purpose <= purpose && (!need.linux_only || cfg!(target_os = "linux")))
        .filter_map(|need| Some((need, (need.lack)(repository)?)))
        .collect()
}

fn install(repository: &Repository, missing: &[Missing]) -> Result<(), Stop> {
    let system = System::here();
    if missing.iter().any(|(need, _)| need.elsewhere == RUST_COMPONENTS)
        && succeeds(Command::new("rustup").arg("--version"))
    {
        show(repository.command("rustup").args(["component", "add", "rustfmt", "clippy"]))?;
    }
    let packages: BTreeSet<&str> = missing.iter().flat_map(|(need, _)| need.debian).copied().collect();
    if packages.is_empty() {
        return Ok(());
    }
    let administrator = Administrator::here();
    if system != System::Debian || administrator == Administrator::No {
        return Err(Stop::Said(by_hand(system, missing)));
    }
    let list = packages.iter().copied().collect::<Vec<_>>().join(" ");
    println!("Installing with apt: {list}");
    let apt = |arguments: &[&str]| {
        let mut command = match administrator {
            Administrator::BySudo => {
                let mut sudo = repository.command("sudo");
                // The variable is given to env, because sudo does not hand variables on.
                sudo.args(["-n", "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
                sudo
            }
            _ => repository.command("apt-get"),
        };
        command.env("DEBIAN_FRONTEND", "noninteractive").args(["-q", "-y"]).args(arguments);
        command
    };
    show(&mut apt(&["update"]))?;
    let mut words = vec!["install", "--no-install-recommends"];
    words.extend(packages);
    show(&mut apt(&words))
}

/// The whole message for somebody who has to install it: what is missing, why it matters, what to type.
fn by_hand(system: System, missing: &[Missing]) -> String {
    let mut text = String::from("Something is missing on this machine, and it cannot be installed from here:\n");
    for (need, seen) in missing {
        text += &format!("\n  {} ({seen})\n    {}\n", need.name, need.because);
    }
    if system == System::Debian {
        let packages: BTreeSet<&str> = missing.iter().flat_map(|(need, _)| need.debian).copied().collect();
        let packages: Vec<&str> = packages.into_iter().collect();
        text += "\nType this, then run the task again:\n\n";
        if !packages.is_empty() {
            text += "  sudo apt-get update && ";
            text += &format!("sudo apt-get install --no-install-recommends {}\n", packages.join(" "));
        }
        for (need, _) in missing.iter().filter(|(need, _)| need.debian.is_empty()) {
            text += &format!("  {}\n", need.elsewhere);
        }
        return text;
    }
    text.push_str("\nType this, then run the task again:\n");
    let systems = [
        ("Fedora", System::Fedora),
        ("macOS", System::MacOs),
        ("Windows", System::Windows),
        ("Debian, Ubuntu", System::Debian),
    ];
    for (name, each) in systems.into_iter().filter(|(_, each)| system == System::Other || *each == system) {
        text += &format!("\n  {name}:\n");
        for (need, _) in missing {
            text += &format!("    {}\n", need.by_hand(each));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all_missing() -> Vec<Missing> {
        NEEDS.iter().map(|need| (need, "missing".to_owned())).collect()
    }

    #[test]
    fn on_debian_one_line_installs_everything_that_is_missing() {
        let text = by_hand(System::Debian, &all_missing());
        let line = text.lines().find(|line| line.contains("apt-get")).expect("a line to type");
        assert!(line.contains("ffmpeg") && line.contains("espeak-ng") && line.contains("gnome-keyring"));
        assert!(text.contains("rustup component add") && text.contains("nodejs.org"), "what is no package: {text}");
    }

    #[test]
    fn on_debian_what_is_no_package_is_not_asked_of_apt() {
        let node: Vec<Missing> = all_missing().into_iter().filter(|(need, _)| need.name.starts_with("Node")).collect();
        let text = by_hand(System::Debian, &node);
        assert!(text.contains("nodejs.org") && !text.contains("apt-get"), "{text}");
    }

    #[test]
    fn an_unknown_system_is_told_what_to_type_on_all_known_ones() {
        let text = by_hand(System::Other, &all_missing());
        for part in ["Fedora", "macOS", "Windows", "Debian", "brew install", "winget install", "dnf install"] {
            assert!(text.contains(part), "{part}");
        }
    }

    #[test]
    fn a_known_system_is_told_only_what_to_type_there() {
        let text = by_hand(System::MacOs, &all_missing());
        assert!(text.contains("brew install espeak-ng"));
        assert!(!text.contains("winget") && !text.contains("dnf"));
    }
}
