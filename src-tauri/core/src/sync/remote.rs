//! The other end, as far as syncing needs it: it takes changes of one profile, and gives what changed in one.
//!
//! A [`Remote`] holds whatever it needs to be believed (address, session) and nothing of any profile: each call names the
//! profile it is about. The values here are the wire's own, documented at `migrations/supabase/0007_sync.sql`.

use std::collections::BTreeMap;
use std::pin::Pin;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::error::{Code, Explain};
use crate::ids::RemoteProfileId;

/// A future that can be kept behind `dyn Remote`.
pub type Answering<'a, T> = Pin<Box<dyn Future<Output = Result<T, RemoteError>> + Send + 'a>>;

/// Where changes go and come from.
pub trait Remote: Send + Sync {
    /// Gives changes of a profile to the server (`sync_push`). Sent twice, they change nothing; so a call whose answer is
    /// lost is simply made again.
    fn push<'a>(&'a self, profile: RemoteProfileId, changes: &'a [Change], schema: u32) -> Answering<'a, PushReply>;

    /// A page of what changed in a profile after a place (`sync_pull`), at most `limit` rows.
    fn pull<'a>(&'a self, profile: RemoteProfileId, since: &'a Cursor, limit: u32) -> Answering<'a, Pulled>;
}

/// Columns of one row that changed: `{"t", "id", "f", "c"}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// The table's name on the server.
    pub t: String,
    /// The row's id: a UUID, lower case.
    pub id: String,
    /// The values, by column. Each column named in `c` has one, perhaps `null`.
    pub f: Map<String, Value>,
    /// When each was changed, by column: 16 hexadecimal digits, a colon, 8 of the device.
    pub c: BTreeMap<String, String>,
}

/// What the server says to a push.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PushReply {
    /// The server's time, UTC milliseconds.
    pub now_ms: i64,
    /// One answer a row.
    pub rows: Vec<RowReply>,
}

/// What the server says to one row of a push.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RowReply {
    /// The table.
    pub t: String,
    /// The row.
    pub id: String,
    /// Whether it was taken, or was known already.
    pub ok: bool,
    /// Why not: an SQLSTATE. `P0425` is a clock that is ahead of the server's.
    #[serde(default)]
    pub code: Option<String>,
    /// Why not, in the server's words.
    #[serde(default)]
    pub message: Option<String>,
}

/// A place in the order of a profile's changes: revision, number of the table, row. On the wire `[rev, table, id]`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Cursor(pub i64, pub u32, pub String);

impl Cursor {
    /// Before everything.
    #[must_use]
    pub fn start() -> Self {
        Self(0, 0, "00000000-0000-0000-0000-000000000000".to_owned())
    }
}

/// A page of changes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Pulled {
    /// The rows, in the order of their revisions.
    pub rows: Vec<PulledRow>,
    /// Whether another page waits.
    pub more: bool,
    /// Where the next page begins.
    pub cursor: Cursor,
}

/// A whole row as the server has it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PulledRow {
    /// Its revision.
    pub rev: i64,
    /// The table's name on the server.
    pub t: String,
    /// Its columns, `id`, `deleted` and `clock` among them; moments as UTC milliseconds.
    pub j: Map<String, Value>,
}

/// Why the server could not be asked, or would not answer. Nothing of it loses a change: what was not taken is sent again.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RemoteError {
    /// No connection: no network, no such host, refused, timed out.
    #[error(
        "The server cannot be reached ({why}). Your work goes on here and is sent as soon as there is a connection again."
    )]
    Offline {
        /// What the system said, without addresses of ours.
        why: String,
    },
    /// Something answered that is not the server: the sign-in page of a hotel's network, a proxy.
    #[error(
        "Something else answered instead of the server, as networks do that want you to sign in first. Open a page in your \
         browser; your work goes on here and is sent later."
    )]
    NotOurs,
    /// The session is over or was revoked (42501, 28000, PGRST30x).
    #[error(
        "The server no longer knows this device ({why}). Sign in again; your work goes on here and is sent after that."
    )]
    SignIn {
        /// What the server said.
        why: String,
    },
    /// Somebody is signed in, but has no such profile there (42501 of our own calls).
    #[error(
        "This account has no such profile there: it was erased, or somebody else is signed in. Sign in as its owner, or keep \
         the profile on this machine only. Your work stays here, whole."
    )]
    NotYours,
    /// What goes on with the session cannot be read or stored on this machine.
    #[error("The session with the server cannot be used now ({why}). Your work goes on here and is sent later.")]
    Keyring {
        /// What the keyring said.
        why: String,
    },
    /// The server takes only newer devices (P0426).
    #[error(
        "The server was made ready for a newer version of Edit Factory. Update this one to go on syncing; until then your \
         work stays here, whole."
    )]
    DeviceOlder,
    /// This device sends what the server does not know (P0427), or the server lacks the calls altogether.
    #[error(
        "The server was made ready for an older version of Edit Factory ({why}). Run `edit-factory backend migrate`; until \
         then your work stays here, whole."
    )]
    ServerOlder {
        /// What it does not know.
        why: String,
    },
    /// Too many requests (429).
    #[error("The server asks for a pause. Syncing goes on by itself in a while.")]
    TooMany {
        /// How long it said to wait.
        retry_after: Option<Duration>,
    },
    /// The server is in trouble (5xx, or an answer that breaks off): another try may do.
    #[error("The server has trouble ({why}). Syncing is tried again by itself; your work goes on here.")]
    Trouble {
        /// What it said.
        why: String,
    },
    /// The server refuses, and will refuse again: no such project, a wrong address, a request that is too large.
    #[error("The server refuses ({code}: {why}). Nothing was changed there; your work stays here, whole.")]
    Refused {
        /// The SQLSTATE, PostgREST code or HTTP status.
        code: String,
        /// What it said.
        why: String,
    },
}

