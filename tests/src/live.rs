//! What this program takes the services that speak for, checked against whatever answers at an address: the real ones when
//! somebody asks for it, the copies in every run of the tests, so that the checks themselves are known to work.

use std::path::Path;
use std::time::Duration;

use edit_factory_core::budget::Looked;
use edit_factory_core::credentials;
use edit_factory_core::error::{Code, Failure};
use edit_factory_core::home::Home;
use edit_factory_core::ids::RemoteProfileId;
use edit_factory_core::profile::Profile;
use edit_factory_core::profile::media::MediaPath;
use edit_factory_core::publish::postiz::{self, Postiz};
use edit_factory_core::speech::check::{Strictness, judge};
use edit_factory_core::speech::edge::Edge;
use edit_factory_core::speech::elevenlabs::{ElevenLabs, MODEL, VOICE};
use edit_factory_core::speech::heard::Heard;
use edit_factory_core::speech::provider::{Attempt, Charged, Line, Meter, Outcome, Provider, Raw};
use edit_factory_core::speech::words::VOICE_RATE;
use edit_factory_core::sync::remote::{Change, Cursor, Remote};
use edit_factory_core::sync::supabase::{Address, RemoteFile, Supabase};
use secrecy::SecretString;
use serde_json::json;
use tokio_util::sync::CancellationToken;

use crate::footage::ffmpeg;

/// What [`elevenlabs`] does, for a person who has no key at hand.
pub const OF_ELEVENLABS: &str = "read the plan, the models with what they bill and the voices, have one short sentence \
    spoken (about 40 characters of the plan), look at the headers, the times of its words and the sound, and find it in \
    the history.";

/// What [`edge`] does.
pub const OF_EDGE: &str = "have one short sentence spoken, and look at the times of its words and at the sound.";

/// What [`supabase`] does, for a person who has no project at hand.
pub const OF_SUPABASE: &str = "sign in, make a profile of its own there, push a row and pull it, send a small file and \
    fetch it, and erase all of it again.";

/// What [`postiz`] does.
pub const OF_POSTIZ: &str = "ask whether the key is known, list the groups and the accounts of the workspace, and read the \
    list of posts of two weeks. Nothing is posted, uploaded or changed.";

/// Something that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// What.
    pub what: &'static str,
    /// It is as it was taken for.
    pub good: bool,
    /// What was seen.
    pub says: String,
}

const TEXT: &str = "We bake bread every morning at five.";

/// What is seen of one spoken sentence.
struct Spoken {
    said: Result<Raw, Outcome>,
    meter: Meter,
    _attempt: Attempt,
}

async fn spoken(provider: &dyn Provider, voice: &str, folder: &Path) -> Spoken {
    let attempt = Attempt::new(folder, Duration::from_secs(60), &CancellationToken::new()).unwrap();
    let said = attempt.run(provider, Line { text: TEXT, language: "en", voice }).await;
    Spoken { said, meter: attempt.meter(), _attempt: attempt }
}

/// The times of the words, and the sound.
fn heard(raw: &Raw, folder: &Path) -> [Check; 2] {
    let wanted = TEXT.split_whitespace().count();
    let pcm = folder.join("said.pcm");
    let path = |path: &Path| path.to_str().unwrap().to_owned();
    let rate = VOICE_RATE.to_string();
    ffmpeg(&["-i", &path(&raw.file), "-ac", "1", "-ar", &rate, "-f", "s16le", "-y", &path(&pcm)]);
    let bytes = std::fs::read(&pcm).unwrap();
    let samples: Vec<i16> = bytes.chunks_exact(2).map(|pair| i16::from_le_bytes([pair[0], pair[1]])).collect();
    let end_ms = (samples.len() as u64 * 1000 / u64::from(VOICE_RATE)) as u32;
    let times = raw.words.clone().unwrap_or_default();
    let in_order = times.iter().all(|t| t.0 <= t.1) && times.windows(2).all(|pair| pair[0].1 <= pair[1].0 + 1);
    let last = times.last().map_or(0, |t| t.1);
    let judged = judge(&Heard::of(&samples), TEXT, "en", Strictness::Engine);
    [
        Check {
            what: "times of words",
            good: times.len() == wanted && in_order && last <= end_ms + 200 && last + 2000 >= end_ms,
            says: format!("{} of {wanted} words, the last until {last} of {end_ms} ms", times.len()),
        },
        Check {
            what: "sound",
            good: judged.is_ok(),
            says: judged.map_or_else(|bad| bad.to_string(), |()| "decoded to its end, and speech".into()),
        },
    ]
}

