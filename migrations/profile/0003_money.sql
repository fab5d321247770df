-- What costs money: every paid call from before it is sent, the limits, and what is known of the credentials.

-- Money is in millionths of a US dollar; characters are the ones the provider bills, not always the ones of the text.
CREATE TABLE ledger (
    id                  TEXT PRIMARY KEY,
    state               TEXT NOT NULL CHECK (state IN ('reserved', 'sent', 'settled', 'released', 'unknown')),
    provider            TEXT NOT NULL,
    model               TEXT NOT NULL,
    month               TEXT NOT NULL,            -- calendar month in UTC in which it was reserved: 2030-01
    characters_reserved INTEGER NOT NULL CHECK (characters_reserved >= 0), -- upper bounds
    microusd_reserved   INTEGER NOT NULL CHECK (microusd_reserved >= 0),
    characters_charged  INTEGER CHECK (characters_charged >= 0),           -- what the provider took
    microusd_charged    INTEGER CHECK (microusd_charged >= 0),
    overrun_seen        INTEGER NOT NULL DEFAULT 0 CHECK (overrun_seen IN (0, 1)), -- somebody decided anew after it
    project_id          TEXT,                     -- no reference: what was paid outlives what it was paid for
    job_id              TEXT,
    what                TEXT NOT NULL,            -- hash of the text, never the text
    request_id          TEXT,                     -- the provider's own name for the call
    why                 TEXT,                     -- of released and unknown
    device              TEXT NOT NULL,
    owner               TEXT NOT NULL,            -- the process that will end it, alive while it holds its lock file
    created_at          INTEGER NOT NULL,
    sent_at             INTEGER,
    ended_at            INTEGER,
    CHECK ((state = 'settled') = (characters_charged IS NOT NULL)),
    CHECK ((characters_charged IS NULL) = (microusd_charged IS NULL)),
    CHECK ((state IN ('settled', 'released')) = (ended_at IS NOT NULL))
) STRICT;
CREATE INDEX ledger_by_month ON ledger
    (month, provider, state, characters_reserved, microusd_reserved, characters_charged, microusd_charged);
CREATE INDEX ledger_open ON ledger (state, owner) WHERE state IN ('reserved', 'sent', 'unknown');
CREATE INDEX ledger_overruns ON ledger (provider)
    WHERE overrun_seen = 0 AND (characters_charged > characters_reserved OR microusd_charged > microusd_reserved);
CREATE INDEX ledger_by_time ON ledger (created_at, id) WHERE state <> 'released';

-- Limits of a calendar month. The provider '' stands for all of them together.
CREATE TABLE quotas (
    provider   TEXT PRIMARY KEY,
    characters INTEGER CHECK (characters >= 0),
    microusd   INTEGER CHECK (microusd >= 0),
    set_at     INTEGER NOT NULL,
    CHECK (characters IS NOT NULL OR microusd IS NOT NULL)
) STRICT;

-- What can be said of a secret without it: how it ends, where it is kept, since when.
ALTER TABLE secret_names ADD COLUMN ends_in TEXT;
ALTER TABLE secret_names ADD COLUMN kept_in TEXT CHECK (kept_in IN ('keyring', 'file'));
ALTER TABLE secret_names ADD COLUMN set_at INTEGER;   -- none while it is being stored
