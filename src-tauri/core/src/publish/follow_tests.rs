use super::*;
use crate::error::{Code, Failure};
use crate::jobs::store::{Ending, Lane};
use crate::publish::model::PublicationState;
use crate::publish::tests::in_state;
use crate::testkit::{Bench, bench};

/// A publication of this state whose job has ended like this, long ago.
fn left(bench: &Bench, state: PublicationState, ending: &Ending) -> JobId {
    bench
        .profile
        .write::<_, PublishError>(|tx| {
            let job = jobs::store::add(tx, &JobKind::Publish {}, None, &[])?;
            jobs::store::take_next(tx, Lane::Network)?;
            jobs::store::finish(tx, job, ending)?;
            tx.execute("UPDATE jobs SET finished_at = 1", [])?;
            tx.execute(
                "INSERT INTO publications (id, clip_id, clip_hash, account, platform, state, caption, settings, device,
                                           created_at, job_id)
                 VALUES (?1, ?2, 'h', '{\"id\": \"a\", \"name\": \"a\"}', 'tiktok', ?3, '', '{\"platform\": \"other\"}', ?4, 1, ?5)",
                (crate::ids::PublicationId::new(), crate::ids::ClipId::new(), state.as_str(), bench.profile.device(), job),
            )?;
            Ok(job)
        })
        .unwrap()
}

fn state_of(bench: &Bench, job: JobId) -> JobState {
    bench.profile.read(|tx| jobs::store::get(tx, job)).unwrap().state
}

fn failed(code: Code) -> Ending {
    Ending::Failed(Failure::new(code, "x"))
}

#[tokio::test]
async fn a_job_that_could_not_reach_postiz_is_queued_again_and_one_that_was_refused_waits_for_a_person() {
    let bench = bench();
    let offline = left(&bench, PublicationState::Waiting, &failed(Code::Offline));
    let refused = left(&bench, PublicationState::Waiting, &failed(Code::InvalidInput));
    tick(&bench.profile).await.unwrap();
    assert_eq!(state_of(&bench, offline), JobState::Queued);
    assert_eq!(state_of(&bench, refused), JobState::Failed);
    let all: i64 = bench
        .profile
        .read::<_, DbError>(|tx| Ok(tx.query_row("SELECT count(*) FROM jobs", [], |row| row.get(0))?))
        .unwrap();
    assert_eq!(all, 2, "no job was added");
}

#[tokio::test]
async fn what_was_being_sent_when_its_job_ended_badly_is_seen_to() {
    let bench = bench();
    let job = left(&bench, PublicationState::Sending, &failed(Code::Internal));
    tick(&bench.profile).await.unwrap();
    assert_eq!(state_of(&bench, job), JobState::Queued);
    look::take_up(&bench.profile, job).unwrap();
    assert_eq!(in_state(&bench.profile, "unknown"), 1);
}

#[tokio::test]
async fn a_profile_that_publishes_nothing_asks_nobody() {
    // It has no key: asking would fail.
    tick(&bench().profile).await.unwrap();
}

#[tokio::test]
async fn after_a_failure_it_is_not_asked_again_at_once() {
    let bench = bench();
    left(&bench, PublicationState::Unknown, &Ending::Done(serde_json::json!({})));
    assert!(tick(&bench.profile).await.is_err(), "there is no key");
    tick(&bench.profile).await.unwrap();
}
