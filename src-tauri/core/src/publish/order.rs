//! From what a person wants to what is stored: the plan that is looked at, and the intents once it is confirmed.
//!
//! Both are made by the same code from the same things, and the plan carries a seal over all of it: what is sent is what was
//! seen, or nothing.

use serde_json::json;
use tokio_util::sync::CancellationToken;

use super::error::PublishError;
use super::model::{
    Account, AccountName, PlannedPost, PublicationState, PublishOrder, PublishPlan, PublishSettings, PublishStarted,
    When,
};
use super::preflight::{self, Finding, Level};
use super::settings::PostSettings;
use super::store::{self, Intent};
use super::{accounts, caption, keep, originality, schedule};
use crate::clips::{self, Clip, ClipError};
use crate::home::Home;
use crate::ids::{ClipId, PublicationId};
use crate::jobs::{self, JobKind};
use crate::profile::Profile;
use crate::profile::db::{DbError, Reader};
use crate::time::now_ms;

/// Used when the profile has no caption template.
const CAPTION: &str = "{hook}\n\n{tags}";

/// What would come of an order. Nothing is stored or sent.
///
/// # Errors
/// [`PublishError`] for an order that makes no sense; what stands against single posts is in their findings.
pub async fn propose(
    home: &Home,
    profile: &Profile,
    order: &PublishOrder,
    cancel: &CancellationToken,
) -> Result<PublishPlan, PublishError> {
    let brand = home.info(profile.id())?;
    if order.clips.is_empty() || order.accounts.is_empty() {
        return Err(PublishError::Nothing);
    }
    let accounts = accounts::usable(profile, &once(&order.accounts))?;
    let settings = keep::settings_of(profile)?;
    let wanted = once(&order.clips);
    let clips = profile.read(|tx| wanted.iter().map(|id| clip(tx, *id)).collect::<Result<Vec<_>, _>>())?;
    let count = u32::try_from(clips.len()).unwrap_or(u32::MAX);
    let taken = profile.read(times_taken)?;
    let times = schedule::times(now_ms(), &settings, &taken, count, &order.when)?;
    let template = order.caption.as_deref().or(settings.templates.first().map(|one| one.text.as_str()));
    let zone = schedule::zone(&settings)?;
    let mut posts = Vec::new();
    for (n, (clip, at)) in clips.iter().zip(&times).enumerate() {
        let number = u32::try_from(n + 1).unwrap_or(u32::MAX);
        let facts = caption::facts(profile, &brand.name, clip.id, number, at.unwrap_or_else(now_ms), &zone)?;
        let examined = preflight::examine(profile, clip.id, cancel).await?;
        for account in &accounts {
            let text = match by_hand(order, clip.id, &account.id) {
                Some(text) => text.to_owned(),
                None => caption::fill(template.unwrap_or(CAPTION), &facts)?,
            };
            let set = set_to(order, &settings, account).complete(&facts);
            let mut findings = preflight::judge(&examined, &account.platform, &text, &set);
            if let Some(before) = profile.read(|tx| before(tx, clip, account))? {
                // It names the account; that some account of the platform has it is said by it, too.
                findings.retain(|finding| finding.code != "already_published");
                findings.push(before);
                findings.sort_by_key(|finding| finding.level == Level::Warning);
            }
            posts.push(PlannedPost {
                clip: clip.id,
                clip_name: clip.name.clone(),
                account: account.clone(),
                caption: text,
                settings: set,
                publish_at: *at,
                findings,
            });
        }
    }
    let ready = posts.iter().all(|post| post.findings.iter().all(|finding| finding.level != Level::Error));
    let question = question(&brand.name, clips.len(), &accounts, &order.when);
    let seal = seal(profile, &posts, &clips, &order.when);
    let originality = originality::originality(profile, &wanted, settings.fresh_after_days)?;
    Ok(PublishPlan { brand: brand.name, colour: brand.colour, question, posts, originality, ready, seal })
}

