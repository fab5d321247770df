//! Handlers of the calls about the machine the program runs on.

use tokio_util::sync::CancellationToken;

use super::macros::arguments;
use crate::demo;
use crate::diagnostics;
use crate::doctor::{self, Line};
use crate::error::Failure;
use crate::home::Home;
use crate::ids::ProfileId;
use crate::profile::Profile;
use crate::project::Project;

arguments! {
    home machine {
        /// Is everything there that a video needs? A line for each thing, each saying what to do.
        doctor: Doctor {
            /// Look at this profile's database and voices, too.
            #[serde(default)]
            profile: Option<ProfileId>,
        } -> Vec<Line>;
    }

    both machine {
        /// Packs what helps to find out why something does not work in this profile: its log lines, versions, the doctor's
        /// report, the schema. No keys, no media, no script text.
        diagnostics: Diagnostics {
            /// A folder that is there, or the name of the file.
            to: std::path::PathBuf,
        } -> std::path::PathBuf;

        /// The demo project, made of the bundled footage the first time.
        demo_project: DemoProject {} -> Project;
    }
}

pub(super) async fn doctor(home: &Home, args: Doctor, cancel: &CancellationToken) -> Result<Vec<Line>, Failure> {
    let profile = args.profile.map(|id| home.profile(id)).transpose()?;
    Ok(doctor::report(home, profile.as_ref(), cancel).await)
}

pub(super) async fn diagnostics(
    (home, profile): (&Home, &Profile),
    args: Diagnostics,
    cancel: &CancellationToken,
) -> Result<std::path::PathBuf, Failure> {
    diagnostics::write(home, profile, &args.to, cancel).await
}

pub(super) async fn demo_project(
    (home, profile): (&Home, &Profile),
    _: DemoProject,
    cancel: &CancellationToken,
) -> Result<Project, Failure> {
    demo::open(home, profile, cancel).await
}
