//! Every call, once. Add one here and write its handler, a function of that name, in the module named before the brace.

use super::macros::calls;
use crate::home::ProfileInfo;
use crate::ids::{BatchId, JobId, ProfileId};
use crate::jobs::{Job, JobState};

calls! {
    home profiles {
        /// All profiles, the last used first.
        profile_list: ProfileList {} -> Vec<ProfileInfo>;

        /// Makes a profile.
        profile_create: ProfileCreate {
            /// Unique in this home, letter case aside.
            name: String,
            /// One of [`crate::home::COLOURS`]; `None` takes the one used least.
            #[serde(default)]
            colour: Option<String>,
        } -> ProfileInfo;

        /// Gives a profile another name.
        profile_rename: ProfileRename {
            /// Which.
            id: ProfileId,
            /// The new name.
            name: String,
        } -> ProfileInfo;

        /// Gives a profile another colour.
        profile_colour: ProfileColour {
            /// Which.
            id: ProfileId,
            /// One of [`crate::home::COLOURS`].
            colour: String,
        } -> ProfileInfo;

        /// From now on the profile that is opened when no other is asked for.
        profile_use: ProfileUse {
            /// Which.
            id: ProfileId,
        } -> ProfileInfo;

        /// Moves a profile to the system's trash and removes its keys from the keyring.
        profile_delete: ProfileDelete {
            /// Which.
            id: ProfileId,
        } -> ProfileInfo;
    }

    profile jobs {
        /// Jobs in the order they will run, then the finished ones, newest first.
        job_list: JobList {
            /// Only these states; empty means all.
            #[serde(default)]
            states: Vec<JobState>,
            /// At most this many; `None` means 200.
            #[serde(default)]
            limit: Option<u32>,
        } -> Vec<Job>;

        /// The jobs that were asked for together.
        job_batch: JobBatch {
            /// Which batch.
            batch: BatchId,
        } -> Vec<Job>;

        /// One job.
        job_show: JobShow {
            /// Which.
            id: JobId,
        } -> Job;

        /// Stops a job for good; one that runs ends within a second and leaves no file.
        job_cancel: JobCancel {
            /// Which.
            id: JobId,
        } -> Job;

        /// Sets a job aside.
        job_pause: JobPause {
            /// Which.
            id: JobId,
        } -> Job;

        /// Puts a paused job back in the queue.
        job_resume: JobResume {
            /// Which.
            id: JobId,
        } -> Job;

        /// Queues a failed or cancelled job again; what it had made is used.
        job_retry: JobRetry {
            /// Which.
            id: JobId,
        } -> Job;

        /// Moves a waiting job before all others of its kind.
        job_first: JobFirst {
            /// Which.
            id: JobId,
        } -> Job;
    }
}
