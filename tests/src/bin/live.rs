//! Asks the real providers whether they still are what this program takes them for. `cargo xtask live` runs it.
#![allow(clippy::print_stdout, reason = "a program for a terminal")]

use std::process::ExitCode;

use acceptance::live::{self, Check};

const KEY: &str = "ELEVENLABS_API_KEY";

/// A hosted project and a user of it for tests.
const PROJECT: [&str; 4] = [
    "EDIT_FACTORY_SUPABASE_URL",
    "EDIT_FACTORY_SUPABASE_KEY",
    "EDIT_FACTORY_SUPABASE_EMAIL",
    "EDIT_FACTORY_SUPABASE_PASSWORD",
];

/// A key of Postiz, and the address of a workspace that is not the hosted one.
const POSTIZ: [&str; 2] = ["POSTIZ_API_KEY", "POSTIZ_URL"];

fn given(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.trim().is_empty())
}

fn hosted() -> Option<live::Hosted> {
    let [url, key, email, password] = PROJECT.map(given);
    Some(live::Hosted { url: url?, key: key?, email: email?, password: password?.into() })
}

#[tokio::main]
async fn main() -> ExitCode {
    let key = given(KEY);
    let edge = std::env::args().skip(1).any(|argument| argument == "edge");
    let mut checks = Vec::new();
    match key {
        Some(key) => checks.extend(live::elevenlabs(None, key.into()).await),
        None => println!("ElevenLabs is not asked: {KEY} is not set. With it, this would {}", live::OF_ELEVENLABS),
    }
    if edge {
        checks.extend(live::edge(None).await);
    } else {
        println!("Edge is not asked: say `cargo xtask live edge`. Then this would {}", live::OF_EDGE);
    }
    match hosted() {
        Some(project) => checks.extend(live::supabase(&project).await),
        None => {
            let all = PROJECT.join(", ");
            println!("No hosted project is asked: {all} are not all set. With them, this would {}", live::OF_SUPABASE);
        }
    }
    match given(POSTIZ[0]) {
        Some(key) => checks.extend(live::postiz(given(POSTIZ[1]).as_deref(), key.into()).await),
        None => println!("Postiz is not asked: {} is not set. With it, this would {}", POSTIZ[0], live::OF_POSTIZ),
    }
    for Check { what, good, says } in &checks {
        println!("{} {what}: {says}", if *good { "ok    " } else { "FAILED" });
    }
    if checks.iter().all(|check| check.good) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
