//! One call, as it goes out. There are two ways to make one: of the account, for the few listed in [`Account`], and of one
//! profile, which puts the profile's id into it. So a call that forgets its profile cannot be written.

use reqwest::Method;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

use crate::ids::RemoteProfileId;

/// The bucket that files lie in.
pub(super) const BUCKET: &str = "media";
/// Where resumable uploads begin.
pub(super) const UPLOADS: &str = "/storage/v1/upload/resumable";
/// The version of the protocol of resumable uploads (tus.io).
const TUS: &str = "1.0.0";

/// What is asked for no profile, but for whoever is signed in.
pub(super) enum Account<'a> {
    /// Opens a session.
    SignIn { email: &'a str, password: &'a SecretString },
    /// Goes on with one.
    Refresh { token: &'a SecretString },
    /// Ends this one; others of the same person go on.
    SignOut,
    /// The profiles there are.
    Profiles,
}

/// What goes with it.
pub(super) enum Body {
    None,
    Json(Value),
    Bytes(Vec<u8>),
}

/// A request, but for the address of the project and the session.
pub(super) struct Call {
    pub(super) method: Method,
    pub(super) path: String,
    pub(super) headers: HeaderMap,
    pub(super) body: Body,
}

impl Call {
    fn new(method: Method, path: String, body: Body) -> Self {
        Self { method, path, headers: HeaderMap::new(), body }
    }

    fn with(mut self, name: &'static str, value: &str) -> Self {
        // What we put into headers is ASCII we made; a file's name never is among it.
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.insert(HeaderName::from_static(name), value);
        }
        self
    }

    /// One of the account.
    pub(super) fn of_account(what: &Account<'_>) -> Self {
        let token = |kind: &str, body: Value| {
            Self::new(Method::POST, format!("/auth/v1/token?grant_type={kind}"), Body::Json(body))
        };
        match what {
            Account::SignIn { email, password } => {
                token("password", json!({ "email": email, "password": password.expose_secret() }))
            }
            Account::Refresh { token: refresh } => {
                token("refresh_token", json!({ "refresh_token": refresh.expose_secret() }))
            }
            Account::SignOut => Self::new(Method::POST, "/auth/v1/logout?scope=local".into(), Body::None),
            Account::Profiles => {
                let query = "/rest/v1/profiles?select=id,name,created_at&order=created_at.asc,id.asc&limit=1000";
                Self::new(Method::GET, query.into(), Body::None)
            }
        }
    }

    /// A function of the server, about this profile.
    pub(super) fn function(name: &str, profile: RemoteProfileId, mut arguments: Value) -> Self {
        arguments["p_profile"] = json!(profile);
        Self::new(Method::POST, format!("/rest/v1/rpc/{name}"), Body::Json(arguments))
    }

    /// Makes this profile; makes nothing when it is there.
    pub(super) fn create(profile: RemoteProfileId, name: &str) -> Self {
        let body = json!({ "id": profile, "name": name });
        Self::new(Method::POST, "/rest/v1/profiles?on_conflict=id".into(), Body::Json(body))
            .with("prefer", "resolution=ignore-duplicates,return=minimal")
    }

    /// Reads a file of this profile.
    pub(super) fn read_file(profile: RemoteProfileId, file: &str) -> Self {
        Self::new(Method::GET, format!("/storage/v1/object/{BUCKET}/{profile}/{file}"), Body::None)
    }

    /// The files of this profile, a page of them.
    pub(super) fn list_files(profile: RemoteProfileId, limit: usize) -> Self {
        let body = json!({ "prefix": profile, "limit": limit, "offset": 0 });
        Self::new(Method::POST, format!("/storage/v1/object/list/{BUCKET}"), Body::Json(body))
    }

    /// Deletes files of this profile.
    pub(super) fn delete_files(profile: RemoteProfileId, files: &[String]) -> Self {
        let all: Vec<String> = files.iter().map(|file| format!("{profile}/{file}")).collect();
        Self::new(Method::DELETE, format!("/storage/v1/object/{BUCKET}"), Body::Json(json!({ "prefixes": all })))
    }

    /// Begins to upload a file of this profile.
    pub(super) fn begin_upload(profile: RemoteProfileId, file: &str, bytes: u64, kind: &str) -> Self {
        use base64::prelude::{BASE64_STANDARD, Engine};
        let name = format!("{profile}/{file}");
        let words = [("bucketName", BUCKET), ("objectName", &name), ("contentType", kind), ("cacheControl", "3600")];
        let words: Vec<String> =
            words.iter().map(|(word, value)| format!("{word} {}", BASE64_STANDARD.encode(value))).collect();
        Self::new(Method::POST, UPLOADS.to_owned(), Body::None)
            .with("tus-resumable", TUS)
            .with("upload-length", &bytes.to_string())
            .with("upload-metadata", &words.join(","))
            .with("x-upsert", "false")
    }

    /// How far an upload of this profile has come. The address was made for one file of it.
    pub(super) fn ask_upload(upload: &UploadPath) -> Self {
        Self::new(Method::HEAD, upload.0.clone(), Body::None).with("tus-resumable", TUS)
    }

    /// Goes on with an upload.
    pub(super) fn continue_upload(upload: &UploadPath, offset: u64, piece: Vec<u8>) -> Self {
        Self::new(Method::PATCH, upload.0.clone(), Body::Bytes(piece))
            .with("tus-resumable", TUS)
            .with("upload-offset", &offset.to_string())
            .with("content-type", "application/offset+octet-stream")
    }
}

