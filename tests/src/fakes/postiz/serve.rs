//! One call: who asks, which fault it meets, what it does.

use std::sync::atomic::Ordering;

use edit_factory_core::time::now_ms;
use serde_json::{Value, json};
use tokio::net::TcpStream;

use super::answer::Answer;
use super::rules::{self, WantedPost};
use super::workspace::{File, Post, State, Workspace};
use super::{Fault, On, Served};
use crate::fakes::http::{self, Ending, Head};

/// No call but an upload is larger, bytes.
const MOST: usize = 50 << 20;

impl Served {
    pub(super) async fn serve(&self, mut stream: TcpStream) {
        let Some(mut head) = http::head(&mut stream).await else { return };
        let (method, path) = split(&head.request.what);
        let on = match (method.as_str(), path.as_str()) {
            ("POST", "/upload") => On::Upload,
            ("POST", "/posts") => On::Create,
            ("DELETE", _) => On::Delete,
            _ => On::Read,
        };
        let number = {
            let mut counts = self.counts.lock().unwrap();
            let count = counts.entry(on).or_default();
            *count += 1;
            *count
        };
        let fault = self.faults[&on].of(number);
        self.met.fetch_add(usize::from(fault != Fault::None), Ordering::SeqCst);
        let half = if fault == Fault::Cut { head.length / 2 } else { head.length };
        if head.read(&mut stream, half).await.is_none() || fault == Fault::Cut {
            self.asked.push(head.request);
            return;
        }
        let answer = self.answer(on, fault, &mut head, &method, &path);
        // Known only now, when it is done.
        self.asked.push(head.request);
        match fault {
            Fault::Dropped => return,
            // The semaphore is never closed.
            Fault::Slow => self.held.acquire().await.unwrap().forget(),
            _ => {}
        }
        let ending = if fault == Fault::HalfAnswer { Ending::Cut } else { Ending::Whole };
        http::answer(&mut stream, answer.status, &answer.headers, &answer.body, ending).await;
    }

    fn answer(&self, on: On, fault: Fault, head: &mut Head, method: &str, path: &str) -> Answer {
        let key = match head.request.header("authorization") {
            None | Some("") => return Answer::key("No API Key found"),
            Some(key) => key.to_owned(),
        };
        let mut all = self.workspaces.lock().unwrap();
        // "Bearer …" is no key of any workspace.
        let Some(mut here) = all.remove(&key) else { return Answer::key("Invalid API key") };
        let answer = match fault {
            Fault::Trouble => Answer::trouble(),
            Fault::TooMany(wait) => Answer::too_many(wait),
            Fault::Redirect => Answer::redirect(),
            _ if !here.admits() => Answer::too_many(None),
            _ => match on {
                On::Upload => self.upload(&mut here, head),
                On::Create => {
                    let others = all.values().collect::<Vec<_>>();
                    self.create(&mut here, &others, head, fault)
                }
                On::Delete => delete(&mut here, path),
                On::Read if method == "GET" => read(&here, path, &head.request.what),
                On::Read => Answer::nowhere(&format!("Cannot {method} /public/v1{path}")),
            },
        };
        all.insert(key, here);
        match fault {
            Fault::TroubleAfter if answer.status == 200 => Answer::trouble(),
            Fault::Page => Answer::page(),
            _ => answer,
        }
    }

    /// One that nothing else has.
    fn id(&self, of: &str) -> String {
        format!("{of}-{}", self.ids.fetch_add(1, Ordering::SeqCst))
    }

    fn upload(&self, here: &mut Workspace, head: &mut Head) -> Answer {
        let Some((name, content)) = multipart(head) else { return Answer::bad(&["file is required".into()]) };
        // The kind is told by the bytes, not by the name.
        if content.get(4..8) != Some(b"ftyp") {
            return Answer::bad(&["Unsupported file type".into()]);
        }
        let hash = blake3::hash(content).to_hex().to_string();
        let id = self.id("file");
        let path = format!("https://uploads.example/{id}.mp4");
        let shown = json!({ "id": id, "name": name, "path": path, "organizationId": "org" });
        head.request.body = format!("file {name} {hash}");
        here.files.push(File { id, path, name, hash, lost: false });
        Answer::good(&shown)
    }

