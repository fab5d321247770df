//! Handlers of the calls about footage.

use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;
use ts_rs::TS;

use super::{SourceAdd, SourceFraming, SourceList, SourceRemove, SourceShow, SourceTag};
use crate::analysis::{self, Shot};
use crate::error::Failure;
use crate::library::Source;
use crate::library::import::{ImportReport, import};
use crate::library::sources::{self, Removed, SourceError};
use crate::profile::Profile;
use crate::profile::events::Event;

/// A source with what was found in it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct SourceDetail {
    /// The source.
    pub source: Source,
    /// Its shots, in order of time; none before it was analysed.
    pub shots: Vec<Shot>,
}

pub(super) async fn source_add(
    profile: &Profile,
    args: SourceAdd,
    cancel: &CancellationToken,
) -> Result<ImportReport, Failure> {
    Ok(import(profile, &args.paths, &args.options, cancel).await?)
}

pub(super) async fn source_list(
    profile: &Profile,
    args: SourceList,
    _: &CancellationToken,
) -> Result<Vec<Source>, Failure> {
    Ok(profile.read(|tx| sources::list(tx, &args.filter))?)
}

pub(super) async fn source_show(
    profile: &Profile,
    args: SourceShow,
    _: &CancellationToken,
) -> Result<SourceDetail, Failure> {
    Ok(profile.read::<_, SourceError>(|tx| {
        let source = sources::get(tx, args.id)?;
        Ok(SourceDetail { shots: analysis::store::shots_of(tx, source.id)?, source })
    })?)
}

pub(super) async fn source_tag(profile: &Profile, args: SourceTag, _: &CancellationToken) -> Result<Source, Failure> {
    let source = profile.write(|tx| sources::tag(tx, args.id, &args.add, &args.remove))?;
    profile.announce(Event::Source { source: source.id });
    Ok(source)
}

pub(super) async fn source_framing(
    profile: &Profile,
    args: SourceFraming,
    _: &CancellationToken,
) -> Result<Source, Failure> {
    let source = profile.write(|tx| sources::set_framing(tx, args.id, args.framing))?;
    profile.announce(Event::Source { source: source.id });
    Ok(source)
}

pub(super) async fn source_remove(
    profile: &Profile,
    args: SourceRemove,
    _: &CancellationToken,
) -> Result<Removed, Failure> {
    Ok(sources::remove(profile, args.id)?)
}