/// Stores what was confirmed and queues its sending.
///
/// # Errors
/// [`PublishError::Changed`] when it is not what the seal names; [`PublishError::NotReady`]; [`PublishError::Already`] when
/// somebody was quicker. Nothing is stored then.
pub async fn start(
    home: &Home,
    profile: &Profile,
    order: &PublishOrder,
    seal: &str,
    cancel: &CancellationToken,
) -> Result<PublishStarted, PublishError> {
    let plan = propose(home, profile, order, cancel).await?;
    if plan.seal != seal {
        return Err(PublishError::Changed);
    }
    let bad = plan.posts.iter().filter(|post| post.findings.iter().any(|one| one.level == Level::Error)).count();
    if bad > 0 {
        return Err(PublishError::NotReady(bad));
    }
    let (ids, job) = profile.write::<_, PublishError>(|tx| {
        let job = jobs::store::add(tx, &JobKind::Publish {}, None, &[])?;
        let mut ids: Vec<PublicationId> = Vec::new();
        for post in &plan.posts {
            let clip = clip(&tx.as_reader(), post.clip)?;
            let account = AccountName {
                id: post.account.id.clone(),
                name: post.account.name.clone(),
                handle: post.account.handle.clone(),
                picture: post.account.picture.clone(),
            };
            let intent = Intent {
                clip: clip.id,
                clip_hash: &clip.hash,
                account: &account,
                platform: &post.account.platform,
                caption: &post.caption,
                settings: &post.settings,
                publish_at: post.publish_at,
                as_draft: matches!(order.when, When::Draft {}),
            };
            ids.push(store::intend(tx, profile.device(), job, &intent)?);
        }
        Ok((ids, job))
    })?;
    jobs::store::announce(profile, job);
    store::announce(profile);
    started(profile, &ids, job)
}

pub(super) fn started(
    profile: &Profile,
    ids: &[PublicationId],
    job: crate::ids::JobId,
) -> Result<PublishStarted, PublishError> {
    let publications = profile.read(|tx| {
        let read = |id: &PublicationId| Ok(store::get(tx, profile.device(), *id)?.shown);
        ids.iter().map(read).collect::<Result<Vec<_>, PublishError>>()
    })?;
    Ok(PublishStarted { publications, job })
}

/// Each once, in the order given: a clip that is named twice is still posted once.
fn once<T: Clone + PartialEq>(all: &[T]) -> Vec<T> {
    let mut kept: Vec<T> = Vec::new();
    for one in all {
        if !kept.contains(one) {
            kept.push(one.clone());
        }
    }
    kept
}

fn clip(tx: &Reader<'_>, id: ClipId) -> Result<Clip, PublishError> {
    clips::get(tx, id).map_err(|error| match error {
        ClipError::Db(error) => error.into(),
        _ => PublishError::NoClip(id),
    })
}

/// When the profile's other posts go out.
fn times_taken(tx: &Reader<'_>) -> Result<Vec<i64>, DbError> {
    let mut query = tx.prepare_cached(
        "SELECT DISTINCT publish_at FROM publications WHERE publish_at IS NOT NULL AND deleted_at IS NULL
         AND state NOT IN ('failed', 'cancelled')",
    )?;
    Ok(query.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// The times of posts, for a page that shows where a batch would go.
///
/// # Errors
/// [`PublishError::Schedule`].
pub fn times(profile: &Profile, clips: u32, when: &When) -> Result<Vec<schedule::PlannedSlot>, PublishError> {
    let settings = keep::settings_of(profile)?;
    let taken = profile.read(times_taken)?;
    let times = schedule::times(now_ms(), &settings, &taken, clips, when)?;
    let slots = (0_u32..).zip(times).filter_map(|(clip, at)| Some(schedule::PlannedSlot { clip, at: at? }));
    Ok(slots.collect())
}

fn by_hand<'a>(order: &'a PublishOrder, clip: ClipId, account: &str) -> Option<&'a str> {
    let of_clip = || order.captions.iter().filter(move |one| one.clip == clip);
    let here = of_clip().find(|one| one.account.as_deref() == Some(account));
    here.or_else(|| of_clip().find(|one| one.account.is_none())).map(|one| one.text.as_str())
}

