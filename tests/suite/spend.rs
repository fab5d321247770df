//! Many tasks of two profiles that spend against tight quotas at once, in several processes, stopped and killed anywhere.
//! The copy of ElevenLabs keeps the accounts: what it charged to each key, and for which texts.

use std::future::Future;
use std::path::Path;
use std::pin::pin;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::task::Poll;

use acceptance::fakes::elevenlabs::{ElevenLabs, Fault};
use acceptance::fakes::sound::Sounds;
use acceptance::soak_or;
use acceptance::studio::{self, quick};
use edit_factory_core::api::{Caller, CostReconcile};
use edit_factory_core::budget::{self, Bound, BudgetError};
use edit_factory_core::error::{Code, Explain};
use edit_factory_core::home::Home;
use edit_factory_core::ids::ProfileId;
use edit_factory_core::profile::Profile;
use edit_factory_core::speech::chain::Engine::Elevenlabs;

/// Of each profile: its name, which is in all of its texts, and its key.
const BRANDS: [(&str, &str); 2] = [("Ana", "sk_of_ana_0123456789"), ("Bogdan", "sk_of_bogdan_9876543210")];
/// Characters a month, of each profile: for about a third of what is asked for.
const LIMIT: u64 = 700;
const TASKS: u64 = 64;

/// A number that looks random and is the same every time.
fn mixed(seed: u64) -> u64 {
    let mut x = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

fn text(brand: usize, number: u64) -> String {
    format!("{} bakes loaf {} for you today.", BRANDS[brand].0, 100 + number % 900)
}

/// What the copy does with a request: mostly what it should.
fn trouble(number: usize) -> Fault {
    match mixed(number as u64) % 24 {
        0 => Fault::Gateway,
        1 => Fault::Busy,
        2 => Fault::Quota,
        3 => Fault::NoCost,
        _ => Fault::None,
    }
}

/// Works on it for at most so many turns, then drops it where it stands.
async fn for_turns<F: Future>(turns: u64, work: F) -> Option<F::Output> {
    let mut work = pin!(work);
    let mut left = turns;
    std::future::poll_fn(move |context| {
        if left == 0 {
            return Poll::Ready(None);
        }
        left -= 1;
        work.as_mut().poll(context).map(Some)
    })
    .await
}

fn open(folder: &Path, url: &str) -> (Home, [Profile; 2]) {
    let home = Home::open(studio::host(&folder.join("home"), &[("elevenlabs", url)])).unwrap();
    let listed = home.profiles().unwrap();
    let id = |name: &str| -> ProfileId {
        listed.iter().find(|p| p.name == name).map_or_else(|| home.create(name, None).unwrap().id, |p| p.id)
    };
    let profiles = BRANDS.map(|(name, key)| {
        let profile = home.profile(id(name)).unwrap();
        studio::set_key(&profile, key);
        profile
    });
    (home, profiles)
}

/// One task: two sentences, some of which other tasks say too.
async fn spend(profile: Profile, brand: usize, folder: std::path::PathBuf, seed: u64) -> Option<Code> {
    let texts = [0, 1].map(|n| text(brand, mixed(seed * 2 + n) % 90));
    let texts: Vec<&str> = texts.iter().take(1 + (seed % 2) as usize).map(String::as_str).collect();
    // Every third is dropped, early or late.
    let turns = if seed.is_multiple_of(3) { 1 + mixed(seed) % 6 } else { u64::MAX };
    let done = for_turns(turns, studio::speak(&profile, &folder, &texts, None, quick())).await?;
    done.err().map(|error| error.code())
}

/// Set in the processes that are killed: the folder, where to ask, a seed.
const KILLED: [&str; 3] =
    ["EDIT_FACTORY_TEST_SPENDER", "EDIT_FACTORY_TEST_SPENDER_URL", "EDIT_FACTORY_TEST_SPENDER_SEED"];

async fn spend_until_killed(folder: &Path, url: &str, seed: u64) {
    let (_home, profiles) = open(folder, url);
    for round in 0_u64.. {
        let tasks: Vec<_> = (0..8)
            .map(|n| {
                let brand = (n % 2) as usize;
                tokio::spawn(spend(profiles[brand].clone(), brand, folder.to_owned(), seed + round * 8 + n))
            })
            .collect();
        for task in tasks {
            drop(task.await);
        }
    }
}

fn spender(folder: &Path, url: &str, seed: u64) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "spend::two_profiles_spend_at_once_and_nothing_passes_a_quota_or_is_charged_to_the_other"])
        .env(KILLED[0], folder)
        .env(KILLED[1], url)
        .env(KILLED[2], seed.to_string())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Used, held: of this month.
fn standing(profile: &Profile) -> (u64, u64) {
    let line = budget::quota_state(profile).unwrap().providers.remove(0);
    (line.used_characters, line.reserved_characters)
}

