//! Calls about money: limits, costs, prices.

use std::path::PathBuf;

use tokio_util::sync::CancellationToken;

use super::macros::arguments;
use crate::budget::{self, Bound, CostFilter, CostSum, LedgerRow, PageOfCosts, PriceInfo, QuotaState, SumBy};
use crate::error::Failure;
use crate::profile::Profile;
use crate::profile::events::Event;
use crate::speech::account;

arguments! {
    profile budget {
        /// The limits of this month and what stands against them.
        quota_show: QuotaShow {} -> QuotaState;

        /// Sets a monthly limit; without numbers it goes. Overruns there were count as seen.
        quota_set: QuotaSet {
            /// Of which provider; `None` is all together.
            #[serde(default)]
            provider: Option<String>,
            /// Billed characters.
            #[serde(default)]
            characters: Option<u64>,
            /// Millionths of a US dollar.
            #[serde(default)]
            microusd: Option<u64>,
        } -> QuotaState;

        /// Sets what this device may spend of a limit, for when others spend from it too and cannot always be heard;
        /// without numbers, this device has no share of its own.
        quota_share: QuotaShare {
            /// Of which provider; `None` is all together.
            #[serde(default)]
            provider: Option<String>,
            /// Billed characters.
            #[serde(default)]
            characters: Option<u64>,
            /// Millionths of a US dollar.
            #[serde(default)]
            microusd: Option<u64>,
        } -> QuotaState;

        /// Sets the share of a limit from which on it warns.
        quota_warn: QuotaWarn {
            /// More than 0, at most 1.
            at: f64,
        } -> QuotaState;

        /// Says that somebody has seen what stopped paid calls: a provider that charged more than it could, or costs that
        /// may be missing.
        quota_acknowledge: QuotaAcknowledge {
            /// Of which provider; `None` is every one.
            #[serde(default)]
            provider: Option<String>,
        } -> QuotaState;

        /// Paid calls, the newest first.
        cost_list: CostList {
            /// Which.
            #[serde(default)]
            filter: CostFilter,
            /// At most this many (1,000 at most).
            limit: u32,
            /// After so many.
            #[serde(default)]
            offset: u64,
        } -> PageOfCosts;

        /// Sums of one month.
        cost_summary: CostSummary {
            /// `2030-01`.
            month: String,
            /// By what.
            by: SumBy,
        } -> Vec<CostSum>;

        /// Writes all costs as CSV and gives the file.
        cost_export: CostExport {
            /// An absolute folder that is there, or a file in one.
            to: PathBuf,
        } -> PathBuf;

        /// Looks what became of calls that are not known; gives those that still are not.
        cost_reconcile: CostReconcile {} -> Vec<LedgerRow>;

        /// What each provider is reckoned with.
        price_list: PriceList {} -> Vec<PriceInfo>;

        /// Sets what this profile pays a provider; without a number, the listed price holds again.
        price_set: PriceSet {
            /// Who.
            provider: String,
            /// Millionths of a US dollar for 1,000 billed characters.
            #[serde(default)]
            microusd_per_1000: Option<u64>,
        } -> Vec<PriceInfo>;
    }
}

pub(super) async fn quota_show(profile: &Profile, _: QuotaShow, _: &CancellationToken) -> Result<QuotaState, Failure> {
    Ok(budget::quota_state(profile)?)
}

pub(super) async fn quota_set(profile: &Profile, args: QuotaSet, _: &CancellationToken) -> Result<QuotaState, Failure> {
    let limit = Bound { characters: args.characters, microusd: args.microusd };
    budget::set_quota(profile, args.provider.as_deref(), limit)?;
    Ok(budget::quota_state(profile)?)
}

pub(super) async fn quota_share(
    profile: &Profile,
    args: QuotaShare,
    _: &CancellationToken,
) -> Result<QuotaState, Failure> {
    let share = Bound { characters: args.characters, microusd: args.microusd };
    budget::set_own_share(profile, args.provider.as_deref(), share)?;
    Ok(budget::quota_state(profile)?)
}

pub(super) async fn quota_warn(
    profile: &Profile,
    args: QuotaWarn,
    _: &CancellationToken,
) -> Result<QuotaState, Failure> {
    budget::set_warning(profile, args.at)?;
    Ok(budget::quota_state(profile)?)
}

pub(super) async fn quota_acknowledge(
    profile: &Profile,
    args: QuotaAcknowledge,
    _: &CancellationToken,
) -> Result<QuotaState, Failure> {
    budget::acknowledge(profile, args.provider.as_deref())?;
    Ok(budget::quota_state(profile)?)
}

pub(super) async fn cost_list(
    profile: &Profile,
    args: CostList,
    _: &CancellationToken,
) -> Result<PageOfCosts, Failure> {
    Ok(budget::list(profile, &args.filter, args.limit, args.offset)?)
}

pub(super) async fn cost_summary(
    profile: &Profile,
    args: CostSummary,
    _: &CancellationToken,
) -> Result<Vec<CostSum>, Failure> {
    Ok(budget::summary(profile, &args.month, args.by)?)
}

pub(super) async fn cost_export(
    profile: &Profile,
    args: CostExport,
    _: &CancellationToken,
) -> Result<PathBuf, Failure> {
    let profile = profile.clone();
    let write = move || budget::export(&profile, &args.to);
    Ok(tokio::task::spawn_blocking(write).await.map_err(super::stopped)??)
}

pub(super) async fn cost_reconcile(
    profile: &Profile,
    _: CostReconcile,
    cancel: &CancellationToken,
) -> Result<Vec<LedgerRow>, Failure> {
    account::reconcile(profile, cancel).await
}

pub(super) async fn price_list(
    profile: &Profile,
    _: PriceList,
    _: &CancellationToken,
) -> Result<Vec<PriceInfo>, Failure> {
    Ok(budget::price_list(profile)?)
}

pub(super) async fn price_set(
    profile: &Profile,
    args: PriceSet,
    _: &CancellationToken,
) -> Result<Vec<PriceInfo>, Failure> {
    budget::own_price(profile, &args.provider, args.microusd_per_1000)?;
    profile.announce(Event::Settings {});
    Ok(budget::price_list(profile)?)
}
