-- What a profile that is kept on a server remembers of it. A profile that is not has these tables empty, and no trigger: the
-- triggers that note changes are made when the profile is linked, from the list in core, and go when it is unlinked.

CREATE TABLE sync_link (
    one            INTEGER PRIMARY KEY CHECK (one = 1),
    remote_profile TEXT NOT NULL,                -- the profile's id there
    node           TEXT NOT NULL,                -- who changed it, in every clock: 8 hexadecimal digits
    clock          INTEGER NOT NULL DEFAULT 0,   -- the latest time given or seen: milliseconds << 16, plus a counter
    seen           INTEGER NOT NULL DEFAULT 0,   -- the latest time that came from there
    ahead_ms       INTEGER NOT NULL DEFAULT 0,   -- how far the server's clock is ahead of this machine's
    applying       INTEGER NOT NULL DEFAULT 0,   -- 1 while changes from there are written: they are no edits
    place          TEXT NOT NULL,                -- JSON: everything up to here is staged or applied
    knows          TEXT NOT NULL,                -- which tables and columns were known when it was linked or last opened
    linked_at      INTEGER NOT NULL,
    in_sync_at     INTEGER,                      -- when a round last went through
    failure        TEXT CHECK (json_valid(failure)), -- why the last one did not
    failing_since  INTEGER
) STRICT;

-- When each column of each row was last changed, and whether the server knows it. `t` and `c` are the server's names.
CREATE TABLE sync_clocks (
    t       TEXT NOT NULL,
    id      TEXT NOT NULL,
    c       TEXT NOT NULL,
    clock   TEXT NOT NULL,
    waiting INTEGER NOT NULL CHECK (waiting IN (0, 1)),
    PRIMARY KEY (t, id, c)
) STRICT, WITHOUT ROWID;
CREATE INDEX sync_waiting ON sync_clocks (t, id) WHERE waiting = 1;

-- Rows that came and are not in the profile's own tables yet: all of them are taken in at once. One that cannot be, because
-- something it needs is not here, stays with the reason.
CREATE TABLE sync_staged (
    t        TEXT NOT NULL,
    id       TEXT NOT NULL,
    rev      INTEGER NOT NULL,
    row      TEXT NOT NULL CHECK (json_valid(row)),
    held_for TEXT,
    PRIMARY KEY (t, id)
) STRICT, WITHOUT ROWID;

-- Rows of this device that the server refuses. The next edit of one, or a try by hand, sends it again.
CREATE TABLE sync_set_aside (
    t       TEXT NOT NULL,
    id      TEXT NOT NULL,
    code    TEXT NOT NULL,
    message TEXT NOT NULL,
    at      INTEGER NOT NULL,
    PRIMARY KEY (t, id)
) STRICT, WITHOUT ROWID;
