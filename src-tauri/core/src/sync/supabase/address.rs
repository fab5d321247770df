//! Where a project is, and the key that lets a program knock at its door. The key is public: it is in every program of the
//! project, and what it opens is decided by row level security.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use reqwest::Url;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::error::{Code, Explain};

/// No key is longer.
const LONGEST: usize = 4096;

/// Why this is no address of a project.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// Not the address of a project.
    #[error(
        "\"{0}\" is not the address of a project. It looks like https://abcdefgh.supabase.co; the project's page shows it \
         under Settings, API. Nothing was changed."
    )]
    Url(String),
    /// Not a key.
    #[error("That is not a publishable key of a project (it is one word, sb_publishable_…). Nothing was changed.")]
    Key,
    /// A key that opens everything.
    #[error(
        "That is the project's secret key: it opens the work of everybody, and this program never uses it. Give the \
         publishable (anon) key. Nothing was stored; since you have copied the secret one, think about replacing it."
    )]
    Secret,
}

impl Explain for AddressError {
    fn code(&self) -> Code {
        Code::InvalidInput
    }
}

/// A project's address and publishable key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    url: String,
    key: String,
}

impl Address {
    /// Checks both.
    ///
    /// # Errors
    /// [`AddressError`].
    pub fn new(url: &str, key: &str) -> Result<Self, AddressError> {
        let bad = || AddressError::Url(url.trim().chars().take(200).collect());
        let parsed = Url::parse(url.trim()).map_err(|_| bad())?;
        let host = parsed.host_str().unwrap_or_default();
        // Without encryption only on this machine: what is sent holds passwords.
        let here = matches!(host, "127.0.0.1" | "localhost" | "[::1]");
        let sound = parsed.scheme() == "https" || parsed.scheme() == "http" && here;
        let bare = parsed.username().is_empty() && parsed.password().is_none() && parsed.query().is_none();
        if host.is_empty() || !sound || !bare {
            return Err(bad());
        }
        let key = key.trim();
        if key.is_empty() || key.len() > LONGEST || !key.chars().all(|c| c.is_ascii_graphic()) {
            return Err(AddressError::Key);
        }
        if key.starts_with("sb_secret_") || role(key).is_some_and(|role| role != "anon") {
            return Err(AddressError::Secret);
        }
        Ok(Self { url: parsed.as_str().trim_end_matches('/').to_owned(), key: key.to_owned() })
    }

    /// Its address, without a slash at the end.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Its publishable key.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }
}

/// The role that a key of the older kind, a JWT, is for.
fn role(key: &str) -> Option<String> {
    let body = key.split('.').nth(1)?;
    let claims: Value = serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(body).ok()?).ok()?;
    Some(claims["role"].as_str()?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jwt(role: &str) -> String {
        format!("e30.{}.c2ln", BASE64_URL_SAFE_NO_PAD.encode(format!(r#"{{"role":"{role}"}}"#)))
    }

    #[test]
    fn an_address_is_taken_as_it_is_copied_and_only_over_an_encrypted_way() {
        let good = Address::new(" https://abc.supabase.co/ ", "sb_publishable_x").unwrap();
        assert_eq!(good.url(), "https://abc.supabase.co");
        assert!(Address::new("http://127.0.0.1:5000", "k").is_ok());
        for bad in ["", "abc.supabase.co", "http://abc.supabase.co", "ftp://x", "https://a:b@c.d", "https://"] {
            assert!(matches!(Address::new(bad, "k"), Err(AddressError::Url(_))), "{bad}");
        }
    }

    #[test]
    fn a_key_that_opens_everything_is_refused() {
        let with = |key: &str| Address::new("https://abc.supabase.co", key);
        assert!(with(&jwt("anon")).is_ok());
        assert_eq!(with(&jwt("service_role")), Err(AddressError::Secret));
        assert_eq!(with("sb_secret_abc"), Err(AddressError::Secret));
        assert_eq!(with("two words"), Err(AddressError::Key));
    }
}
