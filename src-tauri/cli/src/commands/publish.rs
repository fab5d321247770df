//! `publish`: clips to the accounts of the brand, through Postiz.

use std::io::{BufRead, IsTerminal, Write};

use edit_factory_core::api::{
    ClipList, JobShow, PublicationCancel, PublicationCheck, PublicationList, PublicationMove, PublicationRetry,
    PublishAccount, PublishGroup, PublishGroups, PublishPropose, PublishRefresh, PublishSet, PublishShow, PublishStart,
};
use edit_factory_core::error::{Code, Failure};
use edit_factory_core::ids::{ClipId, PublicationId};
use edit_factory_core::publish::preflight::Level;
use edit_factory_core::publish::settings::TiktokMethod;
use edit_factory_core::publish::{
    self, Account, PostSettings, Publication, PublicationFilter, PublicationState, PublishOrder, PublishPlan,
    PublishShown, PublishStarted, When,
};
use serde_json::json;

use crate::args::publish::{Publish, What};
use crate::follow::{self, Watched};
use crate::output::Outcome;
use crate::session::Session;
use crate::table::{count, plain, short, table};

pub async fn run(session: &mut Session, what: Publish) -> Result<Outcome, Failure> {
    session.choose_profile()?;
    let session = &*session;
    let caller = &session.caller;
    match what {
        Publish::Accounts { refresh, group, no_group, tick, untick, address, time_zone } => {
            if address.is_some() || time_zone.is_some() {
                let mut settings = caller.ask(PublishShow {}).await?.settings;
                settings.address = address.unwrap_or(settings.address);
                settings.time_zone = time_zone.or(settings.time_zone);
                caller.ask(PublishSet { settings }).await?;
            }
            if let Some(named) = group {
                let all = caller.ask(PublishGroups {}).await?;
                let id = named_group(&named, &all)?;
                caller.ask(PublishGroup { group: Some(id) }).await?;
            } else if no_group {
                caller.ask(PublishGroup { group: None }).await?;
            } else if refresh {
                caller.ask(PublishRefresh {}).await?;
            }
            let mut shown = caller.ask(PublishShow {}).await?;
            for (names, ticked) in [(tick, true), (untick, false)] {
                for id in accounts(&names, &shown.accounts)? {
                    shown = caller.ask(PublishAccount { id, ticked }).await?;
                }
            }
            let text = listed(&shown);
            Outcome::new(&shown, text)
        }
        Publish::Preflight(what) => {
            let order = order(session, &what, When::Now {}).await?;
            let plan = caller.ask(PublishPropose { order }).await?;
            let text = told(session, &plan)?;
            let bad = (!plan.ready).then(|| Failure::new(Code::InvalidInput, "Errors keep this from being published."));
            Ok(Outcome::new(&plan, text)?.but(bad))
        }
        Publish::Now { what, draft, yes } => {
            let when = if draft { When::Draft {} } else { When::Now {} };
            let order = order(session, &what, when).await?;
            start(session, order, yes).await
        }
        Publish::Schedule { what, at, days, from, a_day, seed, yes } => {
            let profile = session.chosen()?;
            let when = match (at, days) {
                (Some(at), _) => When::At { at: publish::read_time(profile, &at)? },
                (None, days) => When::Spread {
                    from: match from {
                        Some(from) => publish::read_time(profile, &from)?,
                        None => edit_factory_core::time::now_ms(),
                    },
                    days: days.unwrap_or(1),
                    a_day,
                    seed,
                },
            };
            let order = order(session, &what, when).await?;
            start(session, order, yes).await
        }
        Publish::Status { refresh, all } => {
            if refresh {
                caller.ask(PublicationCheck {}).await?;
            }
            let publications = caller.ask(PublicationList { filter: PublicationFilter::default() }).await?;
            let ended =
                |one: &Publication| matches!(one.state, PublicationState::Published | PublicationState::Cancelled);
            let kept: Vec<Publication> = publications.into_iter().filter(|one| all || !ended(one)).collect();
            let text = if kept.is_empty() {
                "Nothing is under way. `edit-factory publish now` publishes a clip.".to_owned()
            } else {
                lines(session, &kept)?
            };
            Outcome::new(&kept, text)
        }
        Publish::Move { id, to } => {
            let id = publication(session, &id).await?;
            let at = publish::read_time(session.chosen()?, &to)?;
            let moved = caller.ask(PublicationMove { id, at }).await?;
            let text = lines(session, std::slice::from_ref(&moved))?;
            Outcome::new(&moved, format!("{text}\n`edit-factory job run` tells Postiz, where no window is open."))
        }
        Publish::Cancel { ids } => {
            let mut taken = Vec::new();
            for id in ids {
                let id = publication(session, &id).await?;
                taken.push(caller.ask(PublicationCancel { id }).await?);
            }
            let text = format!("Taken back: {}.", count(taken.len(), "post"));
            Outcome::new(&taken, text)
        }
        Publish::Retry { ids } => {
            let mut found = Vec::new();
            for id in ids {
                found.push(publication(session, &id).await?);
            }
            let started = caller.ask(PublicationRetry { ids: found }).await?;
            sent(session, started).await
        }
    }
}

