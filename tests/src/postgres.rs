//! A Postgres of the test's own, reached through a socket in a folder that goes with it: no port that another may take.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Output, Stdio};

/// The user that Postgres runs as where the tests run as root, which it refuses.
const ACCOUNT: &str = "postgres";

/// A server, until it is dropped.
pub struct Postgres {
    dir: tempfile::TempDir,
    programs: PathBuf,
}

impl Default for Postgres {
    fn default() -> Self {
        Self::start()
    }
}

impl Postgres {
    /// Starts one with nothing in it.
    #[must_use]
    pub fn start() -> Self {
        let dir = tempfile::Builder::new().prefix("ef-pg").tempdir_in("/tmp").unwrap();
        if is_root() {
            run(Command::new("chown").arg(ACCOUNT).arg(dir.path()));
        }
        let server = Self { dir, programs: programs() };
        let data = server.data();
        run(server
            .as_owner("initdb")
            .args(["-U", "postgres", "--auth=trust", "--no-sync", "-E", "UTF8", "-D"])
            .arg(&data));
        // Nothing here outlives a crash of the machine, so nothing has to reach the disk.
        let settings = format!("-c fsync=off -c listen_addresses= -k {}", server.dir.path().display());
        run(server
            .as_owner("pg_ctl")
            .arg("-D")
            .arg(&data)
            .args(["-o", &settings, "-w", "-l"])
            .arg(data.join("log"))
            .arg("start"));
        server
    }

    /// A new database with nothing in it.
    pub fn database(&self, name: &str) {
        run(Command::new(self.programs.join("createdb")).args(self.address()).arg(name));
    }

    /// The folder with the socket it is reached through.
    #[must_use]
    pub fn socket(&self) -> &Path {
        self.dir.path()
    }

    /// A new database with what a hosted project has before anything of ours is in it, and pgTAP.
    pub fn project(&self, name: &str) {
        self.database(name);
        self.must(name, &sql_file("bare.sql"), &[]);
        let tap = "create schema tap; grant usage on schema tap to public; create extension pgtap schema tap";
        self.tell(name, tap);
    }

    /// Runs a file as the owner of the project; gives what psql prints and what it complains of.
    #[must_use]
    pub fn file(&self, database: &str, file: &Path, options: &[(&str, &str)]) -> Output {
        self.psql(database, options).arg("-f").arg(file).output().unwrap()
    }

    /// The same, under way: to be killed in the middle.
    #[must_use]
    pub fn begun(&self, database: &str, file: &Path, options: &[(&str, &str)]) -> Child {
        let mut psql = self.psql(database, options);
        psql.arg("-f").arg(file).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    }

