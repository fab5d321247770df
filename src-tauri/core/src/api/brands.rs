//! Handlers of the calls about the brand kit.

use tokio_util::sync::CancellationToken;

use super::macros::arguments;
use crate::brand::{self, Brand, BrandPatch};
use crate::error::Failure;
use crate::profile::Profile;
use crate::profile::events::Event;

arguments! {
    profile brands {
        /// The brand kit.
        brand_show: BrandShow {} -> Brand;

        /// Changes the brand kit, all of it or nothing.
        brand_set: BrandSet {
            /// What to change.
            patch: BrandPatch,
        } -> Brand;
    }
}

pub(super) async fn brand_show(profile: &Profile, _: BrandShow, _: &CancellationToken) -> Result<Brand, Failure> {
    Ok(brand::show(profile)?)
}

pub(super) async fn brand_set(profile: &Profile, args: BrandSet, cancel: &CancellationToken) -> Result<Brand, Failure> {
    let brand = brand::set(profile, args.patch, cancel).await?;
    profile.announce(Event::Settings {});
    Ok(brand)
}
