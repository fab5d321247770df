//! Keeping a profile and taking it elsewhere: into one file and out of it, backups and the way back, with real files.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};

use acceptance::planted::{files, holding};
use acceptance::{Cli, footage, studio};
use edit_factory_core::home::Home;
use edit_factory_core::profile::Profile;
use edit_factory_core::profile::db::DbError;
use edit_factory_core::project::store as projects;
use serde_json::Value;

const SCRIPT: &str = "Fresh bread is on the table. And the door is open for everybody.";
const KEY: &str = "sk-planted-key-7e1b52c9d4aa0f6";
const PASSPHRASE: &str = "correct horse battery";

/// A profile named "Bakery" with footage inside and footage elsewhere, a project, a finished video and a key.
fn bakery(desk: &Path) -> Cli {
    let passphrase = desk.join("safe/passphrase");
    std::fs::create_dir_all(passphrase.parent().unwrap()).unwrap();
    std::fs::write(&passphrase, PASSPHRASE).unwrap();
    let cli = Cli::new(&desk.join("home")).with("EDIT_FACTORY_PASSPHRASE_FILE", &passphrase);
    cli.run(["profile", "create", "Bakery"]).good();
    footage::moving(&desk.join("inside/oven.mp4"), 1, 12);
    let elsewhere = footage::moving(&desk.join("elsewhere/street.mp4"), 2, 8);
    std::fs::write(desk.join("s.md"), SCRIPT).unwrap();
    let path = |path: &Path| path.to_str().unwrap().to_owned();
    cli.run(["source", "add", "--in-place", &path(&elsewhere)]).good();
    let (script, out, inside) = (path(&desk.join("s.md")), path(&desk.join("out")), path(&desk.join("inside")));
    cli.run(["make", "--variants", "1", "--platform", "draft", "--script", &script, "--out", &out, &inside]).good();
    let set = ["credential", "set", "elevenlabs", "--in", "file", "--untested"];
    let ran = piped(&cli, &set, KEY);
    assert!(ran.0, "{}", ran.1);
    cli
}

