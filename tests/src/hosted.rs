//! What stands in for a hosted project: REST, sign-in, storage and resumable uploads on loopback, on a Postgres of its own.
//! The servers are npm packages that `cargo xtask setup` installs into `tests/servers`.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

use crate::postgres::{Postgres, migrations};

/// The key that a program shows to be let in at all; no secret.
pub const KEY: &str = "sb_publishable_of_the_tests";
/// The password of everybody who is signed up here.
pub const PASSWORD: &str = "Correct-Horse-9";
/// The database.
const DATABASE: &str = "hosted";

/// A project, until it is dropped.
pub struct Hosted {
    /// Where it is.
    pub url: String,
    /// Its database.
    pub postgres: Postgres,
    server: Child,
    folder: tempfile::TempDir,
}

impl Hosted {
    /// A project with everything of ours in it. `None`, with a line saying so, where the servers are not installed;
    /// `cargo xtask test` installs them and allows no skipping.
    ///
    /// # Panics
    /// When it does not start, or the servers are missing where nothing may be skipped.
    #[must_use]
    pub fn start() -> Option<Self> {
        Self::with_tokens_for(3600)
    }

    /// The same, whose access tokens hold for so many seconds.
    ///
    /// # Panics
    /// As [`Self::start`].
    #[must_use]
    pub fn with_tokens_for(seconds: u32) -> Option<Self> {
        let hosted = Self::empty(seconds)?;
        for file in migrations() {
            hosted.postgres.must(DATABASE, &file, &[]);
        }
        Some(hosted)
    }

    /// A project as somebody gets it, with nothing of ours in it.
    ///
    /// # Panics
    /// As [`Self::start`].
    #[must_use]
    pub fn empty(seconds: u32) -> Option<Self> {
        let programs = programs()?;
        let postgres = Postgres::start();
        postgres.database(DATABASE);
        let folder = tempfile::tempdir().unwrap();
        let (url, server) = serve(&programs, &postgres, folder.path(), seconds);
        Some(Self { url, postgres, server, folder })
    }

    /// Stops the servers and starts them again, elsewhere: nothing that was kept is lost.
    ///
    /// # Panics
    /// When they do not start.
    pub fn restart(&mut self) {
        self.server.kill().unwrap();
        self.server.wait().unwrap();
        let programs = programs().unwrap();
        (self.url, self.server) = serve(&programs, &self.postgres, self.folder.path(), 3600);
    }

    /// Signs somebody up; gives their id.
    ///
    /// # Panics
    /// When the server refuses.
    pub async fn sign_up(&self, email: &str) -> String {
        let answer = self.post("/auth/v1/signup", &json!({ "email": email, "password": PASSWORD })).await;
        answer["user"]["id"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned()
    }

    /// Takes every session of somebody away, as an administrator does who locks them out.
    pub fn lock_out(&self, user: &str) {
        self.tell(&format!(
            "delete from auth.refresh_tokens where user_id::text = '{user}'; delete from auth.sessions where user_id = '{user}';
             update auth.users set banned_until = now() + interval '1 year' where id = '{user}'"
        ));
    }

    /// What a query of its owner gives.
    #[must_use]
    pub fn query(&self, sql: &str) -> String {
        self.postgres.query(DATABASE, sql)
    }

    /// A statement of its owner.
    pub fn tell(&self, sql: &str) {
        self.postgres.tell(DATABASE, sql);
    }

    /// The file in which the bytes of an object lie.
    ///
    /// # Panics
    /// When there is none, or more than one holds as many bytes.
    #[must_use]
    pub fn only_object(&self) -> PathBuf {
        let folder = self.folder.path().join("objects");
        let mut files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let file = files.next().expect("an object");
        assert!(files.next().is_none(), "only one object");
        file
    }

    /// Goes on with a session as a program does, and gives what it is told to go on with next time.
    ///
    /// # Panics
    /// When the server cannot be asked.
    pub async fn renewed(&self, token: &str) -> Option<String> {
        let body = json!({ "refresh_token": token });
        let answer = self.post("/auth/v1/token?grant_type=refresh_token", &body).await;
        Some(answer["refresh_token"].as_str()?.to_owned())
    }

    async fn post(&self, path: &str, body: &Value) -> Value {
        let http = reqwest::Client::new();
        let request = http.post(format!("{}{path}", self.url)).header("apikey", KEY).json(body);
        request.send().await.unwrap().json().await.unwrap()
    }
}

impl Drop for Hosted {
    fn drop(&mut self) {
        // One that died already has nothing to be stopped.
        drop(self.server.kill());
        drop(self.server.wait());
    }
}

fn serve(programs: &Path, postgres: &Postgres, folder: &Path, seconds: u32) -> (String, Child) {
    let mut server = Command::new("node")
        .arg(programs.join("backend.mjs"))
        .arg(postgres.socket())
        .arg(DATABASE)
        .arg(folder)
        .env("LIFETIME", seconds.to_string())
        // It goes when this program goes, however that ends.
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(server.stdout.take().unwrap()).lines();
    let port = lines.find_map(|line| Some(line.unwrap().strip_prefix("ready ")?.to_owned()));
    let port = port.expect("the servers of the tests did not start; what they said is above");
    // Whatever else they say is read, so that they never wait for a reader.
    std::thread::spawn(move || lines.map_while(Result::ok).count());
    (format!("http://127.0.0.1:{port}"), server)
}

fn programs() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("servers");
    if folder.join("node_modules/@supabase/lite").is_dir() {
        return Some(folder);
    }
    assert!(std::env::var_os("EDIT_FACTORY_TEST_ALL").is_none(), "the servers of the tests are not installed");
    eprintln!("skipped: the servers of the tests are not installed; `cargo xtask setup` installs them");
    None
}
