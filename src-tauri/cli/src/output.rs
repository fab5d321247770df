//! What the program writes at its end: one JSON document, or text for a person; and the number it ends with.

use std::fmt::Display;
use std::io::Write;
use std::process::ExitCode;

use edit_factory_core::error::{Code, Failure};
use serde::Serialize;
use serde_json::{Value, json};

/// The answer of a command.
#[derive(Debug)]
pub struct Outcome {
    /// For `--json`.
    pub document: Value,
    /// For a person; ends without a line break.
    pub text: String,
    /// Set when part of it went wrong: the program ends with 1, and the document carries this as `error`.
    pub failure: Option<Failure>,
}

impl Outcome {
    /// All went well.
    pub fn new(document: &impl Serialize, text: impl Into<String>) -> Result<Self, Failure> {
        let document = serde_json::to_value(document)
            .map_err(|e| Failure::new(Code::Internal, format!("The answer could not be written as JSON: {e}")))?;
        Ok(Self { document, text: text.into(), failure: None })
    }

    /// The same when part of it went wrong.
    pub fn but(mut self, failure: Option<Failure>) -> Self {
        self.failure = failure;
        self
    }
}

/// How to write.
#[derive(Debug, Clone, Copy)]
pub struct Output {
    /// One JSON document on stdout, whatever happens.
    pub json: bool,
}

const USAGE: u8 = 2;

impl Output {
    /// Writes the answer and gives the number to end with.
    pub fn finish(self, outcome: Result<Outcome, Failure>) -> ExitCode {
        match outcome {
            Ok(Outcome { mut document, text, failure }) => {
                if self.json {
                    if let (Some(failure), Value::Object(fields)) = (&failure, &mut document) {
                        fields.insert("error".into(), json!(failure));
                    }
                    say_document(&document);
                } else {
                    if !text.is_empty() {
                        say(&text);
                    }
                    if let Some(failure) = &failure {
                        complain(failure);
                    }
                }
                if failure.is_some() { ExitCode::FAILURE } else { ExitCode::SUCCESS }
            }
            Err(failure) => {
                if self.json {
                    say_document(&json!({ "error": failure }))
                } else {
                    complain(&failure)
                }
                ExitCode::FAILURE
            }
        }
    }

    /// Writes what reading the arguments ended with: help, the version, or what is wrong with them.
    pub fn finish_parsing(self, error: &clap::Error) -> ExitCode {
        use clap::error::ErrorKind::{DisplayHelp, DisplayVersion};
        let text = error.render();
        let asked_for = match error.kind() {
            DisplayHelp => Some("help"),
            DisplayVersion => Some("version"),
            _ => None,
        };
        match (asked_for, self.json) {
            (Some(name), true) => say_document(&json!({ name: text.to_string() })),
            (None, true) => {
                let message = text.to_string();
                let first = message.lines().next().unwrap_or_default().trim_start_matches("error: ");
                let failure = json!({ "code": "usage", "message": first, "details": { "says": message } });
                say_document(&json!({ "error": failure }));
            }
            // Clap knows whether there is a terminal that shows colours.
            (_, false) => {
                if let Err(error) = error.print() {
                    tracing::debug!(%error, "nobody reads the answer");
                }
            }
        }
        if asked_for.is_some() { ExitCode::SUCCESS } else { ExitCode::from(USAGE) }
    }
}

fn say_document(document: &Value) {
    say(&format!("{document:#}"));
}

fn say(text: &str) {
    let mut stdout = std::io::stdout().lock();
    if let Err(error) = writeln!(stdout, "{text}").and_then(|()| stdout.flush()) {
        // A reader that has seen enough (`| head`) is no reason to complain.
        if error.kind() != std::io::ErrorKind::BrokenPipe {
            to_stderr(&format!("error: the answer could not be written: {error}\n"));
        }
    }
}

fn complain(failure: &Failure) {
    let mut text = format!("error: {}\n", failure.message);
    for cause in failure.details["causes"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        // Most messages name their cause already.
        if !failure.message.contains(cause) {
            text.push_str(&format!("  because: {cause}\n"));
        }
    }
    if let Some(stderr) = failure.details["stderr"].as_str() {
        let last: Vec<&str> = stderr.lines().filter(|l| !l.trim().is_empty()).collect();
        for line in &last[last.len().saturating_sub(5)..] {
            text.push_str(&format!("  | {line}\n"));
        }
    }
    to_stderr(&text);
}

/// Nothing can be done when stderr is gone.
fn to_stderr(text: &impl Display) {
    drop(write!(std::io::stderr().lock(), "{text}"));
}

/// A line for a person, beside the answer.
pub fn aside(text: &str) {
    to_stderr(&format!("{text}\n"));
}
