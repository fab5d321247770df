//! A hosted project for tests that are not written in Rust, with somebody signed up. Its one line says where it is and who; it
//! ends with what sends it nothing more.
#![allow(clippy::print_stdout, reason = "whoever started it reads there")]

use std::process::ExitCode;

use acceptance::hosted::{Hosted, KEY, PASSWORD};
use serde_json::json;

#[tokio::main]
async fn main() -> ExitCode {
    let Some(hosted) = Hosted::start() else { return ExitCode::FAILURE };
    let email = "ana@example.com";
    hosted.sign_up(email).await;
    println!("{}", json!({ "url": hosted.url, "key": KEY, "email": email, "password": PASSWORD }));
    // Until nobody is there any more.
    let waiting = tokio::task::spawn_blocking(|| std::io::copy(&mut std::io::stdin().lock(), &mut std::io::sink()));
    if let Ok(Ok(_)) = waiting.await { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
