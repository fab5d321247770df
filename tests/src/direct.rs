//! The server's push and pull, called on the database itself: for tests that make thousands of calls and let many of them go
//! wrong. What a device does over HTTP is tried elsewhere.

use std::sync::Mutex;

use edit_factory_core::ids::RemoteProfileId;
use edit_factory_core::sync::remote::{Answering, Change, Cursor, Pulled, PushReply, Remote, RemoteError};
use serde::de::DeserializeOwned;
use serde_json::json;

use crate::postgres::{Reach, Session};

/// What goes wrong with a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Nothing.
    None,
    /// It never arrives.
    Lost,
    /// It is done, and the answer is lost.
    LostAnswer,
    /// It arrives twice.
    Twice,
    /// The device goes away before it is made.
    Gone,
    /// The device goes away before it hears the answer.
    GoneAfter,
    /// The connection breaks before the server commits.
    Broken,
    /// The server takes only newer devices.
    DeviceOlder,
    /// The device sends what the server does not know.
    ServerOlder,
}

/// Decides what goes wrong with the next call.
pub type Choose<'a> = Box<dyn FnMut() -> Fault + Send + 'a>;

/// The other end, as one user sees it.
pub struct Direct<'a> {
    server: Reach,
    database: &'a str,
    user: &'a str,
    session: Mutex<Session>,
    choose: Mutex<Choose<'a>>,
    during: Mutex<Box<dyn FnMut() + Send + 'a>>,
}

impl<'a> Direct<'a> {
    /// Nothing goes wrong.
    #[must_use]
    pub fn new(server: Reach, database: &'a str, user: &'a str) -> Self {
        Self::faulty(server, database, user, Box::new(|| Fault::None), Box::new(|| {}))
    }

    /// `choose` says what goes wrong; `during` is run while a call is under way.
    #[must_use]
    pub fn faulty(
        server: Reach,
        database: &'a str,
        user: &'a str,
        choose: Choose<'a>,
        during: Box<dyn FnMut() + Send + 'a>,
    ) -> Self {
        let session = Mutex::new(server.session(database, user));
        Self { server, database, user, session, choose: Mutex::new(choose), during: Mutex::new(during) }
    }

    /// `None` when the device goes away.
    fn call<T: DeserializeOwned>(&self, fault: Fault, sql: &str) -> Option<Result<T, RemoteError>> {
        let offline = || Some(Err(RemoteError::Offline { why: "a test".to_owned() }));
        let mut session = self.session.lock().unwrap();
        match fault {
            Fault::Lost => return offline(),
            Fault::Gone => return None,
            Fault::Broken => {
                session.ask("begin;").unwrap();
                // Whatever it says, it does not come to pass.
                let _ = session.ask(sql);
                *session = self.server.session(self.database, self.user);
                return offline();
            }
            _ => {}
        }
        let answer = session.ask(sql);
        (self.during.lock().unwrap())();
        if fault == Fault::Twice {
            let again = session.ask(sql);
            assert_eq!(answer.is_ok(), again.is_ok());
        }
        match (fault, answer) {
            (Fault::LostAnswer, _) => offline(),
            (Fault::GoneAfter, _) => None,
            (_, Ok(text)) => Some(Ok(serde_json::from_str(text.trim()).unwrap())),
            (_, Err((state, message))) => Some(Err(RemoteError::of_code(&state, message))),
        }
    }

    fn fault(&self) -> Fault {
        (self.choose.lock().unwrap())()
    }
}

fn answering<'b, T: Send + 'b>(answer: Option<Result<T, RemoteError>>) -> Answering<'b, T> {
    Box::pin(async move {
        match answer {
            Some(answer) => answer,
            None => std::future::pending().await,
        }
    })
}

impl Remote for Direct<'_> {
    fn push<'b>(&'b self, profile: RemoteProfileId, changes: &'b [Change], schema: u32) -> Answering<'b, PushReply> {
        let fault = self.fault();
        let mut changes = changes.to_vec();
        let schema = if fault == Fault::DeviceOlder { 0 } else { schema };
        if let (Fault::ServerOlder, Some(first)) = (fault, changes.first_mut()) {
            let clock = first.c.values().next().unwrap().clone();
            first.c.insert("colour_of_the_future".to_owned(), clock);
            first.f.insert("colour_of_the_future".to_owned(), json!("red"));
        }
        let changes = serde_json::to_string(&changes).unwrap();
        let sql = format!("select public.sync_push('{profile}', $ef${changes}$ef$::jsonb, {schema});");
        answering(self.call(fault, &sql))
    }

    fn pull<'b>(&'b self, profile: RemoteProfileId, since: &'b Cursor, limit: u32) -> Answering<'b, Pulled> {
        let since = serde_json::to_string(since).unwrap();
        let sql = format!("select public.sync_pull('{profile}', $ef${since}$ef$::jsonb, {limit});");
        answering(self.call(self.fault(), &sql))
    }
}
