//! Handlers of the calls about the machine the program runs on.

use tokio_util::sync::CancellationToken;

use super::Doctor;
use crate::doctor::{self, Line};
use crate::error::Failure;
use crate::home::Home;

pub(super) async fn doctor(home: &Home, args: Doctor, cancel: &CancellationToken) -> Result<Vec<Line>, Failure> {
    let profile = args.profile.map(|id| home.profile(id)).transpose()?;
    Ok(doctor::report(home, profile.as_ref(), cancel).await)
}
