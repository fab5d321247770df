//! What is published, as values: an account, an order, what would come of it, a publication and where it stands.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::preflight::Finding;
use super::settings::PostSettings;
use crate::ids::{ClipId, PublicationId};

/// An account videos are posted to: an integration of the Postiz workspace ("channel" in its own window).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Account {
    /// Postiz's id for it.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its handle on the platform, without `@`.
    pub handle: String,
    /// Its picture's address; `null` when there is none.
    pub picture: Option<String>,
    /// Platform as Postiz names it ("tiktok", "instagram-standalone").
    pub platform: String,
    /// Postiz cannot post to it until somebody connects it again.
    pub disabled: bool,
    /// It is no longer in the workspace, or not in the group of this profile.
    pub gone: bool,
    /// It belongs to this profile: only such accounts can be posted to.
    pub ticked: bool,
    /// What posts to it are set to; `null` takes the profile's defaults of the platform.
    pub settings: Option<PostSettings>,
}

/// A group ("customer") of a workspace: the accounts of one brand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Group {
    /// Postiz's id for it.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// A text with variables that captions are made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CaptionTemplate {
    /// What a person calls it; one of a kind.
    pub name: String,
    /// The text, with `{script}`, `{hook}`, `{project}`, `{name}`, `{brand}`, `{tags}`, `{date}`, `{number}`.
    pub text: String,
}

/// A time of the week at which is posted, in the profile's time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
pub struct Slot {
    /// 1 Monday to 7 Sunday.
    pub weekday: u8,
    /// Minutes after midnight, 0 to 1439.
    pub minute: u16,
}

/// How a profile publishes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct PublishSettings {
    /// The workspace's address: `https://api.postiz.com/public/v1`, or `https://DOMAIN/api/public/v1`.
    pub address: String,
    /// The group whose accounts are this profile's; `null` where accounts are ticked one by one.
    pub group: Option<Group>,
    /// Most requests in an hour; Postiz itself allows 30.
    pub requests_an_hour: u32,
    /// IANA name of the time zone ("Europe/Bucharest"); `null` takes this machine's.
    pub time_zone: Option<String>,
    /// When is posted.
    pub slots: Vec<Slot>,
    /// Most minutes a spread post is moved off its slot, either way.
    pub jitter_min: u32,
    /// Caption templates; the first is used when none is chosen.
    pub templates: Vec<CaptionTemplate>,
    /// What posts are set to, by platform; a platform that is not listed takes the program's.
    pub defaults: Vec<PostSettings>,
    /// A shot counts as shown lately for so many days after it was published.
    pub fresh_after_days: u32,
    /// Seconds after a lost answer before it is looked whether the post is there; again after five times as long, and
    /// after ten times.
    pub look_after_s: u32,
}

impl Default for PublishSettings {
    fn default() -> Self {
        Self {
            address: super::postiz::HOSTED.to_owned(),
            group: None,
            requests_an_hour: 30,
            time_zone: None,
            slots: Vec::new(),
            jitter_min: 10,
            templates: Vec::new(),
            defaults: Vec::new(),
            fresh_after_days: 30,
            look_after_s: 60,
        }
    }
}

/// Everything about publishing that a page shows at once. Read from this machine alone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct PublishShown {
    /// A key is stored.
    pub key: bool,
    /// How it is published.
    pub settings: PublishSettings,
    /// The time zone that counts, by its IANA name.
    pub time_zone: String,
    /// The accounts, as they were when Postiz was last asked.
    pub accounts: Vec<Account>,
    /// When Postiz was last asked for accounts, UTC milliseconds.
    pub asked_at: Option<i64>,
    /// How many requests are left in this hour.
    pub requests_left: u32,
    /// Publications whose outcome is not known.
    pub unknown: u32,
    /// Publications that failed and were not tried again.
    pub failed: u32,
}

/// When the posts of an order go out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "when", rename_all = "snake_case")]
pub enum When {
    /// As soon as they can.
    Now {},
    /// Never by itself: they are made as drafts in Postiz, where a person finishes them.
    Draft {},
    /// All at one time.
    At {
        /// UTC milliseconds.
        at: i64,
    },
    /// One clip after the other over the profile's slots, each with its own shift; a clip goes to all its accounts at once.
    Spread {
        /// Not before, UTC milliseconds.
        from: i64,
        /// Over so many days from then on.
        days: u32,
        /// Most clips a day; `null` as many as there are slots.
        #[serde(default)]
        #[ts(optional = nullable)]
        a_day: Option<u32>,
        /// The same seed gives the same shifts.
        seed: u64,
    },
}

