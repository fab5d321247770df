//! What was run for one job, for a person who wants to know: each command with the end of what it said.

use std::sync::{Arc, Mutex, PoisonError};

/// How much of what a command said is kept, bytes.
const STDERR_KEPT: usize = 2 * 1024;
/// How much of a command is kept, bytes.
const COMMAND_KEPT: usize = 16 * 1024;

/// A command that ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ran {
    /// When it was started, UTC milliseconds.
    pub at: i64,
    /// As it would be typed.
    pub command: String,
    /// The end of what it wrote on stderr.
    pub stderr: String,
}

/// What was run, until it is taken down. Clones are the same journal.
#[derive(Debug, Clone, Default)]
pub(super) struct Journal(Arc<Mutex<Vec<Ran>>>);

impl Journal {
    /// A command starts now.
    pub(super) fn begin(&self, command: String) -> Entry {
        Entry { journal: self.clone(), at: crate::time::now_ms(), command }
    }

    /// What ended since the last time, in that order.
    pub(super) fn take(&self) -> Vec<Ran> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// A line of the journal that waits for its command to end.
pub(super) struct Entry {
    journal: Journal,
    at: i64,
    command: String,
}

impl Entry {
    /// The command has ended and said this.
    pub(super) fn ended(self, stderr: &str) {
        let command = start(&self.command, COMMAND_KEPT).to_owned();
        let ran = Ran { at: self.at, command, stderr: end(stderr, STDERR_KEPT).to_owned() };
        self.journal.0.lock().unwrap_or_else(PoisonError::into_inner).push(ran);
    }
}

/// The first bytes of a text, cut between characters.
fn start(text: &str, most: usize) -> &str {
    &text[..text.floor_char_boundary(most)]
}

/// The last bytes of a text, cut between characters.
fn end(text: &str, most: usize) -> &str {
    &text[text.ceil_char_boundary(text.len().saturating_sub(most))..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_cut_between_characters() {
        assert_eq!((start("aăb", 2), end("aăb", 2)), ("a", "b"));
        assert_eq!((start("ab", 9), end("ab", 9)), ("ab", "ab"));
    }
}
