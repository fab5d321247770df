-- One profile's own database. Times are UTC milliseconds, ids UUIDv7 text, JSON columns hold values core defines.

CREATE TABLE settings (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL CHECK (json_valid(value))
) STRICT;

-- Names of what lies in the OS keyring for this profile; never the secrets themselves.
CREATE TABLE secret_names (
    name TEXT PRIMARY KEY
) STRICT;

CREATE TABLE sources (
    id          TEXT PRIMARY KEY,
    name        TEXT NOT NULL,                    -- the user's file name, for people
    hash        TEXT NOT NULL,                    -- BLAKE3 of the file, hex
    bytes       INTEGER NOT NULL,
    path        TEXT,                             -- relative, when copied in
    outside     TEXT,                             -- absolute, when referenced in place
    duration_ms INTEGER NOT NULL,
    width       INTEGER NOT NULL,                 -- as shown: rotation and pixel shape applied
    height      INTEGER NOT NULL,
    has_sound   INTEGER NOT NULL CHECK (has_sound IN (0, 1)),
    probe       TEXT NOT NULL CHECK (json_valid(probe)),
    framing     TEXT CHECK (json_valid(framing)), -- set by hand for the whole source
    proxy       TEXT,                             -- relative path of the 720p proxy
    analysed_at INTEGER,
    created_at  INTEGER NOT NULL,
    deleted_at  INTEGER,
    CHECK ((path IS NULL) <> (outside IS NULL))
) STRICT;
CREATE UNIQUE INDEX sources_by_hash ON sources (hash) WHERE deleted_at IS NULL;

CREATE TABLE tags (
    source_id TEXT NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
    tag       TEXT NOT NULL,                      -- lower case
    PRIMARY KEY (source_id, tag)
) STRICT, WITHOUT ROWID;

CREATE TABLE shots (
    id         TEXT PRIMARY KEY,
    source_id  TEXT NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
    start_ms   INTEGER NOT NULL,
    end_ms     INTEGER NOT NULL,
    scene      INTEGER NOT NULL,                  -- index of the scene (between two cuts) it lies in
    motion     REAL NOT NULL,                     -- all scores 0 to 1
    sharpness  REAL NOT NULL,
    contrast   REAL NOT NULL,
    brightness REAL NOT NULL,
    phash      INTEGER NOT NULL,                  -- 64-bit perceptual hash of the middle frame
    anchor_x   REAL NOT NULL,                     -- saliency anchor, share of the picture
    anchor_y   REAL NOT NULL,
    framing    TEXT CHECK (json_valid(framing)),  -- set by hand for this shot
    CHECK (end_ms > start_ms)
) STRICT;
CREATE INDEX shots_by_source ON shots (source_id, start_ms);

CREATE TABLE projects (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    look       TEXT NOT NULL CHECK (json_valid(look)),   -- platform, style, music, levels, voice, …
    created_at INTEGER NOT NULL,
    deleted_at INTEGER
) STRICT;

