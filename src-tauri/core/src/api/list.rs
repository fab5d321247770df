//! Every call, once. Add one here and write its handler, a function of that name, in the module named before the brace.

use super::clips::ClipDetail;
use super::macros::calls;
use super::projects::{ProjectDetail, Queued, SoundUse};
use super::sources::SourceDetail;
use crate::audit::AuditReport;
use crate::brand::{Brand, BrandPatch};
use crate::captions::edits::CaptionEdits;
use crate::captions::style::CaptionStyle;
use crate::clips::{Clip, Rerender};
use crate::doctor::Line;
use crate::generate::{Order, PlannedVariant};
use crate::home::ProfileInfo;
use crate::ids::{BatchId, ClipId, JobId, ProfileId, ProjectId, ScriptId, SourceId};
use crate::jobs::{Job, JobState};
use crate::library::Source;
use crate::library::import::{ImportOptions, ImportReport};
use crate::library::sources::{Filter, Removed};
use crate::project::store::NewScript;
use crate::project::{Look, Project, StoredScript};
use crate::render::platform::Platform;
use crate::script::Script;
use crate::speech::say::Said;
use crate::speech::voices::VoiceInfo;
use crate::speech::words::VoiceId;
use crate::variants::plan::Pin;
use crate::variants::timeline::{FileRef, Framing};

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

        /// Proves isolation: what each profile owns, traces of one in another, and random calls on two throw-away
        /// profiles with what belongs to the other.
        profile_audit: ProfileAudit {
            /// Makes the same calls again; `None` takes a new one.
            #[serde(default)]
            seed: Option<u64>,
            /// How many calls; `None` means four of each kind.
            #[serde(default)]
            calls: Option<u32>,
        } -> AuditReport;
    }

    home looks {
        /// The platforms videos are made for, with their settings.
        platform_list: PlatformList {} -> Vec<Platform>;

        /// The caption styles there are.
        style_list: StyleList {} -> Vec<CaptionStyle>;

        /// The font families captions can use.
        font_list: FontList {} -> Vec<String>;

        /// A text as it would be spoken: its language, its sentences.
        script_read: ScriptRead {
            /// As written, markup and all.
            text: String,
            /// ISO 639-1; `None` lets the program find out.
            #[serde(default)]
            language: Option<String>,
        } -> Script;
    }

    home machine {
        /// Is everything there that a video needs? A line for each thing, each saying what to do.
        doctor: Doctor {
            /// Look at this profile's database and voices, too.
            #[serde(default)]
            profile: Option<ProfileId>,
        } -> Vec<Line>;
    }

    profile sources {
        /// Takes files and folders in, and queues looking for their shots.
        source_add: SourceAdd {
            /// Files and folders, anywhere; folder names become tags.
            paths: Vec<std::path::PathBuf>,
            /// How.
            #[serde(default)]
            #[ts(as = "Option<_>", optional)]
            options: ImportOptions,
        } -> ImportReport;

        /// The footage, newest first.
        source_list: SourceList {
            /// Which.
            #[serde(default)]
            #[ts(as = "Option<_>", optional)]
            filter: Filter,
        } -> Vec<Source>;

        /// A source with its shots.
        source_show: SourceShow {
            /// Which.
            id: SourceId,
        } -> SourceDetail;

        /// Adds and takes away tags.
        source_tag: SourceTag {
            /// Which.
            id: SourceId,
            /// Tags to add.
            #[serde(default)]
            #[ts(as = "Option<_>", optional)]
            add: Vec<String>,
            /// Tags to take away.
            #[serde(default)]
            #[ts(as = "Option<_>", optional)]
            remove: Vec<String>,
        } -> Source;

        /// Sets how a source fills a frame of another shape; `None` leaves it to the project.
        source_framing: SourceFraming {
            /// Which.
            id: SourceId,
            /// How.
            framing: Option<Framing>,
        } -> Source;

        /// Takes a source off the list; videos made of it stay.
        source_remove: SourceRemove {
            /// Which.
            id: SourceId,
        } -> Removed;
    }

    profile projects {
        /// All projects, the newest first.
        project_list: ProjectList {} -> Vec<Project>;

        /// A project with its scripts and sources.
        project_show: ProjectShow {
            /// Which.
            id: ProjectId,
        } -> ProjectDetail;

        /// Makes a project.
        project_create: ProjectCreate {
            /// Its name.
            name: String,
            /// How its videos look and sound.
            #[serde(default)]
            #[ts(as = "Option<_>", optional)]
            look: Look,
            /// The sources it may use; none means all of the profile.
            #[serde(default)]
            #[ts(as = "Option<_>", optional)]
            sources: Vec<SourceId>,
        } -> Project;

        /// Changes a project's name and look.
        project_update: ProjectUpdate {
            /// Which.
            id: ProjectId,
            /// Its name.
            name: String,
            /// How its videos look and sound.
            look: Look,
        } -> Project;

        /// Sets which sources a project may use.
        project_sources: ProjectSources {
            /// Which.
            id: ProjectId,
            /// None means all of the profile.
            sources: Vec<SourceId>,
        } -> ProjectDetail;

        /// Takes a project off the list; its clips stay.
        project_remove: ProjectRemove {
            /// Which.
            id: ProjectId,
        } -> Project;

        /// Adds a script at the end of a project. A script that cannot be spoken is refused.
        script_add: ScriptAdd {
            /// To which.
            project: ProjectId,
            /// The script.
            script: NewScript,
        } -> StoredScript;

        /// Changes a script's text and language.
        script_set: ScriptSet {
            /// Which.
            id: ScriptId,
            /// As written, markup and all.
            text: String,
            /// ISO 639-1; `None` lets the program find out.
            #[serde(default)]
            language: Option<String>,
        } -> StoredScript;

        /// Shows this shot for a sentence, whatever the plan would choose.
        pin_set: PinSet {
            /// In which script.
            script: ScriptId,
            /// Where, and which shot.
            pin: Pin,
        } -> Vec<Pin>;

        /// Leaves the place to the plan again.
        pin_remove: PinRemove {
            /// In which script.
            script: ScriptId,
            /// Where; the shot does not matter.
            pin: Pin,
        } -> Vec<Pin>;

        /// The changes made to a script's captions by hand.
        caption_edits_show: CaptionEditsShow {
            /// Of which script.
            script: ScriptId,
        } -> CaptionEdits;

        /// Replaces the changes made to a script's captions by hand.
        caption_edits_set: CaptionEditsSet {
            /// Of which script.
            script: ScriptId,
            /// All of them.
            edits: CaptionEdits,
        } -> CaptionEdits;

        /// Queues making videos of a project: speaking, planning, rendering.
        generate: Generate {
            /// Which.
            project: ProjectId,
            /// What.
            order: Order,
            /// Not before these jobs have ended (looking for the shots of new footage).
            #[serde(default)]
            #[ts(as = "Option<_>", optional)]
            after: Vec<JobId>,
        } -> Queued;

        /// The planned videos of a batch, with what a person should know about them.
        batch_show: BatchShow {
            /// Which.
            batch: BatchId,
        } -> Vec<PlannedVariant>;

        /// Copies a sound file into the profile, to be named by a look (music) or a script (narration).
        sound_add: SoundAdd {
            /// The file, anywhere.
            path: std::path::PathBuf,
            /// What for.
            what_for: SoundUse,
        } -> FileRef;
    }

    profile voices {
        /// The voices there are, installed or not.
        voice_list: VoiceList {} -> Vec<VoiceInfo>;

        /// Speaks a text, to hear a voice; gives where the WAV is and what happened on the way.
        voice_say: VoiceSay {
            /// What to say.
            text: String,
            /// ISO 639-1; `None` lets the program find out.
            #[serde(default)]
            language: Option<String>,
            /// Which voice; `None` takes the best one installed.
            #[serde(default)]
            voice: Option<VoiceId>,
        } -> Said;
    }

    profile brands {
        /// The brand kit.
        brand_show: BrandShow {} -> Brand;

        /// Changes the brand kit, all of it or nothing.
        brand_set: BrandSet {
            /// What to change.
            patch: BrandPatch,
        } -> Brand;
    }

    profile clips {
        /// The finished videos, newest first.
        clip_list: ClipList {
            /// At most this many; `None` means 200.
            #[serde(default)]
            limit: Option<u32>,
            /// Leaves out this many first.
            #[serde(default)]
            #[ts(as = "Option<_>", optional)]
            offset: u32,
        } -> Vec<Clip>;

        /// A finished video with its receipt and its files.
        clip_show: ClipShow {
            /// Which.
            id: ClipId,
        } -> ClipDetail;

        /// Copies a video and what belongs to it to a folder; gives the paths written.
        clip_export: ClipExport {
            /// Which.
            id: ClipId,
            /// The folder, anywhere; made when missing.
            to: std::path::PathBuf,
            /// File name without extension; `None` takes the clip's.
            #[serde(default)]
            name: Option<String>,
        } -> Vec<std::path::PathBuf>;

        /// Renders a video again from its receipt, beside the library, and compares.
        clip_rerender: ClipRerender {
            /// Which.
            id: ClipId,
        } -> Rerender;

        /// Moves a video to the profile's trash.
        clip_remove: ClipRemove {
            /// Which.
            id: ClipId,
        } -> Clip;
    }

    profile jobs {
        /// Jobs in the order they will run, then the finished ones, newest first.
        job_list: JobList {
            /// Only these states; empty means all.
            #[serde(default)]
            #[ts(as = "Option<_>", optional)]
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
