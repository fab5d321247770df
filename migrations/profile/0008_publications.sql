-- What is sent to the accounts of this brand, or is to be: the intent is a row before anything leaves, and what became of it
-- stays in it. A publication outlives its clip, so nothing refers to that.
CREATE TABLE publications (
    id         TEXT PRIMARY KEY,                  -- also the key of the intent: one row is sent once
    clip_id    TEXT NOT NULL,
    clip_hash  TEXT NOT NULL,                     -- BLAKE3 of the file that was meant, hex
    account    TEXT NOT NULL CHECK (json_valid(account)),  -- its id, name and picture as they were when it was chosen
    platform   TEXT NOT NULL,                     -- as the publishing service names it: "tiktok"
    state      TEXT NOT NULL CHECK (state IN
               ('draft', 'waiting', 'uploading', 'sending', 'unknown', 'scheduled', 'published', 'failed', 'cancelled')),
    caption    TEXT NOT NULL,
    settings   TEXT NOT NULL CHECK (json_valid(settings)), -- what the platform asks for: privacy, disclosure, title, …
    device     TEXT NOT NULL,                     -- the one that sends it; on every other it is only shown
    publish_at INTEGER,                           -- none: as soon as it can be
    post_id    TEXT,                              -- the service's name for it
    url        TEXT,                              -- where it can be seen
    why        TEXT,                              -- of failed and unknown
    created_at INTEGER NOT NULL,
    sent_at    INTEGER,
    ended_at   INTEGER,
    deleted_at INTEGER
) STRICT;
CREATE INDEX publications_by_time ON publications (publish_at) WHERE deleted_at IS NULL;
CREATE INDEX publications_by_clip ON publications (clip_id);
CREATE INDEX publications_open ON publications (state)
    WHERE state IN ('waiting', 'uploading', 'sending', 'unknown', 'scheduled');
