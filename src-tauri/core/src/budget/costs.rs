//! The ledger as it is read: pages, sums, a file for a spreadsheet. What was released cost nothing and is not in them.

use std::path::{Path, PathBuf};

use rusqlite::types::Value;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::amount::Price;
use super::error::BudgetError;
use super::ledger::{self, COLUMNS, FROM, LedgerRow};
use crate::ids::ProjectId;
use crate::profile::Profile;
use crate::profile::media::MediaError;
use crate::profile::part::PartFile;

/// Which calls.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct CostFilter {
    /// Of this month: `2030-01`.
    pub month: Option<String>,
    /// Of this provider.
    pub provider: Option<String>,
    /// For this project.
    pub project: Option<ProjectId>,
    /// With those that were not made after all, or cost nothing.
    #[ts(as = "Option<_>", optional)]
    pub released: bool,
}

/// A page of calls, the newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct PageOfCosts {
    /// How many there are in all.
    pub total: u64,
    /// Those of the page.
    pub costs: Vec<LedgerRow>,
}

/// By what costs are summed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SumBy {
    /// Each day (UTC).
    Day,
    /// Each provider.
    Provider,
    /// Each project.
    Project,
}

/// What one day, provider or project cost.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct CostSum {
    /// `2030-01-31`, a provider, or a project's id; `null` for calls of no project.
    pub key: Option<String>,
    /// How it is called for a person; `null` when the project is gone.
    pub name: Option<String>,
    /// How many calls.
    pub calls: u64,
    /// What was charged.
    pub charged: Price,
    /// What is held.
    pub reserved: Price,
}

/// The most that one page holds.
const PAGE: u32 = 1000;

fn chosen(filter: &CostFilter) -> (String, Vec<Value>) {
    let mut sql = if filter.released { "true" } else { "l.state <> 'released'" }.to_owned();
    let mut values = Vec::new();
    let project = filter.project.map(|id| id.to_string());
    for (column, value) in [("month", &filter.month), ("provider", &filter.provider), ("project_id", &project)] {
        if let Some(value) = value {
            values.push(Value::Text(value.clone()));
            sql.push_str(&format!(" AND l.{column} = ?{}", values.len()));
        }
    }
    (sql, values)
}

/// A page of the ledger.
///
/// # Errors
/// [`BudgetError`].
pub fn list(profile: &Profile, filter: &CostFilter, limit: u32, offset: u64) -> Result<PageOfCosts, BudgetError> {
    let (chosen, values) = chosen(filter);
    profile.read(|tx| {
        let count = format!("SELECT count(*) FROM ledger l WHERE {chosen}");
        let total = tx.prepare_cached(&count)?.query_row(rusqlite::params_from_iter(&values), |r| r.get(0))?;
        let page = format!(
            "SELECT {COLUMNS} FROM {FROM} WHERE {chosen} ORDER BY l.created_at DESC, l.id DESC LIMIT {} OFFSET {offset}",
            limit.min(PAGE)
        );
        let mut query = tx.prepare_cached(&page)?;
        let costs = query.query_map(rusqlite::params_from_iter(&values), ledger::row)?.collect::<Result<_, _>>()?;
        Ok(PageOfCosts { total, costs })
    })
}

/// Sums of one month.
///
/// # Errors
/// [`BudgetError::Invalid`] for a month that is none.
pub fn summary(profile: &Profile, month: &str, by: SumBy) -> Result<Vec<CostSum>, BudgetError> {
    if jiff::civil::Date::strptime("%Y-%m-%d", format!("{month}-01")).is_err() {
        return Err(BudgetError::Invalid(format!("\"{month}\" is not a month. Write it like 2030-01.")));
    }
    let (key, name) = match by {
        SumBy::Day => ("date(l.created_at / 1000, 'unixepoch')", "date(l.created_at / 1000, 'unixepoch')"),
        SumBy::Provider => ("l.provider", "l.provider"),
        SumBy::Project => ("l.project_id", "max(p.name)"),
    };
    profile.read(|tx| {
        let mut query = tx.prepare_cached(&format!(
            "SELECT {key}, {name}, count(*), coalesce(sum(l.characters_charged), 0), coalesce(sum(l.microusd_charged), 0),
                    sum(iif(l.state = 'settled', 0, l.characters_reserved)),
                    sum(iif(l.state = 'settled', 0, l.microusd_reserved))
             FROM {FROM} WHERE l.month = ?1 AND l.state <> 'released' GROUP BY 1 ORDER BY 1"
        ))?;
        let sums = query.query_map([month], |r| {
            Ok(CostSum {
                key: r.get(0)?,
                name: r.get(1)?,
                calls: r.get(2)?,
                charged: Price { characters: r.get(3)?, microusd: r.get(4)? },
                reserved: Price { characters: r.get(5)?, microusd: r.get(6)? },
            })
        })?;
        Ok(sums.collect::<Result<_, _>>()?)
    })
}

