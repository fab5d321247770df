//! What is asked of a provider that was left alone for a while.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::*;
use crate::script::Sentence;
use crate::speech::chain::ChainLink;
use crate::speech::{Errand, speak};
use crate::testkit::{Bench, bench_asking};

/// A server that has no voice: it says whether it is well, and refuses everything else. Gives where it is and what it is
/// asked.
async fn refusing(well: bool) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let asked = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&asked);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut head = vec![0; 4096];
            let length = stream.read(&mut head).await.unwrap();
            let line = String::from_utf8_lossy(&head[..length]).lines().next().unwrap_or_default().to_owned();
            let (status, body) = match (line.contains("/v1/user/subscription"), well) {
                (true, true) => (200, r#"{"character_count": 1, "character_limit": 2}"#),
                (true, false) => (503, r#"{"detail": {"status": "maintenance", "message": "later"}}"#),
                (false, _) => (401, r#"{"detail": {"status": "invalid_api_key", "message": "no"}}"#),
            };
            heard.lock().unwrap().push(line);
            let answer = format!(
                "HTTP/1.1 {status} Whatever\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
                body.len()
            );
            stream.write_all(answer.as_bytes()).await.unwrap();
        }
    });
    (url, asked)
}

async fn first_step(bench: &Bench, text: &str) -> StepDown {
    let sentences = [Sentence { text: text.into(), paragraph: 0 }];
    let request =
        SpeakRequest { sentences: &sentences, language: "en", voice: None, fps: 30, errand: Errand::default() };
    let spoken = speak(&bench.profile, &bench.desk, &CancellationToken::new(), &request, &|_| {}).await.unwrap();
    assert_eq!(spoken.narration.used.provider, "flite");
    spoken.narration.steps[0].clone()
}

#[tokio::test]
async fn a_provider_that_was_left_alone_is_asked_whether_it_is_well_before_it_is_paid_again() {
    for well in [true, false] {
        let (url, asked) = refusing(well).await;
        let bench = bench_asking(&[("elevenlabs", &url)]);
        crate::credentials::set(&bench.profile, "elevenlabs", &"sk_0123456789abcdef".into(), None).unwrap();
        let link = |provider| ChainLink { provider, on: true, model: None, voices: std::collections::BTreeMap::new() };
        chain::set(&bench.profile, Chain { links: vec![link(Engine::Elevenlabs), link(Engine::Flite)] }).unwrap();
        let count = |part: &str| asked.lock().unwrap().iter().filter(|line| line.contains(part)).count();
        let opened = Instant::now().checked_sub(Duration::from_secs(31)).unwrap();
        for _ in 0..3 {
            bench.profile.breakers().failed("elevenlabs", opened);
        }
        let step = first_step(&bench, "One loaf of bread.").await;
        assert_eq!(count("GET /v1/user/subscription"), 1, "well: {well}");
        assert_eq!(count("POST "), usize::from(well));
        assert_eq!(step.code, if well { "auth" } else { "resting" }, "{step:?}");
        if !well {
            // Left alone again, and for longer: not even the question is asked.
            assert!(step.says.contains("not well yet"), "{step:?}");
            assert_eq!(first_step(&bench, "Two loaves of bread.").await.code, "resting");
            assert_eq!(asked.lock().unwrap().len(), 1);
            let Gate::Open(left) = bench.profile.breakers().gate("elevenlabs", Instant::now()) else {
                panic!("it is closed")
            };
            assert!(left > Duration::from_secs(31), "{left:?}");
        }
    }
}
