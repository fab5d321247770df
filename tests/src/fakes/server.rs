//! What both copies have in common: a port that is served until the copy is dropped, and when which fault holds.

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Mutex;

use tokio::net::{TcpListener, TcpStream};

/// Serves every connection on a port of its own, until it is dropped.
#[derive(Debug)]
pub(super) struct Server {
    pub(super) address: SocketAddr,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Server {
    pub(super) async fn start<F, W>(serve: F) -> Self
    where
        F: Fn(TcpStream) -> W + Send + 'static,
        W: Future<Output = ()> + Send + 'static,
    {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream));
            }
        });
        Self { address, task }
    }
}

/// Which fault each request meets, by its number, counted from 1.
pub(super) struct Faults<F>(Mutex<Box<dyn Fn(usize) -> F + Send>>);

impl<F: Copy + Send + 'static> Faults<F> {
    pub(super) fn none(none: F) -> Self {
        Self(Mutex::new(Box::new(move |_| none)))
    }

    pub(super) fn by(&self, which: impl Fn(usize) -> F + Send + 'static) {
        *self.0.lock().unwrap() = Box::new(which);
    }

    pub(super) fn of(&self, number: usize) -> F {
        self.0.lock().unwrap()(number)
    }
}

impl<F> std::fmt::Debug for Faults<F> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Faults")
    }
}
