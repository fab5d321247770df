//! Being signed in. The refresh token lies in the profile's keyring and goes on from one to the next; the access token that
//! it gives is in memory alone.
//!
//! A refresh token is good once. So one process of a machine refreshes at a time (a file lock beside the profile's
//! database), it takes the token that is in the keyring at that moment, and the new one is in the keyring before anything
//! is done with it. A crash in between is survived: the server still takes the parent of the newest token.

use std::fs::File;
use std::time::{Duration, Instant};

use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::call::{Account, Call};
use super::http::{Answer, Http, Refusal};
use crate::credentials;
use crate::profile::Profile;
use crate::profile::secrets::SecretError;
use crate::sync::remote::RemoteError;

/// The refresh token's name in the keyring.
const SECRET: &str = "supabase";
/// A token that ends sooner is not used any more: a call takes its time.
const MARGIN: Duration = Duration::from_secs(30);

/// Who is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Their id on the server.
    pub id: String,
    /// Their address.
    pub email: String,
}

/// An access token.
#[derive(Clone)]
struct Access {
    token: SecretString,
    until: Instant,
}

/// The session of one profile with one project.
pub(super) struct Session {
    http: Http,
    profile: Profile,
    access: tokio::sync::Mutex<Option<Access>>,
}

impl Session {
    pub(super) fn new(http: Http, profile: Profile) -> Self {
        Self { http, profile, access: tokio::sync::Mutex::new(None) }
    }

    pub(super) fn http(&self) -> &Http {
        &self.http
    }

    pub(super) fn profile(&self) -> &Profile {
        &self.profile
    }

    /// Opens a session with a password, which is used once and kept nowhere.
    pub(super) async fn sign_in(&self, email: &str, password: &SecretString) -> Result<Person, RemoteError> {
        let mut access = self.access.lock().await;
        let _lock = self.lock().await?;
        let answer = self.http.json(Call::of_account(&Account::SignIn { email, password }), None).await?;
        let (given, person) = read(&answer)?;
        self.keep(given.refresh).await?;
        *access = Some(given.access);
        person.ok_or(RemoteError::NotOurs)
    }

    /// Ends the session here; there too, when the server can be reached.
    pub(super) async fn sign_out(&self) -> Result<(), RemoteError> {
        let token = self.token(None).await;
        let mut access = self.access.lock().await;
        let _lock = self.lock().await?;
        let told = match token {
            Ok(token) => self.http.send(Call::of_account(&Account::SignOut), Some(&token)).await.map(drop),
            Err(error) => Err(error.into()),
        };
        if let Err(Refusal { error, .. }) = told {
            tracing::info!(%error, "the server was not told that this session is over; it ends by itself");
        }
        *access = None;
        self.in_store(|profile| credentials::drop_kept(&profile, SECRET)).await
    }

    /// Makes a call as whoever is signed in. When the server does not take the token (it was revoked, or a clock is wrong),
    /// one more try is made with a new one.
    pub(super) async fn send(&self, call: impl Fn() -> Call) -> Result<Answer, Refusal> {
        self.send_if(call, |refusal| matches!(refusal.error, RemoteError::SignIn { .. })).await
    }

    /// The same, with the one more try where `stale` says so of a refusal.
    pub(super) async fn send_if(
        &self,
        call: impl Fn() -> Call,
        stale: impl Fn(&Refusal) -> bool,
    ) -> Result<Answer, Refusal> {
        let token = self.token(None).await?;
        match self.http.send(call(), Some(&token)).await {
            Err(refusal) if stale(&refusal) => {
                let token = self.token(Some(&token)).await?;
                self.http.send(call(), Some(&token)).await
            }
            other => other,
        }
    }

    /// The same, for an answer that is a file.
    pub(super) async fn open(&self, call: impl Fn() -> Call) -> Result<reqwest::Response, Refusal> {
        let token = self.token(None).await?;
        match self.http.open(call(), Some(&token)).await {
            Err(Refusal { error: RemoteError::SignIn { .. }, .. }) => {
                let token = self.token(Some(&token)).await?;
                self.http.open(call(), Some(&token)).await
            }
            other => other,
        }
    }