fn asked<T>(what: &'static str, answer: Result<T, Outcome>, see: impl FnOnce(T) -> (bool, String)) -> Check {
    let (good, says) = answer.map_or_else(|outcome| (false, outcome.to_string()), see);
    Check { what, good, says }
}

/// Looks at ElevenLabs.
///
/// # Panics
/// When this machine has no ffmpeg or no room for temporary files.
pub async fn elevenlabs(base: Option<&str>, key: SecretString) -> Vec<Check> {
    let (cancel, folder) = (CancellationToken::new(), tempfile::tempdir().unwrap());
    let there = match ElevenLabs::new(base, key, None) {
        Ok(there) => there,
        Err(outcome) => return vec![Check { what: "connection", good: false, says: outcome.to_string() }],
    };
    let mut checks = vec![
        asked("plan", there.subscription(&cancel).await, |plan| (true, format!("{} characters left", plan.left()))),
        asked("what models bill", there.multipliers(&cancel).await, |all| {
            (all.contains_key(MODEL), format!("{MODEL}: {:?} of {} models", all.get(MODEL), all.len()))
        }),
        asked("the usual voice", there.voices(&cancel).await, |all| {
            let found = all.iter().find(|voice| voice.id.voice == VOICE);
            (found.is_some(), format!("{:?} among {} voices", found.map(|v| &v.name), all.len()))
        }),
    ];
    if checks.iter().all(|check| !check.good) {
        // A key that opens nothing speaks nothing either.
        return checks;
    }
    let since = edit_factory_core::time::now_ms();
    let Spoken { said, meter, _attempt } = spoken(&there, VOICE, folder.path()).await;
    let charged = match &meter {
        Meter::Charged(charged) => charged.clone(),
        _ => Charged { characters: None, request_id: None },
    };
    checks.push(Check {
        what: "headers",
        good: charged.characters.is_some() && charged.request_id.is_some(),
        says: format!("character-cost {:?}, request-id {:?}", charged.characters, charged.request_id),
    });
    match said {
        Ok(raw) => checks.extend(heard(&raw, folder.path())),
        Err(outcome) => checks.push(Check { what: "speaking", good: false, says: outcome.to_string() }),
    }
    let what = |looked: Looked| {
        let hash = blake3::hash(TEXT.as_bytes()).to_hex().to_string();
        let same = |name: &String| charged.request_id.as_ref() == Some(name);
        let found = looked.calls.iter().find(|call| call.what == hash && call.names.iter().any(same));
        let cost = found.and_then(|call| call.characters);
        (found.is_some() && cost == charged.characters, format!("{cost:?} characters; {} entries", looked.calls.len()))
    };
    checks.push(asked("history", there.look_up(since, &cancel).await, what));
    checks
}

/// Looks at Edge's read-aloud service.
///
/// # Panics
/// When this machine has no ffmpeg or no room for temporary files.
pub async fn edge(base: Option<&str>) -> Vec<Check> {
    let folder = tempfile::tempdir().unwrap();
    let Spoken { said, _attempt, .. } = spoken(&Edge::new(base), "en-US-AriaNeural", folder.path()).await;
    match said {
        Ok(raw) => heard(&raw, folder.path()).into(),
        Err(outcome) => vec![Check { what: "speaking", good: false, says: outcome.to_string() }],
    }
}

/// How a hosted project is reached.
#[derive(Debug, Clone)]
pub struct Hosted {
    /// Its address.
    pub url: String,
    /// Its publishable key.
    pub key: String,
    /// A user of it, for tests alone.
    pub email: String,
    /// Their password.
    pub password: SecretString,
}

/// Looks at a hosted project that `edit-factory backend migrate` has made ready. Everything it makes there is in a profile of
/// its own, which is erased at the end.
///
/// # Panics
/// When this machine has no room for temporary files.
pub async fn supabase(project: &Hosted) -> Vec<Check> {
    let folder = tempfile::tempdir().unwrap();
    let home = Home::open(crate::studio::host(&folder.path().join("home"), &[])).unwrap();
    let way = match way_to(project, &home.current().unwrap()).await {
        Ok(way) => way,
        Err(failure) => return vec![said("sign-in", Err(failure))],
    };
    let remote = RemoteProfileId::new();
    let made = way.create_profile(remote, "A try of Edit Factory").await;
    vec![
        said("sign-in", Ok("signed in".into())),
        said("profile", made.map(|()| remote.to_string()).map_err(Failure::from)),
        said("rows", rows(&way, remote).await),
        said("files", file(&way, remote, folder.path()).await),
        said("erasing", way.erase(remote).await.map(|e| format!("{e:?}")).map_err(Failure::from)),
        said("sign-out", way.sign_out().await.map(|()| "signed out".into()).map_err(Failure::from)),
    ]
}

