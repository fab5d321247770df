//! Handlers of the calls about the brand kit.

use tokio_util::sync::CancellationToken;

use super::{BrandSet, BrandShow};
use crate::brand::{self, Brand};
use crate::error::Failure;
use crate::profile::Profile;

pub(super) async fn brand_show(profile: &Profile, _: BrandShow, _: &CancellationToken) -> Result<Brand, Failure> {
    Ok(brand::show(profile)?)
}

pub(super) async fn brand_set(profile: &Profile, args: BrandSet, cancel: &CancellationToken) -> Result<Brand, Failure> {
    Ok(brand::set(profile, args.patch, cancel).await?)
}