/// The address of an upload under way, without the server's: the token goes to our server alone, whatever it answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct UploadPath(String);

impl UploadPath {
    /// The path in what a server names as the place of an upload; `None` when that is no upload's.
    pub(super) fn of(location: &str) -> Option<Self> {
        let at = location.find(UPLOADS)?;
        let path = &location[at..];
        let id = path.strip_prefix(UPLOADS)?.strip_prefix('/')?;
        let sound = !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric() || "-_=.~+%".contains(c));
        (sound && !id.contains("..")).then(|| Self(path.to_owned()))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_call_of_a_profile_names_it() {
        let profile = RemoteProfileId::new();
        let upload = |call: &Call| {
            use base64::prelude::{BASE64_STANDARD, Engine};
            let words = call.headers.get("upload-metadata").map(|v| v.to_str().unwrap().to_owned()).unwrap_or_default();
            let values = words.split(',').filter_map(|word| word.split_once(' '));
            values.map(|(_, v)| String::from_utf8(BASE64_STANDARD.decode(v).unwrap()).unwrap()).collect::<String>()
        };
        for call in [
            Call::function("sync_pull", profile, json!({ "p_limit": 1 })),
            Call::create(profile, "x"),
            Call::read_file(profile, "a.mp4"),
            Call::list_files(profile, 10),
            Call::delete_files(profile, &["a.mp4".into()]),
            Call::begin_upload(profile, "a.mp4", 5, "video/mp4"),
        ] {
            let body = if let Body::Json(json) = &call.body { json.to_string() } else { String::new() };
            let all = format!("{} {} {}", call.path, body, upload(&call));
            assert!(all.contains(&profile.to_string()), "{} {all}", call.method);
        }
    }

    #[test]
    fn only_the_path_of_an_upload_is_kept_and_only_of_an_upload() {
        let path = UploadPath::of("https://elsewhere.example/storage/v1/upload/resumable/abc-_1").unwrap();
        assert_eq!(path.as_str(), "/storage/v1/upload/resumable/abc-_1");
        for bad in ["", "https://x/other", "/storage/v1/upload/resumable/", "/storage/v1/upload/resumable/../../x"] {
            assert!(UploadPath::of(bad).is_none(), "{bad}");
        }
    }
}