    /// The same, for an answer that is JSON.
    pub(super) async fn json(&self, call: impl Fn() -> Call) -> Result<Value, Refusal> {
        let answer = self.send(call).await?;
        serde_json::from_slice(&answer.body).map_err(|_| RemoteError::NotOurs.into())
    }

    /// A token that holds; another one than `refused`.
    async fn token(&self, refused: Option<&SecretString>) -> Result<SecretString, RemoteError> {
        use secrecy::ExposeSecret;
        let mut access = self.access.lock().await;
        if let Some(Access { token, until }) = access.as_ref()
            && Instant::now() + MARGIN < *until
            // Another task may have fetched one in the meantime.
            && refused.is_none_or(|refused| refused.expose_secret() != token.expose_secret())
        {
            return Ok(token.clone());
        }
        let new = self.refresh().await?;
        let token = new.token.clone();
        *access = Some(new);
        Ok(token)
    }

    async fn refresh(&self) -> Result<Access, RemoteError> {
        let _lock = self.lock().await?;
        // Another process may have gone on with it: what is there now is the newest.
        let kept = self.in_store(|profile| credentials::kept(&profile, SECRET)).await?;
        let token = kept.ok_or_else(|| RemoteError::SignIn { why: "nobody is signed in here".into() })?;
        let answer = self.http.json(Call::of_account(&Account::Refresh { token: &token }), None).await;
        let answer = answer.map_err(|refusal| match refusal.error {
            // Whatever it says of the token: it does not take it.
            RemoteError::Refused { why, .. } if (400..500).contains(&refusal.status) => RemoteError::SignIn { why },
            error => error,
        })?;
        let (given, _) = read(&answer)?;
        self.keep(given.refresh).await?;
        Ok(given.access)
    }

    async fn keep(&self, token: SecretString) -> Result<(), RemoteError> {
        self.in_store(move |profile| credentials::keep(&profile, SECRET, &token)).await
    }

    /// Asks the keyring, which may make one wait, away from the tasks.
    async fn in_store<T: Send + 'static>(
        &self,
        work: impl FnOnce(Profile) -> Result<T, SecretError> + Send + 'static,
    ) -> Result<T, RemoteError> {
        let profile = self.profile.clone();
        let done = tokio::task::spawn_blocking(move || work(profile)).await;
        done.map_err(|error| RemoteError::Keyring { why: error.to_string() })?
            .map_err(|error| RemoteError::Keyring { why: error.to_string() })
    }

    /// Waits until no other process of this machine refreshes or signs in. Whoever does is done within a call's deadline,
    /// and the system lets go of the lock when it dies.
    async fn lock(&self) -> Result<File, RemoteError> {
        let path = self.profile.root().join("session.lock");
        let locked = tokio::task::spawn_blocking(move || {
            let file = File::options().create(true).truncate(false).write(true).open(&path)?;
            file.lock()?;
            Ok::<_, std::io::Error>(file)
        });
        let failed = |says: String| RemoteError::Keyring { why: format!("its lock could not be taken: {says}") };
        locked.await.map_err(|error| failed(error.to_string()))?.map_err(|error| failed(error.to_string()))
    }
}

/// What a server gives who signs in or refreshes.
struct Given {
    access: Access,
    refresh: SecretString,
}

fn read(answer: &Value) -> Result<(Given, Option<Person>), RemoteError> {
    let text = |name: &str| answer[name].as_str().filter(|text| !text.is_empty()).map(str::to_owned);
    let (Some(access), Some(refresh)) = (text("access_token"), text("refresh_token")) else {
        return Err(RemoteError::NotOurs);
    };
    let seconds = answer["expires_in"].as_u64().unwrap_or(3600);
    let user = &answer["user"];
    let person = user["id"]
        .as_str()
        .map(|id| Person { id: id.to_owned(), email: user["email"].as_str().unwrap_or_default().to_owned() });
    let until = Instant::now() + Duration::from_secs(seconds.min(7 * 24 * 3600));
    Ok((Given { access: Access { token: access.into(), until }, refresh: refresh.into() }, person))
}
