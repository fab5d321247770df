//! A loopback copy of the hosts that voices are downloaded from: files under their paths, whole or cut, with ranges.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;

use super::{Asked, http};

/// The copy, running until it is dropped.
#[derive(Debug)]
pub struct Files {
    /// Where it is.
    pub url: String,
    /// What it was asked.
    pub asked: Asked,
    state: Arc<State>,
    task: tokio::task::JoinHandle<()>,
}

#[derive(Debug, Default)]
struct State {
    /// Bytes by the end of a path.
    files: Mutex<HashMap<String, Vec<u8>>>,
    /// Answers that are still to be cut in the middle.
    cuts: Mutex<usize>,
}

impl Drop for Files {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Files {
    /// Starts it, with nothing to give.
    ///
    /// # Panics
    /// When there is no port.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (asked, state) = (Asked::default(), Arc::new(State::default()));
        let (heard, serving) = (asked.clone(), state.clone());
        let task = tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let (heard, state) = (heard.clone(), serving.clone());
                tokio::spawn(async move {
                    let Some(request) = http::read(&mut stream).await else { return };
                    let from: Option<usize> = request
                        .header("range")
                        .and_then(|range| range.strip_prefix("bytes=")?.strip_suffix('-')?.parse().ok());
                    let name = request.what.rsplit('/').next().unwrap_or_default().to_owned();
                    heard.push(request);
                    let file = state.files.lock().unwrap().get(&name).cloned();
                    let Some(file) = file else {
                        return http::answer(&mut stream, 404, &[], b"", http::Ending::Whole).await;
                    };
                    let cut = {
                        let mut cuts = state.cuts.lock().unwrap();
                        let cut = *cuts > 0 && file.len() > 100_000;
                        *cuts -= usize::from(cut);
                        cut
                    };
                    let ending = if cut { http::Ending::Cut } else { http::Ending::Whole };
                    let tag = ("ETag", "\"1\"".to_owned());
                    match from {
                        Some(from) => {
                            let range = format!("bytes {from}-{}/{}", file.len() - 1, file.len());
                            let headers = [tag, ("Content-Range", range)];
                            http::answer(&mut stream, 206, &headers, &file[from..], ending).await;
                        }
                        None => http::answer(&mut stream, 200, &[tag], &file, ending).await,
                    }
                    drop(stream.shutdown().await);
                });
            }
        });
        Self { url, asked, state, task }
    }

    /// Gives this file to whoever asks for a path that ends in its name.
    ///
    /// # Panics
    /// Never, but for a test that died.
    pub fn put(&self, name: &str, bytes: Vec<u8>) {
        self.state.files.lock().unwrap().insert(name.to_owned(), bytes);
    }

    /// Cuts so many of the next large answers in the middle.
    ///
    /// # Panics
    /// Never, but for a test that died.
    pub fn cut(&self, answers: usize) {
        *self.state.cuts.lock().unwrap() = answers;
    }
}