async fn order(session: &Session, what: &What, when: When) -> Result<PublishOrder, Failure> {
    let mut clips: Vec<ClipId> = Vec::new();
    let all = session.caller.ask(ClipList { limit: Some(u32::MAX), offset: 0 }).await?;
    for named in &what.clips {
        let names = || Ok(all.iter().map(|clip| (clip.id, clip.name.clone())).collect());
        clips.push(super::find::one("clip", named, names)?);
    }
    let shown = session.caller.ask(PublishShow {}).await?;
    let accounts = accounts(&what.to, &shown.accounts)?;
    let caption = what.caption.clone();
    Ok(PublishOrder { clips, accounts, when, caption, captions: Vec::new(), settings: Vec::new() })
}

/// The accounts that are meant: by id, by handle with or without `@`, or by name. One that could be two is refused.
fn accounts(named: &[String], all: &[Account]) -> Result<Vec<String>, Failure> {
    named
        .iter()
        .map(|wanted| {
            let bare = wanted.trim_start_matches('@').to_lowercase();
            let found: Vec<&Account> = all
                .iter()
                .filter(|one| one.id == *wanted || one.handle.to_lowercase() == bare || one.name.to_lowercase() == bare)
                .collect();
            match found[..] {
                [one] => Ok(one.id.clone()),
                [] => Err(Failure::new(
                    Code::NotFound,
                    format!("There is no account \"{wanted}\". `edit-factory publish accounts` lists them."),
                )),
                _ => Err(Failure::new(
                    Code::InvalidInput,
                    format!("\"{wanted}\" could be any of {} accounts. Name the one you mean by its id.", found.len()),
                )
                .with(json!({ "ids": found.iter().map(|one| one.id.clone()).collect::<Vec<_>>() }))),
            }
        })
        .collect()
}

fn named_group(named: &str, all: &[publish::Group]) -> Result<String, Failure> {
    let wanted = named.to_lowercase();
    let found = all.iter().find(|one| one.id == named || one.name.to_lowercase() == wanted);
    found.map(|one| one.id.clone()).ok_or_else(|| {
        let names: Vec<String> = all.iter().map(|one| plain(&one.name)).collect();
        let says = format!("There is no group \"{named}\" in the workspace. There are: {}.", names.join(", "));
        Failure::new(Code::NotFound, says)
    })
}

async fn publication(session: &Session, named: &str) -> Result<PublicationId, Failure> {
    let all = session.caller.ask(PublicationList { filter: PublicationFilter::default() }).await?;
    super::find::one("publication", named, || Ok(all.iter().map(|one| (one.id, String::new())).collect()))
}

fn listed(shown: &PublishShown) -> String {
    if !shown.key {
        return "There is no key of a Postiz workspace yet. `edit-factory credential set postiz < key.txt` stores one."
            .into();
    }
    if shown.accounts.is_empty() {
        return "No accounts are known yet. `edit-factory publish accounts --refresh` asks Postiz for them.".into();
    }
    let rows = shown.accounts.iter().map(|one| {
        let state = match one {
            one if one.gone => "gone",
            one if one.disabled => "connect again",
            one if one.ticked => "this profile's",
            _ => "",
        };
        let handle = if one.handle.is_empty() { String::new() } else { format!("@{}", one.handle) };
        [one.name.clone(), handle, one.platform.clone(), state.to_owned(), one.id.clone()]
    });
    let group = shown.settings.group.as_ref();
    let group = group.map(|group| format!("\nTied to the group {}.", plain(&group.name))).unwrap_or_default();
    let ask = format!("\n{} left in this hour.", count(shown.requests_left as usize, "request"));
    table(["NAME", "HANDLE", "PLATFORM", "", "ID"], rows) + &group + &ask
}