-- Which sources a project may use; none listed means all of the profile.
CREATE TABLE project_sources (
    project_id TEXT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    source_id  TEXT NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
    PRIMARY KEY (project_id, source_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE scripts (
    id         TEXT PRIMARY KEY,
    project_id TEXT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    name       TEXT NOT NULL,
    text       TEXT NOT NULL,                     -- as given, markup and all
    language   TEXT,                              -- set by hand; else detected
    tags       TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(tags)),
    recording  TEXT CHECK (json_valid(recording)),-- the user's own narration: FileRef
    position   INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX scripts_by_project ON scripts (project_id, position);

-- A shot set by hand for a sentence. The sentence is found again by its text after the script changed.
CREATE TABLE pins (
    script_id TEXT NOT NULL REFERENCES scripts (id) ON DELETE CASCADE,
    variant   INTEGER NOT NULL,                   -- number of the variant, from 0
    sentence  TEXT NOT NULL,
    occurrence INTEGER NOT NULL,                  -- which of several sentences with this text, from 0
    part      INTEGER NOT NULL,                   -- which cut inside the sentence, from 0
    shot_id   TEXT NOT NULL REFERENCES shots (id) ON DELETE CASCADE,
    PRIMARY KEY (script_id, variant, sentence, occurrence, part)
) STRICT, WITHOUT ROWID;

-- Caption edits by hand; kept by sentence text and word so that they survive planning again.
CREATE TABLE caption_edits (
    script_id TEXT PRIMARY KEY REFERENCES scripts (id) ON DELETE CASCADE,
    edits     TEXT NOT NULL CHECK (json_valid(edits))
) STRICT;

-- Spoken audio, found by what decides its sound.
CREATE TABLE voiceovers (
    id         TEXT PRIMARY KEY,
    key        TEXT NOT NULL UNIQUE,
    file       TEXT NOT NULL,                     -- relative path of the WAV
    hash       TEXT NOT NULL,
    narration  TEXT NOT NULL CHECK (json_valid(narration)),
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE variants (
    id         TEXT PRIMARY KEY,
    project_id TEXT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    script_id  TEXT NOT NULL REFERENCES scripts (id) ON DELETE CASCADE,
    batch_id   TEXT NOT NULL,
    number     INTEGER NOT NULL,                  -- from 0, inside its script
    seed       INTEGER NOT NULL,
    timeline   TEXT NOT NULL CHECK (json_valid(timeline)),
    notes      TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(notes)),
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX variants_by_script ON variants (script_id, created_at);
CREATE INDEX variants_by_batch ON variants (batch_id, number);

CREATE TABLE clips (
    id          TEXT PRIMARY KEY,
    variant_id  TEXT NOT NULL REFERENCES variants (id),
    name        TEXT NOT NULL,
    folder      TEXT NOT NULL,                    -- clips/<id>
    hash        TEXT NOT NULL,
    bytes       INTEGER NOT NULL,
    duration_ms INTEGER NOT NULL,
    receipt     TEXT NOT NULL CHECK (json_valid(receipt)),
    triage      TEXT NOT NULL DEFAULT 'new' CHECK (triage IN ('new', 'accepted', 'rejected')),
    created_at  INTEGER NOT NULL,
    deleted_at  INTEGER
) STRICT;
CREATE INDEX clips_by_time ON clips (created_at) WHERE deleted_at IS NULL;
CREATE INDEX clips_by_variant ON clips (variant_id);

-- Where each shot was used: the footage ledger.
CREATE TABLE shot_uses (
    clip_id TEXT NOT NULL REFERENCES clips (id) ON DELETE CASCADE,
    shot_id TEXT NOT NULL,
    PRIMARY KEY (clip_id, shot_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX shot_uses_by_shot ON shot_uses (shot_id);

CREATE TABLE jobs (
    id          TEXT PRIMARY KEY,
    kind        TEXT NOT NULL CHECK (json_valid(kind)),  -- what to do, with its arguments
    batch_id    TEXT,
    state       TEXT NOT NULL CHECK (state IN ('queued', 'running', 'paused', 'interrupted', 'done', 'failed', 'cancelled')),
    priority    INTEGER NOT NULL,                 -- higher first
    position    INTEGER NOT NULL,                 -- order inside a priority
    step        TEXT NOT NULL DEFAULT '',         -- what it is doing, in words
    progress    REAL NOT NULL DEFAULT 0,          -- 0 to 1, never goes back
    progress_at_start REAL NOT NULL DEFAULT 0,    -- where the last start found it: the pace since then gives the time left
    attempts    INTEGER NOT NULL DEFAULT 0,
    failure     TEXT CHECK (json_valid(failure)),
    result      TEXT CHECK (json_valid(result)),
    wish        TEXT CHECK (wish IN ('cancel', 'pause')), -- asked of the process that runs it
    created_at  INTEGER NOT NULL,
    started_at  INTEGER,
    finished_at INTEGER
) STRICT;
CREATE INDEX jobs_by_state ON jobs (state, priority DESC, position);
CREATE INDEX jobs_by_batch ON jobs (batch_id);

-- A job starts only when the ones it waits for have ended, well or not.
CREATE TABLE job_waits (
    job_id  TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    for_job TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    PRIMARY KEY (job_id, for_job)
) STRICT, WITHOUT ROWID;
