//! Calls about what belongs to the program rather than to a brand.

use tokio_util::sync::CancellationToken;

use super::macros::arguments;
use crate::error::Failure;
use crate::home::{AppSettings, Home};

arguments! {
    home settings {
        /// The settings of the program.
        app_settings_show: AppSettingsShow {} -> AppSettings;

        /// Replaces the settings of the program.
        app_settings_set: AppSettingsSet {
            /// All of them.
            settings: AppSettings,
        } -> AppSettings;
    }
}

pub(super) async fn app_settings_show(
    home: &Home,
    _: AppSettingsShow,
    _: &CancellationToken,
) -> Result<AppSettings, Failure> {
    Ok(home.settings()?)
}

pub(super) async fn app_settings_set(
    home: &Home,
    args: AppSettingsSet,
    _: &CancellationToken,
) -> Result<AppSettings, Failure> {
    Ok(home.set_settings(args.settings)?)
}