    /// Runs a file that has to run well; gives what it prints.
    pub fn must(&self, database: &str, file: &Path, options: &[(&str, &str)]) -> String {
        let output = self.file(database, file, options);
        assert!(output.status.success(), "{}: {}", file.display(), String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// What a query gives: a line a row, columns between bars.
    #[must_use]
    pub fn query(&self, database: &str, sql: &str) -> String {
        let output = self.psql(database, &[]).args(["-c", sql]).output().unwrap();
        assert!(output.status.success(), "{sql}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
    }

    /// Runs a statement that has nothing to say.
    pub fn tell(&self, database: &str, sql: &str) {
        let _ = self.query(database, sql);
    }

    /// Runs a file of pgTAP tests and gives the lines of those that failed; panics when it did not run to its end.
    #[must_use]
    pub fn tap(&self, database: &str, file: &Path) -> Vec<String> {
        let said = self.must(database, file, &[]);
        let planned = said.lines().find_map(|line| line.strip_prefix("1..")?.parse::<usize>().ok()).unwrap();
        let of =
            |start: &str| said.lines().filter(|line| line.starts_with(start)).map(str::to_owned).collect::<Vec<_>>();
        let failed = of("not ok");
        assert_eq!(of("ok ").len() + failed.len(), planned, "{}: {said}", file.display());
        failed
    }

    /// How to reach it, also from another process.
    #[must_use]
    pub fn reach(&self) -> Reach {
        Reach { socket: self.dir.path().to_owned() }
    }

    fn psql(&self, database: &str, options: &[(&str, &str)]) -> Command {
        self.reach().psql(database, options)
    }

    fn address(&self) -> [String; 4] {
        self.reach().address()
    }

    fn data(&self) -> PathBuf {
        self.dir.path().join("data")
    }

    fn as_owner(&self, program: &str) -> Command {
        let program = self.programs.join(program);
        let mut command = if is_root() {
            let mut as_other = Command::new("setpriv");
            as_other
                .args([format!("--reuid={ACCOUNT}"), format!("--regid={ACCOUNT}"), "--clear-groups".into()])
                .arg(program);
            as_other
        } else {
            Command::new(program)
        };
        // A folder it may stand in.
        command.current_dir(self.dir.path()).stdin(Stdio::null());
        command
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let data = self.data();
        let stopped = self.as_owner("pg_ctl").arg("-D").arg(data).args(["-m", "immediate", "stop"]).output();
        if !stopped.is_ok_and(|output| output.status.success()) && !std::thread::panicking() {
            panic!("Postgres did not stop");
        }
    }
}

/// How to reach a server, as long as it is there.
#[derive(Debug, Clone)]
pub struct Reach {
    /// The folder of its socket.
    pub socket: PathBuf,
}

impl Reach {
    /// A connection that stays, for many calls by one user of the project.
    ///
    /// # Panics
    /// When psql does not start.
    #[must_use]
    pub fn session(&self, database: &str, user: &str) -> Session {
        let mut psql = self.psql(database, &[]);
        // What fails is an answer, not the end.
        let mut child = psql
            .args(["-v", "ON_ERROR_STOP=0"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let (input, output) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        let mut session = Session { child, input, output };
        let claims = format!("set request.jwt.claims = '{{\"sub\": \"{user}\"}}'; set role authenticated;");
        session.ask(&claims).unwrap();
        session
    }

    fn psql(&self, database: &str, options: &[(&str, &str)]) -> Command {
        let mut psql = Command::new(programs().join("psql"));
        psql.args(self.address()).args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", database]);
        let settings: Vec<String> = options.iter().map(|(name, value)| format!("-c {name}={value}")).collect();
        psql.env("PGOPTIONS", settings.join(" ")).env("LC_ALL", "C.UTF-8").stdin(Stdio::null());
        psql
    }

    fn address(&self) -> [String; 4] {
        ["-h", &self.socket.display().to_string(), "-U", "postgres"].map(str::to_owned)
    }
}

/// A connection as one user.
pub struct Session {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Session {
    /// Runs a statement and gives what it prints.
    ///
    /// # Errors
    /// The SQLSTATE and the server's words.
    ///
    /// # Panics
    /// When the connection is gone.
    pub fn ask(&mut self, sql: &str) -> Result<String, (String, String)> {
        writeln!(self.input, "{sql}\n\\echo {END} :ERROR :SQLSTATE :LAST_ERROR_MESSAGE").unwrap();
        self.input.flush().unwrap();
        let mut said = String::new();
        loop {
            let mut line = String::new();
            assert!(self.output.read_line(&mut line).unwrap() > 0, "psql ended");
            let Some(rest) = line.strip_prefix(END) else {
                said += &line;
                continue;
            };
            let mut words = rest.trim().splitn(3, ' ');
            let (failed, state) = (words.next() == Some("true"), words.next().unwrap_or_default().to_owned());
            return if failed { Err((state, words.next().unwrap_or_default().to_owned())) } else { Ok(said) };
        }
    }
}

const END: &str = "@@@";

impl Drop for Session {
    fn drop(&mut self) {
        // As when a device goes away in the middle: the server undoes what was not committed.
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// A file of `tests/supabase`.
#[must_use]
pub fn sql_file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("supabase").join(name)
}

/// The files of `migrations/supabase`, in their order.
#[must_use]
pub fn migrations() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrations/supabase");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn is_root() -> bool {
    let output = Command::new("id").arg("-u").output().unwrap();
    output.stdout.trim_ascii() == b"0"
}

/// Where Debian keeps the programs of the newest version; elsewhere they are on the PATH.
fn programs() -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let newest = versions.filter_map(|entry| entry.file_name().to_string_lossy().parse::<u32>().ok()).max();
    newest.map_or_else(PathBuf::new, |version| PathBuf::from(format!("/usr/lib/postgresql/{version}/bin")))
}

fn run(command: &mut Command) {
    // What a server keeps open after its start must not keep this waiting.
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
    assert!(status.success(), "{command:?} failed: {status}");
}