/// What a person wants published.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct PublishOrder {
    /// Which clips, in order.
    pub clips: Vec<ClipId>,
    /// To which accounts, each of the clips.
    pub accounts: Vec<String>,
    /// When.
    pub when: When,
    /// The caption, with variables; `null` takes the profile's first template.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub caption: Option<String>,
    /// Captions by hand, in place of the one above.
    #[serde(default)]
    #[ts(as = "Option<_>", optional)]
    pub captions: Vec<CaptionFor>,
    /// What posts are set to, in place of the accounts' own, by platform.
    #[serde(default)]
    #[ts(as = "Option<_>", optional)]
    pub settings: Vec<PostSettings>,
}

/// The caption of one clip.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CaptionFor {
    /// Which clip.
    pub clip: ClipId,
    /// On this account only; `null` on all.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub account: Option<String>,
    /// Its text, as it is.
    pub text: String,
}

/// One post of an order, before anything is stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct PlannedPost {
    /// The clip.
    pub clip: ClipId,
    /// Its name.
    pub clip_name: String,
    /// The account.
    pub account: Account,
    /// The text that would be posted.
    pub caption: String,
    /// What it would be set to.
    pub settings: PostSettings,
    /// When, UTC milliseconds; `null` as soon as it can be.
    pub publish_at: Option<i64>,
    /// What was found wrong with it; an error keeps the whole order from being published.
    pub findings: Vec<Finding>,
}

/// How near a clip is to what the profile has published.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Originality {
    /// Which clip.
    pub clip: ClipId,
    /// Distance to the nearest published video: 0 the same, 1 nothing in common; `null` when nothing was published.
    pub distance: Option<f32>,
    /// Name of that video.
    pub nearest: Option<String>,
    /// When it was published, UTC milliseconds.
    pub nearest_at: Option<i64>,
    /// How many of the clip's shots were published in the last days that count (`fresh_after_days`).
    pub shown_lately: u32,
    /// Of how many.
    pub shots: u32,
}

/// What would come of an order: all that a person confirms.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct PublishPlan {
    /// Name of the brand.
    pub brand: String,
    /// Its colour.
    pub colour: String,
    /// "Publish 6 videos to Brand A: @branda (TikTok), @branda (Instagram)?"
    pub question: String,
    /// The posts.
    pub posts: Vec<PlannedPost>,
    /// How near the clips are to what was published.
    pub originality: Vec<Originality>,
    /// Nothing stands against it.
    pub ready: bool,
    /// Names exactly this plan: [`PublishStart`](crate::api::PublishStart) takes it and refuses when anything differs by then.
    pub seal: String,
}

/// Where a publication stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PublicationState {
    /// A draft in Postiz, for a person to finish there.
    Draft,
    /// To be sent.
    Waiting,
    /// Its file is on the way.
    Uploading,
    /// The post is being made.
    Sending,
    /// The answer was lost: it may be there or not. It is looked for, and never sent again blindly.
    Unknown,
    /// Postiz has it and will post it.
    Scheduled,
    /// It is out.
    Published,
    /// It did not work; `why` says what.
    Failed,
    /// Taken back by a person.
    Cancelled,
}

/// One clip on one account.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Publication {
    /// Its id, and the key of the intent: it is sent once.
    pub id: PublicationId,
    /// The clip.
    pub clip: ClipId,
    /// The clip's name; `null` when it is not in the library any more.
    pub clip_name: Option<String>,
    /// BLAKE3 of the file that was meant.
    pub clip_hash: String,
    /// The account as it was when it was chosen.
    pub account: AccountName,
    /// Platform as Postiz names it.
    pub platform: String,
    /// Where it stands.
    pub state: PublicationState,
    /// The text.
    pub caption: String,
    /// What it is set to.
    pub settings: PostSettings,
    /// Another of the person's machines sends it; here it is only shown.
    pub elsewhere: bool,
    /// UTC milliseconds; `null` as soon as it can be.
    pub publish_at: Option<i64>,
    /// Postiz's id of the post.
    pub post_id: Option<String>,
    /// Where it can be seen.
    pub url: Option<String>,
    /// Why it failed or is not known.
    pub why: Option<String>,
    /// UTC milliseconds.
    pub created_at: i64,
    /// UTC milliseconds of the last sending.
    pub sent_at: Option<i64>,
    /// UTC milliseconds.
    pub ended_at: Option<i64>,
}

/// An account by what a person knows of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AccountName {
    /// Postiz's id for it.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its handle.
    #[serde(default)]
    pub handle: String,
    /// Its picture's address.
    #[serde(default)]
    pub picture: Option<String>,
}

/// Which publications are meant.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct PublicationFilter {
    /// Going out, or gone out, at this UTC millisecond or later. One without a time counts by when it was made.
    pub from: Option<i64>,
    /// And before this one.
    pub to: Option<i64>,
    /// In one of these states; empty for all.
    #[ts(as = "Option<_>", optional)]
    pub states: Vec<PublicationState>,
    /// Of this clip.
    pub clip: Option<ClipId>,
}

/// What was started.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct PublishStarted {
    /// The publications, in the order of the plan.
    pub publications: Vec<Publication>,
    /// The job that sends them.
    pub job: crate::ids::JobId,
}
