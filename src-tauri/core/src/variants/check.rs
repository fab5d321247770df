//! What must hold for every timeline before it is stored or rendered.

use crate::error::{Code, Explain};
use crate::ids::ShotId;
use crate::variants::timeline::Timeline;

/// Why a timeline cannot be stored or rendered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TimelineError {
    /// It names a shot that was not given.
    #[error("The plan names shot {0}, which is not among the project's shots. Generate the videos again.")]
    UnknownShot(ShotId),
}

impl Explain for TimelineError {
    fn code(&self) -> Code {
        match self {
            Self::UnknownShot(_) => Code::NotFound,
        }
    }
}

impl Timeline {
    /// Checks what rendering relies on.
    ///
    /// # Errors
    /// [`TimelineError`] for the first thing that does not hold.
    pub fn check(&self) -> Result<(), TimelineError> {
        Ok(())
    }
}