/// Runs it with this on standard input; gives whether that went well, and what it said.
fn piped(cli: &Cli, arguments: &[&str], input: &str) -> (bool, String) {
    let mut command = cli.command(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    (output.status.success(), said)
}

fn open(home: &Path, name: &str) -> Profile {
    let home = Home::open(studio::host(home, &[])).unwrap();
    home.profile(home.find(name).unwrap().id).unwrap()
}

/// The text with the end of every id in it blotted out: that is what an import changes.
fn blotted(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    let hyphens = [8, 13, 18, 23];
    for at in 0..bytes.len().saturating_sub(35) {
        let shaped = (0..36).all(|i| {
            let byte = bytes[at + i];
            if hyphens.contains(&i) { byte == b'-' } else { byte.is_ascii_hexdigit() }
        });
        if shaped {
            bytes[at + 28..at + 36].fill(b'_');
        }
    }
    String::from_utf8(bytes).unwrap()
}

/// Every row of every table. What stays on a machine, and where footage lies, is not compared.
fn rows(profile: &Profile) -> BTreeMap<String, Vec<String>> {
    const STAY: [&str; 2] = ["secret_names", "job_commands"];
    const COLUMNS: [&str; 2] = ["path", "outside"];
    let own = profile.id().to_string();
    profile
        .read::<_, DbError>(|tx| {
            let mut tables = tx.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")?;
            let tables: Vec<String> = tables.query_map([], |r| r.get(0))?.collect::<Result<_, _>>()?;
            let mut all = BTreeMap::new();
            for table in tables.into_iter().filter(|table| !STAY.contains(&table.as_str())) {
                let mut query = tx.prepare(&format!("SELECT * FROM \"{table}\""))?;
                let columns: Vec<String> = query.column_names().into_iter().map(str::to_owned).collect();
                let mut found = query.query([])?;
                let mut lines = Vec::new();
                while let Some(row) = found.next()? {
                    let mut line = String::new();
                    for (i, column) in columns.iter().enumerate().filter(|(_, c)| !COLUMNS.contains(&c.as_str())) {
                        line.push_str(&format!("{column}={:?} ", row.get_ref(i)?));
                        if let Ok(text) = row.get::<_, String>(i) {
                            line.push_str(&blotted(&text.replace(&own, "this profile")));
                        }
                    }
                    // The debug form of a text is its bytes, in which no id is seen.
                    lines.push(without_bytes(&line));
                }
                lines.sort();
                all.insert(table, lines);
            }
            Ok(all)
        })
        .unwrap()
}

fn without_bytes(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some(at) = rest.find("Text([") {
        out.push_str(&rest[..at]);
        rest = rest[at..].find("])").map_or("", |end| &rest[at + end + 2..]);
    }
    out + rest
}

/// The files that go along, by name, with their hashes.
fn hashes(profile: &Profile) -> BTreeMap<String, String> {
    let root = profile.root();
    let shelves = ["media", "clips", "cache/voice", "cache/thumbs", "trash"];
    let all = shelves.iter().map(|shelf| root.join(shelf)).filter(|folder| folder.is_dir());
    let all = all.flat_map(|folder| files(&folder)).map(|file| {
        let name = file.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
        (blotted(&name), blake3::hash(&std::fs::read(&file).unwrap()).to_hex().to_string())
    });
    all.collect()
}

#[test]
fn a_profile_goes_into_one_file_and_comes_out_of_it_with_every_row_and_file_and_without_its_key() {
    let desk = tempfile::tempdir().unwrap();
    let cli = bakery(desk.path());
    let file = desk.path().join("bakery.efprofile");
    let path = file.to_str().unwrap();
    let told = cli.run(["profile", "export", "Bakery", "--out", path]).good();
    assert_eq!((told["copied"].as_u64(), told["missing"].as_array().map(Vec::len)), (Some(1), Some(0)), "{told}");
    // All of it, to look for the key.
    let tar = desk.path().join("looked/at.tar");
    std::fs::create_dir(tar.parent().unwrap()).unwrap();
    unpacked(&file, &tar);
    assert_eq!(holding(tar.parent().unwrap(), &["sk-planted", "horse battery"]), Vec::<PathBuf>::new());

    let elsewhere = Cli::new(&desk.path().join("other machine"));
    for name in ["Bakery", "Bakery 2"] {
        let made = elsewhere.run(["profile", "import", path]).good();
        assert_eq!(made["name"], name);
    }
    let (mine, theirs) = (open(&cli.home, "Bakery"), open(&elsewhere.home, "Bakery"));
    let (mut before, mut after) = (rows(&mine), rows(&theirs));
    // The one setting that names the profile.
    for all in [&mut before, &mut after] {
        all.get_mut("settings").unwrap().retain(|line| !line.contains("identity"));
    }
    assert!(before["shots"].len() > 2 && before["clips"].len() == 1 && before["voiceovers"].len() == 1);
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    for (table, lines) in &before {
        assert_eq!(lines, &after[table], "{table}");
    }
    let (here, there) = (hashes(&mine), hashes(&theirs));
    let added: Vec<&String> = there.keys().filter(|name| !here.contains_key(*name)).collect();
    assert_eq!(added.len(), 1, "the footage that lay elsewhere: {added:?}");
    assert!(here.iter().all(|(name, hash)| there.get(name) == Some(hash)), "{here:#?}\n{there:#?}");
    let street = blake3::hash(&std::fs::read(desk.path().join("elsewhere/street.mp4")).unwrap()).to_hex().to_string();
    assert_eq!(there[added[0]], street);

    // Two of them: what is done in one is not in the other, and the audit agrees.
    theirs.write(|tx| projects::create(tx, "Only here", &edit_factory_core::project::Look::default(), &[])).unwrap();
    let second = open(&elsewhere.home, "Bakery 2");
    assert_eq!(second.read(projects::list).unwrap().len() + 1, theirs.read(projects::list).unwrap().len());
    drop((mine, theirs, second));
    let audit = elsewhere.run(["profile", "audit", "--calls", "0"]);
    assert_eq!((audit.code, &audit.json["leaks"]), (0, &serde_json::json!([])), "{}", audit.json);
    // And it works: another video is made of what came along.
    let project = elsewhere.run(["--profile", "Bakery 2", "project", "list"]).good()[0]["id"].clone();
    let made = elsewhere.run(["--profile", "Bakery 2", "generate", project.as_str().unwrap(), "--variants", "1"]);
    made.good();
}

/// Takes zstd off an archive.
fn unpacked(from: &Path, to: &Path) {
    let mut tar = std::fs::File::create(to).unwrap();
    zstd::stream::copy_decode(std::fs::File::open(from).unwrap(), &mut tar).unwrap();
    assert!(tar.metadata().unwrap().len() > 1000);
}

#[test]
fn with_a_passphrase_it_opens_with_that_one_alone_and_a_cut_one_leaves_nothing() {
    let desk = tempfile::tempdir().unwrap();
    let cli = Cli::new(&desk.path().join("home"));
    cli.run(["profile", "create", "Bakery"]).good();
    footage::moving(&desk.path().join("a.mp4"), 1, 4);
    cli.run(["source", "add", desk.path().join("a.mp4").to_str().unwrap()]).good();
    let file = desk.path().join("bakery.efprofile");
    let path = file.to_str().unwrap();
    let (good, said) = piped(&cli, &["profile", "export", "Bakery", "--out", path, "--passphrase"], PASSPHRASE);
    assert!(good, "{said}");
    assert_eq!(holding(desk.path(), &["horse battery"]), Vec::<PathBuf>::new(), "the passphrase is nowhere");
    let refused = cli.run(["profile", "import", path]);
    assert!(refused.json["error"]["message"].as_str().unwrap().contains("has a passphrase"), "{}", refused.json);
    let (good, said) = piped(&cli, &["profile", "import", path, "--passphrase"], "wrong horse battery");
    assert!(!good && said.contains("not the passphrase"), "{said}");
    let whole = std::fs::read(&file).unwrap();
    std::fs::write(&file, &whole[..whole.len() - 1000]).unwrap();
    let (good, said) = piped(&cli, &["profile", "import", path, "--passphrase"], PASSPHRASE);
    assert!(!good && said.contains("damaged") && said.contains("nothing of it was taken in"), "{said}");
    assert_eq!(cli.run(["profile", "list"]).good().as_array().map(Vec::len), Some(1));
    assert_eq!(std::fs::read_dir(cli.home.join("profiles")).unwrap().count(), 1);
    std::fs::write(&file, whole).unwrap();
    let (good, said) = piped(&cli, &["profile", "import", path, "--passphrase"], PASSPHRASE);
    assert!(good, "{said}");
}

/// Starts it, and kills it as soon as `begun` finds something. Gives whether it was killed in the middle.
fn kill_when(cli: &Cli, arguments: &[&str], begun: impl Fn() -> bool) -> bool {
    let mut child: Child = cli.command(arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    loop {
        if begun() {
            child.kill().unwrap();
            child.wait().unwrap();
            return true;
        }
        if child.try_wait().unwrap().is_some() {
            return false;
        }
        std::thread::yield_now();
    }
}

fn hidden(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path());
    entries.filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))).collect()
}

