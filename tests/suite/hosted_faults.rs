//! Everything a hosted project can do wrong is told apart and said in words, and nothing is waited for without an end.

use std::time::Duration;

use acceptance::fakes::supabase::{Fault, Project};
use acceptance::studio::host;
use edit_factory_core::home::Home;
use edit_factory_core::ids::RemoteProfileId;
use edit_factory_core::sync::remote::{Cursor, Remote, RemoteError};
use edit_factory_core::sync::supabase::{Address, Patience, Supabase};

struct Desk {
    home: Home,
    project: Project,
    supabase: Supabase,
    _folder: tempfile::TempDir,
}

fn patient() -> Patience {
    Patience { silence: Duration::from_secs(60), whole: Duration::from_secs(60), first_wait: Duration::from_millis(1) }
}

async fn desk(patience: Patience) -> Desk {
    let folder = tempfile::tempdir().unwrap();
    let home = Home::open(host(&folder.path().join("home"), &[])).unwrap();
    let profile = home.profile(home.create("Test", None).unwrap().id).unwrap();
    let project = Project::start().await;
    let address = Address::new(&project.url, "sb_publishable_x").unwrap();
    let supabase = Supabase::with_patience(&profile, address, patience).unwrap();
    supabase.sign_in("ana@example.com", &"pass word".to_owned().into()).await.unwrap();
    Desk { home, project, supabase, _folder: folder }
}

impl Desk {
    async fn pull(&self) -> Result<(), RemoteError> {
        let pulled = self.supabase.pull(RemoteProfileId::new(), &Cursor::start(), 10).await?;
        assert!(pulled.rows.is_empty() && !pulled.more);
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_way_a_project_fails_is_told_apart() {
    let desk = desk(patient()).await;
    let word = |error: RemoteError| match error {
        RemoteError::Offline { .. } => "offline",
        RemoteError::NotOurs => "not ours",
        RemoteError::SignIn { .. } => "sign in",
        RemoteError::NotYours => "not yours",
        RemoteError::Keyring { .. } => "keyring",
        RemoteError::DeviceOlder => "device older",
        RemoteError::ServerOlder { .. } => "server older",
        RemoteError::TooMany { retry_after } => {
            assert_eq!(retry_after, Some(Duration::from_secs(7)));
            "too many"
        }
        RemoteError::Trouble { .. } => "trouble",
        RemoteError::Refused { .. } => "refused",
    };
    for (fault, wanted) in [
        (Fault::Page, "not ours"),
        (Fault::Redirect, "not ours"),
        (Fault::Strange, "not ours"),
        (Fault::Revoked, "sign in"),
        (Fault::TooMany, "too many"),
        (Fault::Trouble, "trouble"),
        (Fault::BadGateway, "trouble"),
        (Fault::Cut, "trouble"),
        (Fault::DeviceOlder, "device older"),
        (Fault::ServerOlder, "server older"),
        (Fault::Unprepared, "server older"),
        (Fault::Paused, "refused"),
        (Fault::Gone, "refused"),
    ] {
        desk.project.fail(fault);
        let error = desk.pull().await.unwrap_err();
        let says = error.to_string();
        assert_eq!(word(error), wanted, "{fault:?}: {says}");
        assert!(says.len() > 40 && !says.contains("127.0.0.1") && !says.contains("access-"), "{fault:?}: {says}");
    }
    for fault in [Fault::None, Fault::InAString] {
        desk.project.fail(fault);
        desk.pull().await.unwrap();
    }
    // The machine behind the address is gone.
    let Desk { home, project, supabase, .. } = desk;
    drop(project);
    let error = supabase.pull(RemoteProfileId::new(), &Cursor::start(), 10).await.unwrap_err();
    assert_eq!(word(error), "offline");
    drop(home);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_silent_or_trickles_is_left_after_a_while() {
    let hasty = Patience { silence: Duration::from_millis(1500), whole: Duration::from_secs(3), ..patient() };
    let desk = desk(hasty).await;
    for fault in [Fault::Silent, Fault::Drip] {
        desk.project.fail(fault);
        let error = desk.pull().await.unwrap_err();
        assert!(matches!(error, RemoteError::Offline { .. }), "{fault:?}: {error}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_ran_out_in_the_middle_is_renewed_once_and_the_call_made_again() {
    let desk = desk(patient()).await;
    desk.project.fail(Fault::Expired);
    desk.pull().await.unwrap();
    desk.pull().await.unwrap();
    assert_eq!(desk.project.asked.with("grant_type=refresh_token").len(), 1);
    assert_eq!(desk.project.asked.with("sync_pull").len(), 3, "refused, made again, and the next one at once");

    // Somebody took the session away: one try to renew it for each call, and then a person is asked.
    desk.project.lock();
    desk.project.fail(Fault::Revoked);
    assert!(matches!(desk.pull().await, Err(RemoteError::SignIn { .. })));
    assert_eq!(desk.project.asked.with("grant_type=refresh_token").len(), 2);
}
