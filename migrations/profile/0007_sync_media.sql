-- Where a profile is kept on a server, and which of its files are there. Nothing of this leaves the machine.

CREATE TABLE sync_project (
    one     INTEGER PRIMARY KEY CHECK (one = 1),
    url     TEXT NOT NULL,                        -- of the project, without a slash at the end
    key     TEXT NOT NULL,                        -- its publishable key; the session is in the keyring
    user_id TEXT NOT NULL,
    email   TEXT NOT NULL,
    media   TEXT NOT NULL CHECK (media IN ('keep_here', 'fetch_on_demand', 'clips_only'))
) STRICT;

-- Uploads under way: where to go on after the program or the connection ended.
CREATE TABLE media_uploads (
    profile    TEXT NOT NULL,                     -- the profile's id on the server
    file       TEXT NOT NULL,                     -- <hash>.<ending>
    path       TEXT NOT NULL,                     -- on the server, without its address
    started_at INTEGER NOT NULL,
    PRIMARY KEY (profile, file)
) STRICT, WITHOUT ROWID;

-- Files that were read back from the server and found whole.
CREATE TABLE media_there (
    profile    TEXT NOT NULL,
    file       TEXT NOT NULL,
    checked_at INTEGER NOT NULL,
    PRIMARY KEY (profile, file)
) STRICT, WITHOUT ROWID;