fn in_order(fake: &ElevenLabs, profiles: &[Profile; 2], round: u32) {
    for (profile, (name, key)) in profiles.iter().zip(BRANDS) {
        let (used, held) = standing(profile);
        assert!(used + held <= LIMIT, "round {round}: {name} used {used} and holds {held}");
        assert!(fake.charged(key) <= used + held, "round {round}: {name} was charged {}", fake.charged(key));
    }
    assert_eq!(fake.mixed_up(), Vec::<String>::new(), "round {round}");
    for request in fake.asked.all() {
        let of = BRANDS.iter().find(|(_, key)| request.header("xi-api-key") == Some(key));
        let (name, _) = of.unwrap_or_else(|| panic!("round {round}: a key that is nobody's: {request:?}"));
        assert!(!request.what.starts_with("POST") || request.body.contains(name), "round {round}: {request:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_profiles_spend_at_once_and_nothing_passes_a_quota_or_is_charged_to_the_other() {
    if let [Some(folder), Some(url), Some(seed)] = KILLED.map(std::env::var_os) {
        let seed = seed.to_str().unwrap().parse().unwrap();
        return spend_until_killed(Path::new(&folder), url.to_str().unwrap(), seed).await;
    }
    let sounds = Arc::new(Sounds::saying(&text(1, 5)));
    let rounds = soak_or(1, 40);
    let (mut refused, mut dropped, mut killed, mut charged) = (0, 0, 0, 0);
    for round in 0..rounds {
        let fake = ElevenLabs::start(&sounds).await;
        for (name, key) in BRANDS {
            fake.admit(key, name);
        }
        fake.fail_by(trouble);
        let folder = tempfile::tempdir().unwrap();
        // Two homes over one folder: two processes, as far as money is concerned.
        let homes = [open(folder.path(), &fake.url), open(folder.path(), &fake.url)];
        let profiles = &homes[0].1;
        for profile in profiles {
            let limit = Bound { characters: Some(LIMIT), microusd: None };
            budget::set_quota(profile, Some("elevenlabs"), limit).unwrap();
            studio::ask(profile, &[Elevenlabs]);
        }
        let base = u64::from(round) * 1000;
        let mut children = [1, 2].map(|n| spender(folder.path(), &fake.url, base + n * 300));
        let tasks: Vec<_> = (0..TASKS)
            .map(|n| {
                let (brand, home) = ((n % 2) as usize, (n / 2 % 2) as usize);
                let profile = homes[home].1[brand].clone();
                tokio::spawn(spend(profile, brand, folder.path().to_owned(), base + n))
            })
            .collect();
        // Killed in the middle of things: after so many requests, whoever made them.
        for (n, child) in (0_u64..).zip(&mut children) {
            fake.asked.until("POST", 3 + (mixed(base + n) % 9) as usize).await;
            child.kill().unwrap();
            child.wait().unwrap();
            killed += 1;
        }
        for task in tasks {
            match task.await.unwrap() {
                None => dropped += 1,
                Some(Code::OverQuota) => refused += 1,
                Some(_) => {}
            }
            in_order_of_books(profiles, round);
        }
        for profile in profiles {
            until_nothing_is_under_way(profile).await;
        }
        in_order(&fake, profiles, round);
        // Everything that was lost is found or missed, and then the books are the provider's, to the character.
        for (profile, (name, key)) in profiles.iter().zip(BRANDS) {
            profile
                .write::<_, BudgetError>(|tx| {
                    tx.execute("UPDATE ledger SET sent_at = sent_at - 700000, created_at = created_at - 700000", [])?;
                    Ok(())
                })
                .unwrap();
            let caller = Caller::new(homes[0].0.clone()).with(profile.clone());
            let left = caller.ask(CostReconcile {}).await.unwrap();
            assert_eq!(left.len(), 0, "round {round}: {left:?}");
            assert_eq!(standing(profile), (fake.charged(key), 0), "round {round}: {name}");
            charged += fake.charged(key);
        }
        in_order(&fake, profiles, round);
    }
    assert!(refused > 0 && dropped > 0 && charged > 0, "{refused} refused, {dropped} dropped, {charged} charged");
    println!(
        "soak: {} tasks of two profiles and {killed} killed processes spent {charged} characters against quotas of {LIMIT}: \
         {refused} refused, none passed, none charged to the other",
        u64::from(rounds) * TASKS
    );
}

/// What was dropped has let go of its calls.
async fn until_nothing_is_under_way(profile: &Profile) {
    let under_way = || {
        budget::recover(profile).unwrap();
        profile
            .read::<_, BudgetError>(|tx| {
                let sql = "SELECT count(*) FROM ledger WHERE state IN ('reserved', 'sent')";
                Ok(tx.query_row(sql, [], |r| r.get::<_, u64>(0))?)
            })
            .unwrap()
    };
    while under_way() > 0 {
        tokio::task::yield_now().await;
    }
}

/// At any moment.
fn in_order_of_books(profiles: &[Profile; 2], round: u32) {
    for profile in profiles {
        let (used, held) = standing(profile);
        assert!(used + held <= LIMIT, "round {round}: used {used}, holds {held}");
    }
}
