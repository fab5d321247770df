//! A device that is there to be killed. `device work HOME URL KEY EMAIL PASSWORD PROFILE NOTES` works and syncs; what it has
//! made is written to NOTES once it is in its database, a line each. `device send HOME … PROFILE FILE` sends a file.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "what goes wrong here fails a test")]

use std::io::Write;
use std::path::Path;

use edit_factory_core::home::Home;
use edit_factory_core::ids::RemoteProfileId;
use edit_factory_core::profile::Profile;
use edit_factory_core::project::Look;
use edit_factory_core::project::store::{self, ProjectError};
use edit_factory_core::sync;
use edit_factory_core::sync::supabase::{Address, RemoteFile, Supabase};
use tokio_util::sync::CancellationToken;

#[tokio::main]
async fn main() {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let [what, home, url, key, email, password, remote, file] = given.try_into().expect("eight arguments");
    let home = Home::open(acceptance::studio::host(Path::new(&home), &[])).unwrap();
    let profile = home.current().unwrap();
    let way = Supabase::new(&profile, Address::new(&url, &key).unwrap()).unwrap();
    way.sign_in(&email, &password.into()).await.unwrap();
    let remote: RemoteProfileId = remote.parse().unwrap();
    match what.as_str() {
        "work" => work(&profile, &way, remote, Path::new(&file)).await,
        _ => send(&way, remote, Path::new(&file)).await,
    }
}

async fn send(way: &Supabase, remote: RemoteProfileId, path: &Path) {
    let bytes = std::fs::read(path).unwrap();
    let file = RemoteFile::new(remote, &blake3::hash(&bytes).to_hex(), "mp4", bytes.len() as u64).unwrap();
    way.upload(&file, path, &CancellationToken::new(), &|_, _| {}).await.unwrap();
}

async fn work(profile: &Profile, way: &Supabase, remote: RemoteProfileId, notes: &Path) {
    sync::link(profile, remote).unwrap();
    let mut notes = std::fs::File::options().create(true).append(true).open(notes).unwrap();
    for number in 0_u32.. {
        let name = format!("{} {number}", std::process::id());
        let id = make(profile, &name, number);
        writeln!(notes, "{id} {name}").unwrap();
        if number % 3 == 2 {
            // A round that does not go through is one of the things that are tested.
            if let Err(error) = sync::run_once(profile, way).await {
                eprintln!("{error}");
            }
        }
    }
}

/// A project; and another one gets another look, so that devices change the same rows.
fn make(profile: &Profile, name: &str, number: u32) -> String {
    profile
        .write::<_, ProjectError>(|tx| {
            let made = store::create(tx, name, &Look::default(), &[])?;
            let all = store::list(&tx.as_reader())?;
            let other = &all[number as usize * 7919 % all.len()];
            store::update(
                tx,
                other.id,
                &other.name,
                &Look { voice_gain_db: -((1 + number % 30) as f32), ..other.look.clone() },
            )?;
            Ok(made.id.to_string())
        })
        .unwrap()
}
