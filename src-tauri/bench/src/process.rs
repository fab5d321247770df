//! Programs run to their end, with what they cost: wall time, processor time with all their children, and the largest
//! memory of the program itself. Linux tells these in `/proc`; elsewhere the last two are unknown.

use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::BenchError;

/// What a program cost.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cost {
    /// Seconds on the clock.
    pub wall: f64,
    /// Seconds of all cores together, children counted in.
    pub cpu: f64,
    /// Largest resident memory of the program itself, children left out, in MB.
    pub memory: f64,
}

/// How often memory is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// Runs it; its output goes to `log`.
pub fn run(command: &mut Command, log: &Path) -> Result<Cost, BenchError> {
    let name = shown(command);
    let said = File::create(log).map_err(BenchError::io(log.display().to_string()))?;
    let also = said.try_clone().map_err(BenchError::io(log.display().to_string()))?;
    let before = children_seconds();
    let started = Instant::now();
    let mut child =
        command.stdin(Stdio::null()).stdout(said).stderr(also).spawn().map_err(BenchError::io(name.clone()))?;
    let status_file = format!("/proc/{}/status", child.id());
    let mut memory = 0.0_f64;
    let status = loop {
        if let Some(status) = child.try_wait().map_err(BenchError::io(name.clone()))? {
            break status;
        }
        memory = memory.max(std::fs::read_to_string(&status_file).map_or(0.0, |text| high_water_mb(&text)));
        thread::sleep(LOOK_EVERY);
    };
    let wall = started.elapsed().as_secs_f64();
    if !status.success() {
        let text = std::fs::read_to_string(log).unwrap_or_default();
        let from = text.len().saturating_sub(1500);
        let said = text.get(from..).unwrap_or(&text).to_owned();
        return Err(BenchError::Tool { command: name, said });
    }
    Ok(Cost { wall, cpu: children_seconds() - before, memory })
}

/// Runs it and gives its standard output.
pub fn said(command: &mut Command) -> Result<String, BenchError> {
    let name = shown(command);
    let output = command.stdin(Stdio::null()).output().map_err(BenchError::io(name.clone()))?;
    if !output.status.success() {
        return Err(BenchError::Tool { command: name, said: String::from_utf8_lossy(&output.stderr).into_owned() });
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn shown(command: &Command) -> String {
    let program = command.get_program().to_string_lossy().into_owned();
    command.get_args().fold(program, |line, word| line + " " + &word.to_string_lossy())
}

fn high_water_mb(status: &str) -> f64 {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    let kilobytes: f64 = line.split_whitespace().next().and_then(|number| number.parse().ok()).unwrap_or(0.0);
    kilobytes / 1024.0
}

/// The memory of this program in MB as it is; from then on the largest is counted anew.
pub fn own_memory_mb() -> f64 {
    if let Err(error) = std::fs::write("/proc/self/clear_refs", "5") {
        eprintln!("the largest memory is that since the start: {error}");
    }
    own_largest_memory_mb()
}

/// The largest memory of this program in MB since then.
pub fn own_largest_memory_mb() -> f64 {
    std::fs::read_to_string("/proc/self/status").map_or(0.0, |text| high_water_mb(&text))
}

/// Processor seconds of all children that have ended, and of theirs.
fn children_seconds() -> f64 {
    std::fs::read_to_string("/proc/self/stat").map_or(0.0, |stat| ended_children(&stat))
}

fn ended_children(stat: &str) -> f64 {
    // Fields are counted after the name in brackets, which may hold spaces: cutime and cstime are the 14th and 15th
    // from there, in hundredths of a second.
    let after_name = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    after_name.split_whitespace().skip(13).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_children_are_read_after_a_name_with_spaces() {
        let stat = "7 (a b) c) S 1 7 7 0 -1 4194304 100 200 0 0 11 12 250 150 20 0 1 0 9";
        assert!((ended_children(stat) - 4.0).abs() < 1e-9);
    }

    #[test]
    fn the_largest_memory_is_read_in_megabytes() {
        assert!((high_water_mb("Name:\tx\nVmHWM:\t   20480 kB\n") - 20.0).abs() < 1e-9);
        assert!(high_water_mb("").abs() < 1e-9);
    }
}
