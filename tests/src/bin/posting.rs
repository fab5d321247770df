//! The copy of Postiz for tests that are not written in Rust. Its first line says where it is; then each line it is sent is
//! something to do, and each line it gives back is what came of it. It ends with what sends it.
#![allow(clippy::unwrap_used, reason = "what goes wrong here fails a test")]
#![allow(clippy::print_stdout, reason = "whoever started it reads there")]

use std::io::BufRead;

use acceptance::fakes::postiz::{Account, Fault, On, Postiz};
use serde::Deserialize;
use serde_json::{Value, json};

/// What can be done with the copy.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Do {
    /// Opens a workspace.
    Open { key: String, accounts: Vec<Given> },
    /// The next upload is taken, and its answer waits.
    SlowUpload {},
    /// Lets so many answers go.
    Release { answers: usize },
    /// Time passes: what is due by then goes out.
    PublishUntil { key: String, at: i64 },
    /// The posts and files of a workspace, and what was named with the key of another.
    Tell { key: String },
}

#[derive(Deserialize)]
struct Given {
    id: String,
    name: String,
    platform: String,
}

#[tokio::main]
async fn main() {
    let copy = Postiz::start().await;
    println!("{}", json!({ "url": copy.url }));
    let (lines, mut asked) = tokio::sync::mpsc::unbounded_channel();
    // Reading waits; the copy goes on answering meanwhile.
    std::thread::spawn(move || {
        for line in std::io::stdin().lock().lines() {
            if lines.send(line.unwrap()).is_err() {
                break;
            }
        }
    });
    while let Some(line) = asked.recv().await {
        println!("{}", done(&copy, serde_json::from_str(&line).unwrap()));
    }
}

fn done(copy: &Postiz, what: Do) -> Value {
    match what {
        Do::Open { key, accounts } => {
            let accounts = accounts.iter().map(|one| Account::new(&one.id, &one.name, &one.platform)).collect();
            copy.workspace(&key, accounts);
        }
        Do::SlowUpload {} => copy.fail_next(On::Upload, Fault::Slow),
        Do::Release { answers } => copy.release(answers),
        Do::PublishUntil { key, at } => copy.publish_until(&key, at),
        Do::Tell { key } => {
            let posts: Vec<Value> = copy
                .posts(&key)
                .iter()
                .map(|post| {
                    json!({ "account": post.account, "content": post.content, "hashes": post.hashes,
                            "state": format!("{:?}", post.state), "at": post.at_ms })
                })
                .collect();
            let files: Vec<String> = copy.files(&key).iter().map(|file| file.hash.clone()).collect();
            return json!({ "posts": posts, "files": files, "mixed_up": copy.mixed_up() });
        }
    }
    json!({})
}