/// What the server's own calls say of a profile that is not the caller's (`push.sql`, `pull.sql`).
const NO_SUCH_PROFILE: &str = "no such profile of yours";

impl RemoteError {
    /// What a SQLSTATE or a code of PostgREST means for a whole call. The HTTP status is not asked: servers differ in it.
    #[must_use]
    pub fn of_code(code: &str, why: impl Into<String>) -> Self {
        let why = why.into();
        match code {
            "42501" if why == NO_SUCH_PROFILE => Self::NotYours,
            "42501" | "28000" => Self::SignIn { why },
            // The token ran out, is none of theirs, or is missing.
            _ if code.starts_with("PGRST30") => Self::SignIn { why },
            "P0426" => Self::DeviceOlder,
            // No such function is what a server without these calls says.
            "P0427" | "PGRST202" | "42883" => Self::ServerOlder { why },
            // Serialisation, deadlock, resources, cancelled, shutting down, and PostgREST without its database.
            "40001" | "40P01" | "53000" | "53100" | "53200" | "53300" | "57014" | "57P01" | "57P02" | "57P03"
            | "PGRST000" | "PGRST001" | "PGRST002" | "PGRST003" => Self::Trouble { why },
            _ if code.starts_with("08") => Self::Trouble { why },
            _ => Self::Refused { code: code.to_owned(), why },
        }
    }

    /// Whether another try may do without anybody doing anything.
    #[must_use]
    pub fn passes(&self) -> bool {
        matches!(
            self,
            Self::Offline { .. } | Self::NotOurs | Self::TooMany { .. } | Self::Trouble { .. } | Self::Keyring { .. }
        )
    }
}

impl Explain for RemoteError {
    fn code(&self) -> Code {
        match self {
            Self::Offline { .. } | Self::NotOurs | Self::TooMany { .. } | Self::Trouble { .. } => Code::Offline,
            Self::SignIn { .. } => Code::SignIn,
            Self::Keyring { .. } => Code::Keyring,
            Self::DeviceOlder | Self::ServerOlder { .. } => Code::OtherVersion,
            Self::NotYours | Self::Refused { .. } => Code::SyncRefused,
        }
    }

    fn details(&self) -> Value {
        match self {
            Self::TooMany { retry_after: Some(wait) } => json!({ "retry_after_s": wait.as_secs() }),
            Self::Refused { code, .. } => json!({ "said": code }),
            _ => json!({}),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_of_the_whole_call_never_looks_like_one_of_a_row() {
        for code in ["42501", "28000", "PGRST301", "PGRST303"] {
            assert!(matches!(RemoteError::of_code(code, "x"), RemoteError::SignIn { .. }), "{code}");
        }
        assert_eq!(RemoteError::of_code("42501", NO_SUCH_PROFILE), RemoteError::NotYours);
        assert!(
            include_str!("push.sql").contains(NO_SUCH_PROFILE) && include_str!("pull.sql").contains(NO_SUCH_PROFILE)
        );
        assert_eq!(RemoteError::of_code("P0426", "x"), RemoteError::DeviceOlder);
        assert!(matches!(RemoteError::of_code("P0427", "x"), RemoteError::ServerOlder { .. }));
        assert!(RemoteError::of_code("57P01", "x").passes() && !RemoteError::of_code("22P02", "x").passes());
    }

    #[test]
    fn the_wire_is_what_the_server_writes() {
        let page = r#"{"rows": [{"rev": 3, "t": "projects", "j": {"id": "a"}}], "more": false, "cursor": [3, 3, "a"]}"#;
        let page: Pulled = serde_json::from_str(page).unwrap();
        assert_eq!((page.rows[0].rev, page.cursor), (3, Cursor(3, 3, "a".to_owned())));
        assert!(Cursor::start() < Cursor(1, 0, String::new()));
        let reply =
            r#"{"now_ms": 5, "rows": [{"t": "clips", "id": "b", "ok": false, "code": "23514", "message": "no"}]}"#;
        assert_eq!(serde_json::from_str::<PushReply>(reply).unwrap().rows[0].code.as_deref(), Some("23514"));
    }
}
