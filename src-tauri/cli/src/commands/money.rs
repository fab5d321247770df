//! `quota` and `cost`: what may be spent, and what was.

use edit_factory_core::api::{
    CostExport, CostList, CostReconcile, CostSummary, ProjectList, QuotaAcknowledge, QuotaSet, QuotaShare, QuotaShow,
    QuotaWarn,
};
use edit_factory_core::budget::{CostFilter, CostSum, LedgerRow, LedgerState, QuotaLine, QuotaState, SumBy, dollars};
use edit_factory_core::error::Failure;

use crate::args::money::{By, Cost, Quota};
use crate::output::Outcome;
use crate::session::Session;
use crate::table::{count, short, table};

pub async fn quota(session: &mut Session, what: Quota) -> Result<Outcome, Failure> {
    session.choose_profile()?;
    let caller = &session.caller;
    let state = match what {
        Quota::Show => caller.ask(QuotaShow {}).await?,
        Quota::Acknowledge { provider } => caller.ask(QuotaAcknowledge { provider }).await?,
        Quota::Share(given) => {
            let (characters, microusd) = (given.characters, given.usd);
            caller.ask(QuotaShare { provider: given.provider, characters, microusd }).await?
        }
        Quota::Set(given) => {
            if let Some(percent) = given.warn_at {
                caller.ask(QuotaWarn { at: f64::from(percent) / 100.0 }).await?;
            }
            let limit = QuotaSet { provider: given.provider, characters: given.characters, microusd: given.usd };
            if given.none || limit.characters.is_some() || limit.microusd.is_some() {
                caller.ask(limit).await?
            } else {
                caller.ask(QuotaShow {}).await?
            }
        }
    };
    Outcome::new(&state, described(&state))
}

fn described(state: &QuotaState) -> String {
    let amount = |characters: u64, microusd: u64| format!("{characters} characters, {}", dollars(microusd));
    let bound = |characters: Option<u64>, microusd: Option<u64>| match (characters, microusd) {
        (None, None) => "no limit".to_owned(),
        (Some(characters), None) => format!("{characters} characters"),
        (None, Some(microusd)) => dollars(microusd),
        (Some(characters), Some(microusd)) => amount(characters, microusd),
    };
    let lines: Vec<&QuotaLine> = std::iter::once(&state.total).chain(&state.providers).collect();
    let rows = lines.iter().map(|line| {
        [
            line.provider.clone().unwrap_or_else(|| "all together".into()),
            bound(line.limit_characters, line.limit_microusd),
            amount(line.used_characters, line.used_microusd),
            amount(line.reserved_characters, line.reserved_microusd),
            bound(line.remaining_characters, line.remaining_microusd),
        ]
    });
    let mut text = format!("{}\n{}", state.month, table(["", "LIMIT", "USED", "HELD", "LEFT"], rows));
    for line in lines {
        let whose = line.provider.as_deref().unwrap_or("all together");
        if line.share_characters.is_some() || line.share_microusd.is_some() {
            let share = bound(line.share_characters, line.share_microusd);
            text.push_str(&format!("\n{whose}: this device may spend {share} of the limit."));
        }
        if let Some(why) = &line.blocked {
            text.push_str(&format!("\n{whose}: {why}"));
        } else if line.warning {
            text.push_str(&format!("\n{whose}: more than {:.0}% of the limit is gone.", state.warn_at * 100.0));
        }
    }
    text
}

pub async fn cost(session: &mut Session, what: Cost) -> Result<Outcome, Failure> {
    session.choose_profile()?;
    let caller = &session.caller;
    match what {
        Cost::List { month, provider, project, limit } => {
            let project = match project {
                Some(named) => {
                    let all = caller.ask(ProjectList {}).await?;
                    let all = || Ok(all.into_iter().map(|p| (p.id, p.name)).collect());
                    Some(super::find::one("project", &named, all)?)
                }
                None => None,
            };
            let filter = CostFilter { month, provider, project, released: false };
            let page = caller.ask(CostList { filter, limit, offset: 0 }).await?;
            let mut text = listed(&page.costs);
            let shown = u64::try_from(page.costs.len()).unwrap_or(u64::MAX);
            if page.total > shown {
                text.push_str(&format!("\n… and {} more.", page.total - shown));
            }
            Outcome::new(&page, text)
        }
        Cost::Summary { month, by } => {
            let month = match month {
                Some(month) => month,
                None => caller.ask(QuotaShow {}).await?.month,
            };
            let by = match by {
                By::Day => SumBy::Day,
                By::Provider => SumBy::Provider,
                By::Project => SumBy::Project,
            };
            let sums = caller.ask(CostSummary { month: month.clone(), by }).await?;
            Outcome::new(&sums, summed(&sums, &month))
        }
        Cost::Export { to } => {
            let to = std::path::absolute(&to).unwrap_or(to);
            let file = caller.ask(CostExport { to }).await?;
            Outcome::new(&file, format!("Wrote {}.", file.display()))
        }
        Cost::Reconcile => {
            let left = caller.ask(CostReconcile {}).await?;
            let text = if left.is_empty() {
                "Of every paid call it is known what became of it.".to_owned()
            } else {
                format!("{} not known yet; the money for it stays held.\n{}", count(left.len(), "call"), listed(&left))
            };
            Outcome::new(&left, text)
        }
    }
}

fn listed(costs: &[LedgerRow]) -> String {
    if costs.is_empty() {
        return "Nothing was paid.".to_owned();
    }
    let rows = costs.iter().map(|row| {
        let amount = row.charged.unwrap_or(row.reserved);
        let state = match (row.state, row.overrun) {
            (LedgerState::Settled, true) => "paid, MORE than it could cost",
            (LedgerState::Settled, false) => "paid",
            (LedgerState::Reserved | LedgerState::Sent, _) => "under way",
            (LedgerState::Unknown, _) => "not known, held",
            (LedgerState::Released, _) => "cost nothing",
        };
        [
            edit_factory_core::time::iso(row.created_at),
            format!("{} {}", row.provider, row.model),
            amount.characters.to_string(),
            dollars(amount.microusd),
            state.to_owned(),
            row.project_name.clone().unwrap_or_default(),
            short(row.id),
        ]
    });
    table(["AT", "PAID TO", "CHARACTERS", "USD", "STATE", "PROJECT", "ID"], rows)
}

fn summed(sums: &[CostSum], month: &str) -> String {
    if sums.is_empty() {
        return format!("Nothing was paid in {month}.");
    }
    let rows = sums.iter().map(|sum| {
        let name = sum.name.clone().or_else(|| sum.key.as_deref().map(short)).unwrap_or_else(|| "no project".into());
        let held = if sum.reserved.microusd > 0 { dollars(sum.reserved.microusd) } else { String::new() };
        [name, sum.calls.to_string(), sum.charged.characters.to_string(), dollars(sum.charged.microusd), held]
    });
    table(["", "CALLS", "CHARACTERS", "USD", "HELD"], rows)
}