fn set_to(order: &PublishOrder, settings: &PublishSettings, account: &Account) -> PostSettings {
    let fits = |one: &&PostSettings| one.fits(&account.platform);
    let chosen = order.settings.iter().find(fits).or(account.settings.as_ref());
    let chosen = chosen.or_else(|| settings.defaults.iter().find(fits)).cloned();
    chosen.unwrap_or_else(|| PostSettings::of_platform(&account.platform))
}

/// What was done with this file on this account before.
fn before(tx: &Reader<'_>, clip: &Clip, account: &Account) -> Result<Option<Finding>, DbError> {
    let mut query = tx.prepare_cached(
        "SELECT state, coalesce(ended_at, publish_at, created_at) FROM publications
         WHERE clip_hash = ?1 AND account ->> 'id' = ?2 AND deleted_at IS NULL AND state NOT IN ('failed', 'cancelled')
         ORDER BY state = 'published', created_at DESC LIMIT 1",
    )?;
    let mut rows = query.query((&clip.hash, &account.id))?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let (state, at): (String, i64) = (row.get(0)?, row.get(1)?);
    let open = PublicationState::from_name(&state).is_some_and(PublicationState::is_open);
    let details = json!({ "account": account.name, "at": at, "state": state });
    let (code, level, says) = if open {
        let says = format!("It is on its way to {} already. Take that back first to send it anew.", account.name);
        ("on_its_way", Level::Error, says)
    } else {
        ("published_before", Level::Warning, format!("It was published to {} before.", account.name))
    };
    Ok(Some(Finding { code: code.into(), level, says, details, fix: None }))
}

fn question(brand: &str, clips: usize, accounts: &[Account], when: &When) -> String {
    let videos = if clips == 1 { "1 video".to_owned() } else { format!("{clips} videos") };
    let to: Vec<String> = accounts
        .iter()
        .map(|one| {
            let name = if one.handle.is_empty() { one.name.clone() } else { format!("@{}", one.handle) };
            format!("{name} ({})", platform_name(&one.platform))
        })
        .collect();
    let verb = match when {
        When::Now {} => "Publish",
        When::Draft {} => "Make drafts of",
        When::At { .. } | When::Spread { .. } => "Schedule",
    };
    let to_brand = if matches!(when, When::Draft {}) { "for" } else { "to" };
    format!("{verb} {videos} {to_brand} {brand}: {}?", to.join(", "))
}

/// What people call a platform.
fn platform_name(identifier: &str) -> String {
    match identifier {
        "tiktok" => "TikTok".into(),
        "youtube" => "YouTube".into(),
        "instagram" | "instagram-standalone" => "Instagram".into(),
        "linkedin" | "linkedin-page" => "LinkedIn".into(),
        "x" => "X".into(),
        other => {
            let mut letters = other.chars();
            letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
        }
    }
}

/// Over everything that is sent, and for whom.
fn seal(profile: &Profile, posts: &[PlannedPost], clips: &[Clip], when: &When) -> String {
    let hash = |id: ClipId| clips.iter().find(|clip| clip.id == id).map(|clip| clip.hash.as_str());
    let sent: Vec<_> = posts
        .iter()
        .map(|post| {
            json!([hash(post.clip), post.account.id, post.caption, post.settings, post.publish_at, post.findings])
        })
        .collect();
    let all = json!([profile.id(), sent, matches!(when, When::Draft {})]);
    blake3::hash(all.to_string().as_bytes()).to_hex().to_string()
}
