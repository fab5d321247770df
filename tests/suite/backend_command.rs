//! `edit-factory backend`: looking changes nothing, rehearsing changes nothing, making ready can be killed.

use std::io::Write;
use std::path::Path;
use std::process::Stdio;

use acceptance::postgres::{Postgres, sql_file};
use acceptance::{Cli, Ran, soak_or};

const OWNER: &str = "11111111-1111-4111-8111-111111111111";

fn url(server: &Postgres, database: &str) -> String {
    let socket = server.socket().display().to_string().replace('/', "%2F");
    format!("postgres://postgres:hush-hush@{socket}/{database}")
}

fn backend(cli: &Cli, server: &Postgres, database: &str, what: &[&str]) -> Ran {
    let url = url(server, database);
    let ran = cli.run(["backend", what[0], "--url", &url].iter().chain(&what[1..]));
    assert!(!ran.stdout.contains("hush") && !ran.stderr.contains("hush"), "{}{}", ran.stdout, ran.stderr);
    ran
}

/// A live project from before there were profiles.
fn legacy(server: &Postgres, database: &str, rows: u32) {
    server.project(database);
    let text = std::fs::read_to_string(sql_file("legacy.sql")).unwrap().replace(":rows", &rows.to_string());
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("legacy.sql");
    std::fs::write(&file, text).unwrap();
    server.must(database, &file, &[]);
    server.tell(database, &format!("insert into auth.users (id) values ('{OWNER}')"));
}

/// Everything that is in a database, in one line.
fn fingerprint(server: &Postgres, database: &str) -> String {
    server.query(
        database,
        "select md5(string_agg(c, ',' order by c)) from (
             select c.oid::regclass || ':' || a.attname || ':' || a.atttypid::regtype as c
             from pg_class c join pg_attribute a on a.attrelid = c.oid
             where c.relnamespace in ('public'::regnamespace, 'auth'::regnamespace) and a.attnum > 0
             union all select md5(string_agg(x::text, ',' order by id)) from public.clips x
             union all select md5(string_agg(x::text, ',' order by id)) from public.projects x) all_of_it",
    )
}

fn finds(ran: &Ran, part: &str) -> bool {
    ran.json["findings"].as_array().unwrap().iter().any(|one| one["what"].as_str().unwrap().contains(part))
}

#[test]
fn an_empty_project_is_looked_at_made_ready_and_found_ready() {
    let server = Postgres::start();
    server.project("empty");
    let home = tempfile::tempdir().unwrap();
    let cli = Cli::new(home.path());
    let looked = backend(&cli, &server, "empty", &["check"]);
    assert_eq!((looked.code, looked.error()), (1, "wrong_state"));
    assert!(finds(&looked, "the table clips is missing") && finds(&looked, "sync_push") && finds(&looked, "bucket"));
    assert_eq!(server.query("empty", "select count(*) from pg_class where relnamespace = 'public'::regnamespace"), "0");

    let made = backend(&cli, &server, "empty", &["migrate"]).good();
    assert_eq!((made["ran"].as_array().unwrap().len(), made["set_aside"].as_i64()), (9, Some(0)));
    let looked = backend(&cli, &server, "empty", &["check"]).good();
    assert_eq!(looked["ready"], true, "{looked}");
    let again = backend(&cli, &server, "empty", &["migrate"]).good();
    assert_eq!(again["ran"].as_array().unwrap().len(), 0, "{again}");
    for file in ["gates.sql", "isolation.sql"] {
        assert_eq!(server.tap("empty", &sql_file(file)), Vec::<String>::new(), "{file}");
    }

    // Somebody switched the protection of a table off: that is found, and put right by the same command.
    server.tell("empty", "alter table public.clips disable row level security");
    let looked = backend(&cli, &server, "empty", &["check"]);
    assert!(finds(&looked, "clips has no row level security"), "{}", looked.stdout);
    assert_eq!(backend(&cli, &server, "empty", &["migrate"]).good()["ran"].as_array().unwrap().len(), 9);
    backend(&cli, &server, "empty", &["check"]).good();
    // It needs no home, and leaves none.
    assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0);
}

