//! Many tasks of two profiles that spend against tight quotas at once, and are stopped anywhere.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::tests::need;
use super::*;
use crate::home::Home;
use crate::profile::Profile;
use crate::testkit::bench;

const LIMIT: u64 = 4000;
const TASKS: u64 = 64;

fn total(profile: &Profile) -> u64 {
    let line = quota_state(profile).unwrap().providers.remove(0);
    line.used_characters + line.reserved_characters
}

/// One task: pays again and again, and at every step may be dropped, die without a word, or go on.
async fn pays(profile: Profile, seed: u64, rounds: u32) {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    for _ in 0..rounds {
        tokio::task::yield_now().await;
        let n = rng.random_range(1..300);
        let Ok(mut held) = reserve_all(&profile, vec![need(n), need(n / 2 + 1)]) else { continue };
        let (second, first) = (held.pop().unwrap(), held.pop().unwrap());
        tokio::task::yield_now().await;
        match rng.random_range(0..10) {
            0 => std::mem::forget(second),
            1 => second.release("test").unwrap(),
            _ => drop(second),
        }
        tokio::task::yield_now().await;
        let sent = first.send().unwrap();
        tokio::task::yield_now().await;
        match rng.random_range(0..10) {
            0 => std::mem::forget(sent),
            1 => drop(sent),
            2 => sent.unknown("test").unwrap(),
            3 => sent.release("test").unwrap(),
            _ => {
                let price = Price { characters: rng.random_range(0..=n), microusd: 0 };
                sent.settle(&Charge { price, request_id: None }).unwrap();
            }
        }
        assert!(total(&profile) <= LIMIT, "seed {seed}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sixty_four_tasks_of_two_profiles_never_pass_a_quota_whatever_kills_them() {
    let bench = bench();
    let other = bench.home.create("Other", None).unwrap().id;
    let pair = [bench.profile.clone(), bench.home.profile(other).unwrap()];
    for profile in &pair {
        set_quota(profile, Some("elevenlabs"), Bound { characters: Some(LIMIT), microusd: None }).unwrap();
    }
    let many = if std::env::var_os("EDIT_FACTORY_SOAK").is_some() { 200 } else { 3 };
    let spawn = |seed: u64| tokio::spawn(pays(pair[usize::from(seed % 2 == 1)].clone(), seed, many));
    let tasks: Vec<_> = (0..TASKS).map(spawn).collect();
    for (n, task) in tasks.into_iter().enumerate() {
        // Every fifth is stopped at whatever await it has reached.
        if n % 5 == 0 {
            task.abort();
        }
        match task.await {
            Err(error) if !error.is_cancelled() => panic!("{error}"),
            _ => {}
        }
    }
    // What was forgotten looks like a dead process once its lock is gone.
    let again = Home::open(bench.home.host().clone()).unwrap();
    for profile in &pair {
        assert!(total(profile) <= LIMIT);
        std::fs::remove_dir_all(profile.root().join("payers")).unwrap();
        let fresh = again.profile(profile.id()).unwrap();
        assert!(total(&fresh) <= LIMIT);
        let open: u64 = fresh
            .read::<_, BudgetError>(|tx| {
                let sql = "SELECT count(*) FROM ledger WHERE state IN ('reserved', 'sent')";
                Ok(tx.query_row(sql, [], |r| r.get(0))?)
            })
            .unwrap();
        assert_eq!(open, 0, "every call has an end");
    }
}
