//! The outside programs of a home, and what they said that stays true for as long as they are the same programs.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use super::Tools;

/// The outside programs that all profiles of a process share: another ffmpeg counts for all of them from then on.
#[derive(Debug, Clone, Default)]
pub struct SharedTools {
    tools: Arc<RwLock<Tools>>,
    said: Arc<Mutex<BTreeMap<String, String>>>,
}

impl SharedTools {
    /// These, until they are replaced.
    #[must_use]
    pub fn new(tools: Tools) -> Self {
        Self { tools: Arc::new(RwLock::new(tools)), said: Arc::default() }
    }

    /// The ones to use now.
    #[must_use]
    pub fn now(&self) -> Tools {
        self.tools.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Uses others from now on. What runs already goes on with those it was started with.
    pub fn replace(&self, tools: Tools) {
        *self.tools.write().unwrap_or_else(PoisonError::into_inner) = tools;
    }

    /// What a program said about itself when it was asked this before. The question has to name the very program (its
    /// path, size and time of change), so that another one is asked again.
    pub(crate) fn said(&self, question: &str) -> Option<String> {
        self.said.lock().unwrap_or_else(PoisonError::into_inner).get(question).cloned()
    }

    /// Remembers what a program says about itself: the same for every profile, and starting it takes time that a person
    /// who switches would wait.
    pub(crate) fn remember(&self, question: String, answer: String) {
        self.said.lock().unwrap_or_else(PoisonError::into_inner).insert(question, answer);
    }
}
