-- What was shown in videos that were published, for longer than their clips: when and where is said by `publications`, whose
-- rows stay. Kept for every clip that was given to an account, at the latest when it is erased.
CREATE TABLE published_videos (
    clip_id    TEXT PRIMARY KEY,
    variant_id TEXT NOT NULL,
    name       TEXT NOT NULL,
    timeline   TEXT NOT NULL CHECK (json_valid(timeline))  -- shots and words: what tells how near another video is to it
) STRICT;
CREATE TABLE published_shots (
    clip_id TEXT NOT NULL REFERENCES published_videos (clip_id) ON DELETE CASCADE,
    shot_id TEXT NOT NULL,
    PRIMARY KEY (clip_id, shot_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX published_shots_by_shot ON published_shots (shot_id);

-- What was found in the file of a clip, for as long as that is not touched: looking at it again takes a moment for each.
CREATE TABLE looked_at (
    clip_id    TEXT PRIMARY KEY REFERENCES clips (id) ON DELETE CASCADE,
    hash       TEXT NOT NULL,
    bytes      INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,                            -- as the file system says, UTC milliseconds
    looked     TEXT NOT NULL CHECK (json_valid(looked))
) STRICT;
