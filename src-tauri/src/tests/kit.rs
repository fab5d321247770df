//! A program with windows, in a folder of the test's own.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;

use edit_factory_core::error::{Code, Failure};
use edit_factory_core::home::{Home, ProfileInfo};
use edit_factory_core::host::{Host, Tools};
use edit_factory_core::ids::ProfileId;
use edit_factory_core::profile::Profile;
use edit_factory_core::profile::secrets::InMemory;
use serde_json::{Value, json};
use tauri::test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder, mock_context, noop_assets};
use tauri::{App, Listener, Manager, WebviewWindow};

use crate::opening::Opening;
use crate::outside::Outside;
use crate::shell::Shell;
use crate::{configure, windows};

/// Longest wait for something that is bound to happen.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// The running program.
pub struct Desk {
    pub app: App<MockRuntime>,
    pub notified: Arc<Mutex<Vec<(String, String)>>>,
    /// How many times something keeps the machine awake now.
    pub awake: Arc<AtomicUsize>,
    folder: tempfile::TempDir,
}

struct Held(Arc<AtomicUsize>);

impl Drop for Held {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// A program on a home that nobody has used, without any tool.
pub fn desk() -> Desk {
    let folder = tempfile::tempdir().unwrap();
    let (notified, awake) = (Arc::<Mutex<Vec<_>>>::default(), Arc::<AtomicUsize>::default());
    let (told, counted) = (notified.clone(), awake.clone());
    let outside = Outside {
        language: "en".into(),
        notify: Box::new(move |title, body| told.lock().unwrap().push((title.into(), body.into()))),
        keep_awake: Box::new(move || {
            counted.fetch_add(1, Ordering::SeqCst);
            Some(Box::new(Held(counted.clone())))
        }),
    };
    let host = host(folder.path());
    let app = configure(mock_builder())
        .manage(Opening::new(move || Ok(host.clone()), outside))
        .build(mock_context(noop_assets()))
        .unwrap();
    Desk { app, notified, awake, folder }
}

fn host(folder: &Path) -> Host {
    Host {
        home: folder.join("home"),
        tools: Tools::default(),
        secrets: Arc::new(InMemory::default()),
        concurrency: 1,
        endpoints: std::collections::BTreeMap::new(),
        demo: None,
        process_name: "a test".into(),
    }
}

impl Desk {
    /// A new window of this label.
    pub fn window(&self, label: &str) -> WebviewWindow<MockRuntime> {
        windows::make(self.app.handle(), label).unwrap();
        self.app.get_webview_window(label).unwrap()
    }

    pub fn shell(&self) -> Arc<Shell> {
        self.app.state::<Opening>().shell().unwrap()
    }

    pub fn home(&self) -> Home {
        self.shell().home.clone()
    }

    /// Where the home is, open or not.
    pub fn home_folder(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    /// A folder outside the home.
    pub fn aside(&self) -> PathBuf {
        self.folder.path().join("aside")
    }

    /// Makes profiles of these names.
    pub fn profiles<const N: usize>(&self, names: [&str; N]) -> [ProfileInfo; N] {
        names.map(|name| self.home().create(name, None).unwrap())
    }

    pub fn open(&self, id: ProfileId) -> Profile {
        self.home().profile(id).unwrap()
    }

    /// What the profile's database file is.
    pub fn database(&self, id: ProfileId) -> PathBuf {
        self.home_folder().join("profiles").join(id.to_string()).join("profile.sqlite")
    }

    /// Takes the part of another process that does the profile's jobs, until it is dropped.
    pub fn other_process(&self, id: ProfileId) -> std::fs::File {
        let file = std::fs::File::create(self.database(id).with_file_name("runner.lock")).unwrap();
        file.lock().unwrap();
        file
    }
}

/// Calls a command as a page does.
pub fn ask(window: &WebviewWindow<MockRuntime>, command: &str, arguments: Value) -> Result<Value, Failure> {
    let request = tauri::webview::InvokeRequest {
        cmd: command.into(),
        callback: tauri::ipc::CallbackFn(0),
        error: tauri::ipc::CallbackFn(1),
        url: "tauri://localhost".parse().unwrap(),
        body: tauri::ipc::InvokeBody::Json(arguments),
        headers: tauri::http::HeaderMap::default(),
        invoke_key: INVOKE_KEY.to_owned(),
    };
    match get_ipc_response(window, request) {
        Ok(body) => Ok(body.deserialize().unwrap()),
        Err(error) => Err(serde_json::from_value(error).unwrap()),
    }
}

/// The window's session.
pub fn session(window: &WebviewWindow<MockRuntime>) -> Value {
    ask(window, "session", json!({})).unwrap()
}

/// Shows another profile.
pub fn switch(window: &WebviewWindow<MockRuntime>, id: ProfileId) -> Value {
    ask(window, "switch_profile", json!({ "id": id })).unwrap()
}

/// Makes a call of core for the session of this epoch.
pub fn call(window: &WebviewWindow<MockRuntime>, epoch: u64, call: Value) -> Result<Value, Failure> {
    ask(window, "call", json!({ "epoch": epoch, "call": call }))
}

pub fn epoch(session: &Value) -> u64 {
    session["epoch"].as_u64().unwrap()
}

pub fn code(answer: Result<Value, Failure>) -> Code {
    answer.expect_err("it should have been refused").code
}

/// What a window hears under this name, as its page would.
pub fn heard(window: &WebviewWindow<MockRuntime>, event: &str) -> mpsc::Receiver<Value> {
    let (tell, heard) = mpsc::channel();
    window.listen(event, move |event| {
        // The test may have ended before the last event.
        drop(tell.send(serde_json::from_str(event.payload()).unwrap()));
    });
    heard
}

/// Waits until it is so.
pub fn until(what: &str, mut so: impl FnMut() -> bool) {
    let started = std::time::Instant::now();
    while !so() {
        assert!(started.elapsed() < PATIENCE, "waited in vain: {what}");
        std::thread::yield_now();
    }
}