#[test]
fn killed_in_the_middle_neither_leaves_anything_half_made() {
    let desk = tempfile::tempdir().unwrap();
    let cli = Cli::new(&desk.path().join("home"));
    let id = cli.run(["profile", "create", "Bakery"]).good()["id"].as_str().unwrap().to_owned();
    // Enough to be found at work.
    let noise: Vec<u8> = (0..40_u32 << 20).map(|i| (i.wrapping_mul(2_654_435_761) >> 23) as u8).collect();
    let music = cli.home.join("profiles").join(id).join("media/music");
    std::fs::create_dir_all(&music).unwrap();
    std::fs::write(music.join("noise.wav"), noise).unwrap();
    let out = desk.path().join("out");
    std::fs::create_dir(&out).unwrap();
    let file = out.join("bakery.efprofile");
    let path = file.to_str().unwrap();

    assert!(kill_when(&cli, &["profile", "export", "Bakery", "--out", path], || !hidden(&out).is_empty()));
    cli.run(["profile", "list"]).good();
    assert_eq!(std::fs::read_dir(&out).unwrap().count(), 0, "neither the file nor a part of it");

    cli.run(["profile", "export", "Bakery", "--out", path]).good();
    let profiles = cli.home.join("profiles");
    let unpacking = || hidden(&profiles).iter().any(|desk| desk.join("profile.sqlite").exists());
    assert!(kill_when(&cli, &["profile", "import", path], unpacking));
    assert_eq!(cli.run(["profile", "list"]).good().as_array().map(Vec::len), Some(1));
    assert_eq!(std::fs::read_dir(&profiles).unwrap().count(), 1);
    assert_eq!(std::fs::read_dir(cli.home.join("unfinished")).unwrap().count(), 0);
    assert_eq!(cli.run(["profile", "import", path]).good()["name"], "Bakery 2");
}

#[test]
fn a_backup_gives_back_what_was_there_and_keeps_what_is() {
    let desk = tempfile::tempdir().unwrap();
    let cli = Cli::new(&desk.path().join("home"));
    cli.run(["profile", "create", "Bakery"]).good();
    let names = || -> Vec<String> {
        let all = cli.run(["project", "list"]).good();
        let mut names: Vec<String> =
            all.as_array().unwrap().iter().map(|p| p["name"].as_str().unwrap().to_owned()).collect();
        names.sort();
        names
    };
    cli.run(["project", "create", "Bread"]).good();
    let made = cli.run(["profile", "backup", "now", "Bakery"]).good();
    cli.run(["project", "create", "Cake"]).good();
    let backup = made["name"].as_str().unwrap();
    assert!(made["bytes"].as_u64().unwrap() > 0 && backup.ends_with(".zst"), "{made}");
    cli.run(["profile", "backup", "restore", "Bakery", backup]).good();
    assert_eq!(names(), ["Bread"]);
    let listed = cli.run(["profile", "backup", "list", "Bakery"]).good();
    let aside = listed.as_array().unwrap().iter().find(|b| b["name"].as_str().unwrap().contains("replaced")).unwrap();
    cli.run(["profile", "backup", "restore", "Bakery", aside["name"].as_str().unwrap()]).good();
    assert_eq!(names(), ["Bread", "Cake"]);
    let none = cli.run(["profile", "backup", "restore", "Bakery", "../../x.sqlite"]);
    assert_eq!((none.code, none.error()), (1, "not_found"));
    assert_ne!(none.json, Value::Null);
}
