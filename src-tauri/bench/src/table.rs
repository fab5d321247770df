//! The table of results: one row a promise, with what was aimed at, what was seen and the plain figures behind it.

use std::fmt;

use std::path::Path;

use serde::Deserialize;

use crate::BenchError;
use crate::facts::Facts;

/// What was aimed at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Aim {
    /// At most this.
    AtMost(f64),
    /// At least this.
    AtLeast(f64),
    /// No aim; recorded.
    Recorded,
}

/// One measurement.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// What was measured.
    pub what: String,
    /// What was aimed at, in `unit`.
    pub aim: Aim,
    /// What was seen, in `unit`.
    pub seen: f64,
    /// "x" for a ratio, "ms", "MB", "%".
    pub unit: &'static str,
    /// The absolute figures behind it.
    pub behind: String,
}

impl Row {
    fn met(&self) -> &'static str {
        match self.aim {
            Aim::AtMost(most) if self.seen <= most => "yes",
            Aim::AtLeast(least) if self.seen >= least => "yes",
            Aim::Recorded => "",
            _ => "**no**",
        }
    }

    fn number(&self, value: f64) -> String {
        match self.unit {
            "x" => format!("{value:.2} x"),
            unit if value < 10.0 => format!("{value:.1} {unit}"),
            unit => format!("{value:.0} {unit}"),
        }
    }

    fn aim(&self) -> String {
        match self.aim {
            Aim::AtMost(most) => format!("≤ {}", self.number(most)),
            Aim::AtLeast(least) => format!("≥ {}", self.number(least)),
            Aim::Recorded => "recorded".into(),
        }
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} ({}; {})", self.what, self.number(self.seen), self.aim(), self.behind)
    }
}

/// A measurement as another program wrote it.
#[derive(Debug, Deserialize)]
struct Measured {
    what: String,
    at_most: f64,
    seen: f64,
    unit: String,
    behind: String,
}

/// The rows of a JSON file that another program wrote.
pub fn measured_elsewhere(file: &Path) -> Result<Vec<Row>, BenchError> {
    let what = || file.display().to_string();
    let text = std::fs::read(file).map_err(BenchError::io(what()))?;
    let rows: Vec<Measured> =
        serde_json::from_slice(&text).map_err(|e| BenchError::Unexpected(format!("{}: {e}", what())))?;
    rows.into_iter()
        .map(|row| {
            let known = ["s", "ms", "MB", "%"].into_iter().find(|unit| *unit == row.unit);
            let unit = known.ok_or_else(|| BenchError::Unexpected(format!("a unit \"{}\"", row.unit)))?;
            Ok(Row { what: row.what, aim: Aim::AtMost(row.at_most), seen: row.seen, unit, behind: row.behind })
        })
        .collect()
}

/// All rows of one run on one machine.
#[derive(Debug)]
pub struct Table {
    facts: Facts,
    rows: Vec<Row>,
}

impl Table {
    /// An empty table for this machine.
    pub fn new(facts: Facts) -> Self {
        Self { facts, rows: Vec::new() }
    }

    /// Adds a row.
    pub fn push(&mut self, row: Row) {
        self.rows.push(row);
    }

    /// The table as it stands in the repository.
    pub fn markdown(&self) -> String {
        let facts = &self.facts;
        let mut text = format!(
            "# Speed and memory\n\nWritten by `cargo xtask bench` on {}: {} cores ({}), {}, {}.\n\
             Load when it began: {}.\n\n\
             Ratios are taken inside one run, so they can be compared between machines; the absolute figures cannot.\n\n\
             | what | aim | seen | met | behind it |\n| --- | --- | --- | --- | --- |\n",
            facts.date, facts.cores, facts.processor, facts.system, facts.ffmpeg, facts.load
        );
        for row in &self.rows {
            text += &format!(
                "| {} | {} | {} | {} | {} |\n",
                row.what,
                row.aim(),
                row.number(row.seen),
                row.met(),
                row.behind
            );
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(aim: Aim, seen: f64, unit: &'static str) -> Row {
        Row { what: "w".into(), aim, seen, unit, behind: "b".into() }
    }

    #[test]
    fn a_missed_aim_is_said_loudly() {
        assert_eq!(row(Aim::AtMost(1.1), 1.1, "x").met(), "yes");
        assert_eq!(row(Aim::AtMost(1.1), 1.2, "x").met(), "**no**");
        assert_eq!(row(Aim::AtLeast(90.0), 89.0, "%").met(), "**no**");
        assert_eq!(row(Aim::Recorded, 3.0, "ms").met(), "");
    }

    #[test]
    fn every_row_has_a_line_with_its_aim_and_figures() {
        let mut table = Table::new(Facts::default());
        table.push(row(Aim::AtMost(1.1), 1.04, "x"));
        assert!(table.markdown().ends_with("| w | ≤ 1.10 x | 1.04 x | yes | b |\n"));
    }
}