/// Writes the whole ledger as CSV, the oldest first, and gives the file. `to` is a folder, or a file in one; a name that is
/// taken gets a number. The file appears whole or not at all.
///
/// # Errors
/// [`BudgetError::Invalid`] for a path that is not absolute or whose folder is not there.
pub fn export(profile: &Profile, to: &Path) -> Result<PathBuf, BudgetError> {
    if !to.is_absolute() || !(to.is_dir() || to.parent().is_some_and(Path::is_dir)) {
        return Err(BudgetError::Invalid(format!("There is no folder for {}. Name one that is there.", to.display())));
    }
    profile.folder().refuse_other_profiles(to)?;
    let (folder, stem) = if to.is_dir() {
        (to.to_owned(), format!("costs-{}", ledger::month_of(crate::time::now_ms())))
    } else {
        let stem = to.file_stem().unwrap_or(to.as_os_str()).to_string_lossy().into_owned();
        (to.parent().map(Path::to_owned).unwrap_or_default(), stem)
    };
    let rows = profile.read::<_, BudgetError>(|tx| {
        let sql = format!("SELECT {COLUMNS} FROM {FROM} WHERE l.state <> 'released' ORDER BY l.created_at, l.id");
        let mut query = tx.prepare_cached(&sql)?;
        Ok(query.query_map([], ledger::row)?.collect::<Result<Vec<_>, _>>()?)
    })?;
    let names = std::iter::once(format!("{stem}.csv")).chain((2..).map(|n| format!("{stem} ({n}).csv")));
    // Nothing of the person's is overwritten.
    let mut free = names.map(|name| folder.join(name)).filter(|path| !path.exists());
    let goal = free.next().unwrap_or_else(|| folder.join("costs.csv"));
    let part = PartFile::beside(&goal)?;
    let mut csv = csv::Writer::from_path(part.path())?;
    csv.write_record([
        "at",
        "state",
        "provider",
        "model",
        "project",
        "characters",
        "usd",
        "reserved_characters",
        "reserved_usd",
        "request_id",
        "id",
    ])?;
    for row in &rows {
        let usd = |microusd: u64| format!("{}.{:06}", microusd / 1_000_000, microusd % 1_000_000);
        csv.write_record([
            crate::time::iso(row.created_at),
            row.state.word().to_owned(),
            row.provider.clone(),
            harmless(&row.model),
            harmless(row.project_name.as_deref().unwrap_or_default()),
            row.charged.map(|c| c.characters.to_string()).unwrap_or_default(),
            row.charged.map(|c| usd(c.microusd)).unwrap_or_default(),
            row.reserved.characters.to_string(),
            usd(row.reserved.microusd),
            harmless(row.request_id.as_deref().unwrap_or_default()),
            row.id.to_string(),
        ])?;
    }
    csv.flush().map_err(MediaError::io("written", &goal))?;
    drop(csv);
    part.commit()?;
    Ok(goal)
}

/// Text that a spreadsheet would take for a formula is marked as text.
fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::budget::{LedgerState, reserve_all, tests::need};

    #[test]
    fn calls_that_cost_nothing_are_listed_only_when_they_are_asked_for() {
        let bench = crate::testkit::bench();
        let mut held = reserve_all(&bench.profile, vec![need(400), need(300)]).unwrap();
        held.remove(0).release("it was stopped").unwrap();
        let listed = |released| {
            let filter = CostFilter { released, ..CostFilter::default() };
            let page = list(&bench.profile, &filter, 10, 0).unwrap();
            (page.total, page.costs.iter().map(|row| row.state).collect::<Vec<_>>())
        };
        assert_eq!(listed(false), (1, vec![LedgerState::Reserved]));
        let (total, states) = listed(true);
        assert!(total == 2 && states.contains(&LedgerState::Released), "{states:?}");
    }
}