#[test]
fn a_live_project_is_counted_rehearsed_and_only_then_changed() {
    let server = Postgres::start();
    let rows = soak_or(2_000, 200_000);
    legacy(&server, "live", rows);
    let home = tempfile::tempdir().unwrap();
    let cli = Cli::new(home.path());
    let before = fingerprint(&server, "live");

    let looked = backend(&cli, &server, "live", &["check"]);
    let of = |what: &str| {
        let all = looked.json["findings"].as_array().unwrap();
        all.iter().find(|one| one["what"].as_str().unwrap() == what).and_then(|one| one["rows"].as_i64())
    };
    assert_eq!(of("clips has rows of no profile"), Some(i64::from(rows)));
    // Every tenth has no project at all; of the others every 97th points at one that is gone.
    let orphans = (1..=rows).filter(|n| n % 10 != 0 && n % 97 == 0).count();
    assert_eq!(of("clips has rows whose project_id is not there"), i64::try_from(orphans).ok());

    let nobody = backend(&cli, &server, "live", &["migrate"]);
    assert_eq!((nobody.code, nobody.error()), (1, "invalid_input"));
    assert!(nobody.json["error"]["message"].as_str().unwrap().contains("--owner"));
    let stranger = backend(&cli, &server, "live", &["migrate", "--owner", "22222222-2222-4222-8222-222222222222"]);
    assert_eq!(stranger.error(), "not_found");
    assert_eq!(fingerprint(&server, "live"), before);

    let tried = backend(&cli, &server, "live", &["migrate", "--owner", OWNER, "--dry-run"]).good();
    let counted = |when: &str, of: &str| {
        let all = tried["rehearsed"]["migrated"][when].as_array().unwrap();
        let clips = all.iter().find(|count| count["table"] == "clips").unwrap();
        clips[of].as_i64().unwrap()
    };
    let rows = i64::from(rows);
    assert_eq!((counted("before", "rows"), counted("before", "without_profile")), (rows, rows));
    assert_eq!((counted("after", "rows"), counted("after", "without_profile")), (rows, 0));
    assert_eq!(tried["rehearsed"]["check"]["ready"], true, "{tried}");
    assert_eq!(fingerprint(&server, "live"), before, "a rehearsal changes nothing");
    let databases = server.query("live", "select count(*) from pg_database where datname like 'edit_factory%'");
    assert_eq!(databases, "0", "the copy is gone");

    // One who may not make databases is told so.
    server.tell("live", "create role clerk login; grant pg_read_all_data to clerk");
    let clerk = url(&server, "live").replace("postgres:hush-hush", "clerk");
    let ran = cli.run(["backend", "migrate", "--url", &clerk, "--owner", OWNER, "--dry-run"]);
    assert!(ran.json["error"]["message"].as_str().unwrap().contains("may not make a database"), "{}", ran.stdout);

    // Read from standard input, as a person does who keeps passwords out of arguments.
    let mut child = cli
        .command(["backend", "migrate", "--url", "-", "--owner", OWNER])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    writeln!(child.stdin.take().unwrap(), "{}", url(&server, "live")).unwrap();
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success() && said.contains("Before:") && !said.contains("hush"), "{said}");
    backend(&cli, &server, "live", &["check"]).good();
    assert_eq!(server.query("live", "select count(*), count(profile_id) from public.clips"), format!("{rows}|{rows}"));
}

#[test]
fn a_migration_that_was_killed_is_gone_on_with_by_the_same_command() {
    let server = Postgres::start();
    let rows = soak_or(20_000, 200_000);
    legacy(&server, "live", rows);
    let content = "select count(*), count(distinct id), sum(hashtext(name)), sum(hashtext(status)) from public.clips";
    let before = server.query("live", content);
    let home = tempfile::tempdir().unwrap();
    let cli = Cli::new(home.path());
    let address = url(&server, "live");
    // Somebody keeps a clip for themselves, so that the run gets stuck in the middle whenever it reaches it.
    let hold = Hold::on(&server, home.path());
    let mut run = cli
        .command(["backend", "migrate", "--url", &address, "--owner", OWNER, "--quiet"])
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let waiting =
        "select count(*) from pg_stat_activity where application_name = 'edit-factory' and wait_event_type = 'Lock'";
    while server.query("live", waiting) == "0" {
        assert!(run.try_wait().unwrap().is_none(), "it ended before it could be killed");
    }
    run.kill().unwrap();
    run.wait().unwrap();
    hold.let_go(&server);
    assert_eq!(server.query("live", content), before);
    backend(&cli, &server, "live", &["migrate", "--owner", OWNER]).good();
    assert_eq!(server.query("live", content), before, "no row is lost, none is double");
    backend(&cli, &server, "live", &["check"]).good();
    for file in ["gates.sql", "isolation.sql", "sync.sql"] {
        assert_eq!(server.tap("live", &sql_file(file)), Vec::<String>::new(), "{file}");
    }
}

/// A session that holds the last clip until it is told to let go.
struct Hold(std::process::Child);

impl Hold {
    fn on(server: &Postgres, folder: &Path) -> Self {
        let file = folder.join("hold.sql");
        let sql = "begin; select id from public.clips order by created_at desc limit 1 for update;
                   select pg_advisory_lock(7); select pg_sleep(3600);";
        std::fs::write(&file, sql).unwrap();
        let child = server.begun("live", &file, &[]);
        while server.query("live", "select count(*) from pg_locks where locktype = 'advisory' and objid = 7") == "0" {}
        std::fs::remove_file(&file).unwrap();
        Self(child)
    }
}

impl Hold {
    fn let_go(mut self, server: &Postgres) {
        // The server would not notice before the sleep is over that its client is gone.
        server.tell(
            "live",
            "select pg_terminate_backend(pid, 10000) from pg_locks where locktype = 'advisory' and objid = 7",
        );
        self.0.wait().unwrap();
    }
}