/// Looks at a workspace of Postiz. Nothing is posted, uploaded or changed there.
///
/// # Panics
/// When this machine has no room for temporary files.
pub async fn postiz(base: Option<&str>, key: SecretString) -> Vec<Check> {
    const WEEK: i64 = 7 * 24 * 60 * 60 * 1000;
    let folder = tempfile::tempdir().unwrap();
    let endpoints: Vec<(&str, &str)> = base.map(|base| (postiz::NAME, base)).into_iter().collect();
    let home = Home::open(crate::studio::host(&folder.path().join("home"), &endpoints)).unwrap();
    let profile = home.current().unwrap();
    let there = credentials::set(&profile, postiz::NAME, &key, None).map_err(Failure::from);
    let way = match there.and_then(|_| Ok(Postiz::of(&profile)?)) {
        Ok(way) => way,
        Err(failure) => return vec![said("address", Err(failure))],
    };
    let known = match way.is_connected().await {
        Ok(true) => Ok("Postiz knows it".to_owned()),
        Ok(false) => Err(Failure::new(Code::InvalidInput, "Postiz says that it is not connected")),
        Err(error) => Err(error.into()),
    };
    if known.is_err() {
        // A key that opens nothing lists nothing either.
        return vec![said("key", known)];
    }
    let groups = way.groups().await.map(|all| format!("{} groups", all.len()));
    let accounts = way.accounts(None).await.map(|all| {
        let named: Vec<String> = all.iter().map(|one| format!("{} ({})", one.name, one.identifier)).collect();
        format!("{} accounts: {}", named.len(), named.join(", "))
    });
    let now = edit_factory_core::time::now_ms();
    let posts = way.posts(now - WEEK, now + WEEK).await.map(|all| format!("{} posts could be read", all.len()));
    vec![
        said("key", known),
        said("groups", groups.map_err(Failure::from)),
        said("accounts", accounts.map_err(Failure::from)),
        said("posts", posts.map_err(Failure::from)),
    ]
}

fn said(what: &'static str, done: Result<String, Failure>) -> Check {
    let good = done.is_ok();
    Check { what, good, says: done.unwrap_or_else(|failure| failure.to_string()) }
}

async fn way_to(project: &Hosted, profile: &Profile) -> Result<Supabase, Failure> {
    let way = Supabase::new(profile, Address::new(&project.url, &project.key)?)?;
    way.sign_in(&project.email, &project.password).await?;
    Ok(way)
}

async fn rows(way: &Supabase, remote: RemoteProfileId) -> Result<String, Failure> {
    let clock = format!("{:016x}:00000001", edit_factory_core::time::now_ms() << 16);
    let change =
        json!({ "t": "projects", "id": RemoteProfileId::new(), "f": { "name": TEXT }, "c": { "name": clock } });
    let change: Change = serde_json::from_value(change).unwrap();
    let pushed = way.push(remote, &[change], edit_factory_core::sync::server::SCHEMA).await?;
    if let Some(row) = pushed.rows.iter().find(|row| !row.ok) {
        return Err(Failure::new(Code::SyncRefused, format!("it refused the row: {:?} {:?}", row.code, row.message)));
    }
    let pulled = way.pull(remote, &Cursor::start(), 10).await?;
    let found = pulled.rows.iter().any(|row| row.j.get("name") == Some(&json!(TEXT)));
    let missing = || Failure::new(Code::NotFound, "the row did not come back");
    found.then(|| "one row went there and came back".to_owned()).ok_or_else(missing)
}

async fn file(way: &Supabase, remote: RemoteProfileId, folder: &Path) -> Result<String, Failure> {
    let content: Vec<u8> = TEXT.bytes().cycle().take(100_000).collect();
    let path = folder.join("try.mp4");
    std::fs::write(&path, &content).unwrap();
    let hash = blake3::hash(&content).to_hex().to_string();
    let file = RemoteFile::new(remote, &hash, "mp4", 100_000).unwrap();
    let cancel = CancellationToken::new();
    way.upload(&file, &path, &cancel, &|_, _| {}).await?;
    way.download(&file, &MediaPath::new("media/try.mp4")?, &cancel, &|_, _| {}).await?;
    Ok("100,000 bytes went there, were read back, and came back".into())
}
