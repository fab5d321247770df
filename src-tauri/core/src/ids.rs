//! Typed identifiers: UUIDv7, made by us, never reused, sortable by the time they were made.
//!
//! One type a thing, so that a clip's id cannot be handed to a call that wants a project's.

use std::fmt;
use std::str::FromStr;

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// The text given is not an identifier.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not an identifier")]
pub struct BadId(pub String);

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
        #[serde(transparent)]
        #[ts(type = "string")]
        pub struct $name(Uuid);

        impl $name {
            /// A new identifier (UUIDv7).
            #[must_use]
            #[allow(clippy::new_without_default, reason = "a default that differs each time surprises")]
            pub fn new() -> Self {
                Self(Uuid::now_v7())
            }

            /// The identifier with these 16 bytes; for values derived from a hash or made by tests.
            #[must_use]
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(Uuid::from_bytes(bytes))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = BadId;
            fn from_str(text: &str) -> Result<Self, BadId> {
                Uuid::parse_str(text).map(Self).map_err(|_| BadId(text.to_owned()))
            }
        }

        impl ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(self.0.to_string().into())
            }
        }

        impl FromSql for $name {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                value.as_str()?.parse().map_err(|e: BadId| FromSqlError::Other(Box::new(e)))
            }
        }
    )*};
}

ids! {
    /// A workspace for one brand.
    ProfileId
    /// The same workspace as the hosted backend knows it.
    RemoteProfileId
    /// An imported footage file.
    SourceId
    /// A time range of a source.
    ShotId
    /// A script (or several), the sources it may use, the look, the target platform.
    ProjectId
    /// The text to be spoken.
    ScriptId
    /// Spoken audio for one script.
    VoiceoverId
    /// One planned video of a project.
    VariantId
    /// A finished file in the library.
    ClipId
    /// One unit of background work.
    JobId
    /// Several jobs that were asked for together.
    BatchId
    /// One clip on one account, published or to be.
    PublicationId
    /// A paid call.
    LedgerId
}