/// What would be posted, for a person who is to confirm it.
fn told(session: &Session, plan: &PublishPlan) -> Result<String, Failure> {
    let profile = session.chosen()?;
    let mut text = Vec::new();
    for post in &plan.posts {
        let at = match post.publish_at {
            Some(at) => publish::show_time(profile, at)?,
            None => "at once".into(),
        };
        let caption = plain(&post.caption).replace('\n', " / ");
        text.push(format!("{} -> {}, {at}: {caption}", plain(&post.clip_name), plain(&post.account.name)));
        for finding in &post.findings {
            let level = if finding.level == Level::Error { "error" } else { "warning" };
            text.push(format!("  {level}: {}", plain(&finding.says)));
        }
    }
    for near in &plan.originality {
        if let (Some(distance), Some(name)) = (near.distance, &near.nearest) {
            let clip = plan.posts.iter().find(|post| post.clip == near.clip).map(|post| post.clip_name.as_str());
            text.push(format!(
                "{}: {distance:.2} from the nearest published video ({}); {} of {} shots were shown lately.",
                plain(clip.unwrap_or_default()),
                plain(name),
                near.shown_lately,
                near.shots
            ));
        }
    }
    Ok(text.join("\n"))
}

async fn start(session: &Session, order: PublishOrder, yes: bool) -> Result<Outcome, Failure> {
    let plan = session.caller.ask(PublishPropose { order: order.clone() }).await?;
    if !plan.ready {
        let bad = Failure::new(Code::InvalidInput, "Nothing was published: errors stand against it. Mend them first.");
        return Ok(Outcome::new(&plan, told(session, &plan)?)?.but(Some(bad)));
    }
    if !yes && !confirmed(session, &plan)? {
        let says = "Nothing was published: it was not confirmed. `--yes` confirms it where nobody can be asked.";
        return Err(Failure::new(Code::Cancelled, says));
    }
    let started = session.caller.ask(PublishStart { order, seal: plan.seal }).await?;
    sent(session, started).await
}

/// Shows the plan and asks; where nobody can answer, nobody has confirmed.
fn confirmed(session: &Session, plan: &PublishPlan) -> Result<bool, Failure> {
    let stdin = std::io::stdin();
    if session.global.json || !stdin.is_terminal() {
        return Ok(false);
    }
    let mut out = std::io::stderr().lock();
    let asked = write!(out, "{}\n\n{} [y/N] ", told(session, plan)?, plain(&plan.question)).and_then(|()| out.flush());
    let mut answer = String::new();
    let read = asked.and_then(|()| stdin.lock().read_line(&mut answer));
    read.map_err(|e| {
        Failure::new(Code::Internal, format!("The question could not be asked: {e}. Nothing was published."))
    })?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
}

/// Works until the job has ended, and says what became of each.
async fn sent(session: &Session, started: PublishStarted) -> Result<Outcome, Failure> {
    let jobs = [(started.job, None)].into();
    let followed = follow::until_done(session, 1, Watched { jobs, ..Watched::default() }).await?;
    let job = session.caller.ask(JobShow { id: started.job }).await?;
    let ids: Vec<PublicationId> = started.publications.iter().map(|one| one.id).collect();
    let all = session.caller.ask(PublicationList { filter: PublicationFilter::default() }).await?;
    let mine: Vec<Publication> = all.into_iter().filter(|one| ids.contains(&one.id)).collect();
    let bad = mine.iter().filter(|one| one.state == PublicationState::Failed).count();
    let failure = job.failure.clone().or_else(|| {
        (bad > 0).then(|| Failure::new(Code::Internal, format!("{} failed; each says why.", count(bad, "post"))))
    });
    let text = lines(session, &mine)?;
    drop(followed);
    Ok(Outcome::new(&json!({ "publications": mine, "job": job.id }), text)?.but(failure))
}

/// Postiz calls a video published that only lies in the app's inbox.
fn in_the_inbox(one: &Publication) -> bool {
    matches!(&one.settings, PostSettings::Tiktok(settings) if settings.method == TiktokMethod::Inbox)
}

fn lines(session: &Session, all: &[Publication]) -> Result<String, Failure> {
    let profile = session.chosen()?;
    let mut rows = Vec::new();
    for one in all {
        let at = match one.publish_at {
            Some(at) => publish::show_time(profile, at)?,
            None => "at once".to_owned(),
        };
        let state = match one.state {
            PublicationState::Draft => "draft in Postiz",
            PublicationState::Waiting => "waiting",
            PublicationState::Uploading => "uploading",
            PublicationState::Sending => "sending",
            PublicationState::Unknown => "not known",
            PublicationState::Scheduled => "scheduled",
            PublicationState::Published if in_the_inbox(one) => "in the TikTok inbox: finish it there within 24 hours",
            PublicationState::Published => "published",
            PublicationState::Failed => "failed",
            PublicationState::Cancelled => "taken back",
        };
        let more = one.url.clone().or_else(|| one.why.clone()).unwrap_or_default();
        let clip = one.clip_name.clone().unwrap_or_else(|| "(removed)".into());
        rows.push([clip, one.account.name.clone(), at, state.to_owned(), short(one.id), more]);
    }
    Ok(table(["CLIP", "ACCOUNT", "WHEN", "", "ID", ""], rows))
}
