//! Loopback copies of the services that speak, ElevenLabs over HTTP and Edge read-aloud over WebSocket, and of the hosts
//! that voices are downloaded from; a hosted project that fails; the service that posts; and a way to a real server that
//! hears everything. They speak real speech, made by the offline voices, so that every check passes; or they fail in one of
//! the ways such services fail. They record what they were asked, so that a test can say "nothing was sent".

pub mod edge;
pub mod elevenlabs;
pub mod files;
pub mod history;
mod http;
pub mod postiz;
pub mod relay;
mod server;
pub mod sound;
pub mod supabase;

use std::sync::{Arc, Mutex};

use tokio::sync::Notify;

/// What was asked, in order.
#[derive(Debug, Clone, Default)]
pub struct Asked(Arc<Mutex<Vec<Request>>>, Arc<Notify>);

/// One thing that was asked.
#[derive(Debug, Clone)]
pub struct Request {
    /// "POST /v1/text-to-speech/…", "GET /edge/v1?…", "speak".
    pub what: String,
    /// Its headers.
    pub headers: Vec<(String, String)>,
    /// Its body: JSON, or SSML.
    pub body: String,
}

impl Request {
    /// A header by its name, letter case aside.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(have, _)| have.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

impl Asked {
    fn push(&self, request: Request) -> usize {
        let mut all = self.0.lock().unwrap();
        all.push(request);
        self.1.notify_waiters();
        all.len()
    }

    /// Waits until so many were asked whose line has this in it.
    ///
    /// # Panics
    /// Never.
    pub async fn until(&self, part: &str, count: usize) {
        loop {
            let next = self.1.notified();
            tokio::pin!(next);
            // From here on nothing is missed.
            next.as_mut().enable();
            if self.with(part).len() >= count {
                return;
            }
            next.await;
        }
    }

    /// All of it.
    #[must_use]
    pub fn all(&self) -> Vec<Request> {
        self.0.lock().unwrap().clone()
    }

    /// Those whose line has this in it.
    #[must_use]
    pub fn with(&self, part: &str) -> Vec<Request> {
        self.all().into_iter().filter(|request| request.what.contains(part)).collect()
    }

    /// How many there were.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.lock().unwrap().len()
    }
}