    fn create(&self, here: &mut Workspace, others: &[&Workspace], head: &mut Head, fault: Fault) -> Answer {
        if head.length > MOST {
            return Answer::too_large();
        }
        head.request.body = String::from_utf8_lossy(&head.body).into_owned();
        let kind = head.request.header("content-type").unwrap_or_default();
        let Ok(body) = serde_json::from_slice::<Value>(&head.body) else {
            return Answer::bad(&["the body is no JSON".into()]);
        };
        let mut bad = Vec::new();
        if !kind.starts_with("application/json") {
            bad.push("the body must be application/json".into());
        }
        let wanted = rules::read(&body, &mut bad);
        if !bad.is_empty() {
            return Answer::bad(&bad);
        }
        if fault == Fault::AccountGone {
            wanted.posts.iter().for_each(|post| here.remove(&post.account));
        }
        for post in &wanted.posts {
            let Some(account) = here.account(&post.account) else {
                if others.iter().any(|other| other.account(&post.account).is_some()) {
                    self.mixed_up.lock().unwrap().push(post.account.clone());
                    return Answer::forbidden();
                }
                return Answer::nowhere("Integration not found");
            };
            if account.disabled {
                bad.push(format!("{} has to be connected again", account.name));
            }
            rules::platform(&account.platform, post, &mut bad);
            for (id, path) in &post.files {
                if others.iter().any(|other| other.files.iter().any(|file| file.id == *id)) {
                    self.mixed_up.lock().unwrap().push(id.clone());
                    return Answer::forbidden();
                }
                if !here.files.iter().any(|file| file.id == *id && file.path == *path) {
                    bad.push(format!("{id} is no file of this workspace"));
                }
            }
        }
        if !bad.is_empty() {
            return Answer::bad(&bad);
        }
        let at_ms = match wanted.kind.as_str() {
            // Its own time, in whole minutes.
            "now" => now_ms() / 60_000 * 60_000,
            _ => wanted.at_ms,
        };
        let state = if wanted.kind == "draft" { State::Draft } else { State::Queue };
        let call = self.id("call");
        let mut made = Vec::new();
        for post in wanted.posts {
            let id = self.id("post");
            made.push(json!({ "postId": id, "integration": post.account }));
            let post = kept(here, id, post, at_ms, state, &call);
            here.posts.push(post);
        }
        if fault == Fault::Twice {
            made.extend(made.clone());
        }
        Answer::good(&made.into())
    }
}

fn kept(here: &Workspace, id: String, post: WantedPost, at_ms: i64, state: State, call: &str) -> Post {
    let hash = |(id, _): &(String, String)| here.files.iter().find(|file| file.id == *id).map(|file| file.hash.clone());
    let hashes = post.files.iter().filter_map(hash).collect();
    // Without one of their own, all posts of a call are one group, and are deleted together.
    let group = post.group.unwrap_or_else(|| call.to_owned());
    let WantedPost { account, content, settings, .. } = post;
    Post { id, account, group, content, at_ms, hashes, settings, state }
}

fn delete(here: &mut Workspace, path: &str) -> Answer {
    let Some(id) = path.strip_prefix("/posts/") else { return Answer::nowhere(&format!("Cannot DELETE {path}")) };
    let Some(group) = here.posts.iter().find(|post| post.id == id).map(|post| post.group.clone()) else {
        // A known fault of the real one.
        return Answer::trouble();
    };
    here.posts.retain(|post| post.group != group);
    Answer::good(&json!({ "id": id }))
}

fn read(here: &Workspace, path: &str, what: &str) -> Answer {
    let in_group = |account: &str, group: Option<&String>| {
        let of = here.account(account).and_then(|account| account.group.as_ref());
        group.is_none_or(|group| of.is_some_and(|(id, _)| id == group))
    };
    let query = query(what);
    let value = |name: &str| query.iter().find(|(key, _)| key == name).map(|(_, value)| value);
    match path {
        "/is-connected" => Answer::good(&json!({ "connected": true })),
        "/groups" => Answer::good(&here.groups().into()),
        "/integrations" => {
            let all = here.accounts.iter().filter(|account| in_group(&account.id, value("group")));
            Answer::good(&all.map(super::Account::shown).collect())
        }
        "/posts" => {
            let moment = |name: &str| value(name).and_then(|text| rules::moment(&json!(text)));
            let (Some(from), Some(to)) = (moment("startDate"), moment("endDate")) else {
                return Answer::bad(&["startDate and endDate must be valid ISO 8601 date strings".into()]);
            };
            let due = |post: &&Post| (from..=to).contains(&post.at_ms) && in_group(&post.account, value("customer"));
            let all: Value = here.posts.iter().filter(due).map(|post| here.shown(post)).collect();
            Answer::good(&json!({ "posts": all }))
        }
        _ => Answer::nowhere(&format!("Cannot GET /public/v1{path}")),
    }
}

/// The method, and the path below the API's.
fn split(what: &str) -> (String, String) {
    let (method, rest) = what.split_once(' ').unwrap_or_default();
    let path = rest.split('?').next().unwrap_or_default();
    let path = path.strip_prefix("/api").unwrap_or(path);
    (method.to_owned(), path.strip_prefix("/public/v1").unwrap_or("/elsewhere").to_owned())
}

fn query(what: &str) -> Vec<(String, String)> {
    let text = what.split_once('?').map(|(_, query)| query).unwrap_or_default();
    let url = reqwest::Url::parse(&format!("http://copy/?{text}")).unwrap();
    url.query_pairs().map(|(key, value)| (key.into_owned(), value.into_owned())).collect()
}

/// The name and the bytes of the one file in a form.
fn multipart(head: &Head) -> Option<(String, &[u8])> {
    let kind = head.request.header("content-type")?;
    let boundary = kind.strip_prefix("multipart/form-data; boundary=")?;
    let (first, last) = (format!("--{boundary}\r\n"), format!("\r\n--{boundary}--\r\n"));
    let rest = head.body.strip_prefix(first.as_bytes())?;
    let rest = rest.strip_suffix(last.as_bytes())?;
    let end = rest.windows(4).position(|window| window == b"\r\n\r\n")?;
    let part = String::from_utf8_lossy(&rest[..end]);
    let name = part.split("filename=\"").nth(1)?.split('"').next()?.to_owned();
    part.contains("form-data; name=\"file\";").then_some((name, &rest[end + 4..]))
}
