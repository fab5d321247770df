-- What of the world outside belongs to one profile of this home alone: an account videos are posted to, a profile on a server.
CREATE TABLE claims (
    thing      TEXT PRIMARY KEY,                  -- "account:…", "remote:…"
    profile_id TEXT NOT NULL REFERENCES profiles (id) ON DELETE CASCADE,
    claimed_at INTEGER NOT NULL
) STRICT;
CREATE INDEX claims_by_profile ON claims (profile_id);
