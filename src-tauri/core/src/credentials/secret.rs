//! A secret on its way in: reads from JSON, and can be written nowhere.

use secrecy::SecretString;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use ts_rs::TS;

/// What a person typed. Shown and written it is a few dots.
#[derive(Clone, TS)]
#[ts(type = "string")]
pub struct Secret(SecretString);

const DOTS: &str = "…";

impl Secret {
    /// For whoever stores it.
    #[must_use]
    pub fn into_inner(self) -> SecretString {
        self.0
    }
}

impl From<SecretString> for Secret {
    fn from(secret: SecretString) -> Self {
        Self(secret)
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(DOTS)
    }
}

impl PartialEq for Secret {
    /// No two are the same: comparing would only help to guess.
    fn eq(&self, _: &Self) -> bool {
        false
    }
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(DOTS)
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reads;
        impl serde::de::Visitor<'_> for Reads {
            type Value = Secret;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a secret")
            }
            fn visit_str<E>(self, text: &str) -> Result<Secret, E> {
                Ok(Secret(text.to_owned().into()))
            }
            fn visit_string<E>(self, text: String) -> Result<Secret, E> {
                Ok(Secret(text.into()))
            }
        }
        deserializer.deserialize_string(Reads)
    }
}
