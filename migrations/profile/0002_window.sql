-- What the window lists, undoes and shows: pages of thousands of rows, the trash, trimmed pins, the last commands of jobs.

ALTER TABLE scripts ADD COLUMN deleted_at INTEGER;
-- Where reading starts, milliseconds of the source; none leaves it to the plan.
ALTER TABLE pins ADD COLUMN in_ms INTEGER;
-- Taken out of the receipt, so that no list has to read receipts.
ALTER TABLE clips ADD COLUMN platform TEXT;
ALTER TABLE clips ADD COLUMN opening TEXT;        -- the first shot that is shown
UPDATE clips SET platform = receipt ->> '$.platform', opening = receipt ->> '$.shots[0].shot';

-- Lists are read from these alone: a row carries a probe or a receipt of many kilobytes. (`deleted_at` is in them because
-- SQLite asks for every column a query names, even one that the index itself decides.)
DROP INDEX clips_by_time;
CREATE INDEX clips_listed ON clips (created_at, id, name, duration_ms, triage, variant_id, deleted_at) WHERE deleted_at IS NULL;
CREATE INDEX clips_deleted ON clips (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX clips_kept ON clips (id, deleted_at);
CREATE INDEX sources_listed ON sources (created_at, id, name, duration_ms, deleted_at) WHERE deleted_at IS NULL;
CREATE INDEX sources_deleted ON sources (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX variants_by_project ON variants (project_id, id);
CREATE INDEX tags_by_name ON tags (tag);

-- The last commands of each job and what they said, so that they can be read after the job has ended.
CREATE TABLE job_commands (
    job_id  TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    number  INTEGER NOT NULL,                     -- in the order they ended
    at      INTEGER NOT NULL,                     -- when it was started
    command TEXT NOT NULL,
    stderr  TEXT NOT NULL,                        -- the end of it
    PRIMARY KEY (job_id, number)
) STRICT, WITHOUT ROWID;
