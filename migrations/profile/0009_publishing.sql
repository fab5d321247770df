-- The accounts of the publishing workspace, as they were when it was last asked, and which of them are this brand's.
CREATE TABLE accounts (
    id       TEXT PRIMARY KEY,                     -- the service's name for it
    name     TEXT NOT NULL,
    handle   TEXT NOT NULL,
    picture  TEXT,
    platform TEXT NOT NULL,                        -- as the service names it: "tiktok"
    disabled INTEGER NOT NULL CHECK (disabled IN (0, 1)),
    gone     INTEGER NOT NULL DEFAULT 0 CHECK (gone IN (0, 1)),
    ticked   INTEGER NOT NULL DEFAULT 0 CHECK (ticked IN (0, 1)),
    settings TEXT CHECK (settings IS NULL OR json_valid(settings)),
    seen_at  INTEGER NOT NULL
) STRICT;

-- When the service was asked anything: it allows so many requests an hour, over all processes of this machine.
CREATE TABLE postiz_requests (
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX postiz_requests_by_time ON postiz_requests (at);

-- The file as the service holds it, so that it is uploaded once however often sending is taken up again.
ALTER TABLE publications ADD COLUMN media TEXT CHECK (media IS NULL OR json_valid(media));
-- The job that sends it.
ALTER TABLE publications ADD COLUMN job_id TEXT;
-- Made as a draft there, for a person to finish.
ALTER TABLE publications ADD COLUMN as_draft INTEGER NOT NULL DEFAULT 0 CHECK (as_draft IN (0, 1));
-- How often it was looked for since its answer was lost, and when next.
ALTER TABLE publications ADD COLUMN looks INTEGER NOT NULL DEFAULT 0;
ALTER TABLE publications ADD COLUMN look_at INTEGER;
-- The moment that was sent for it. Moments of one account differ, which tells a post apart from another with the same text.
ALTER TABLE publications ADD COLUMN sent_for INTEGER;
CREATE INDEX publications_by_job ON publications (job_id) WHERE job_id IS NOT NULL;

-- A job that is cancelled takes with it what it had not sent; put back into the queue, it has that to send again. What was only
-- to be moved is in the service all the while, and counts as there: it is looked at next.
CREATE TRIGGER publications_of_a_cancelled_job AFTER UPDATE OF state ON jobs
WHEN NEW.state = 'cancelled' AND OLD.state <> 'cancelled' BEGIN
    UPDATE publications SET state = 'cancelled', why = 'its job was cancelled', ended_at = NEW.finished_at
    WHERE job_id = NEW.id AND state IN ('waiting', 'uploading') AND post_id IS NULL;
    UPDATE publications SET state = 'scheduled', look_at = 0
    WHERE job_id = NEW.id AND state IN ('waiting', 'uploading') AND post_id IS NOT NULL;
END;
CREATE TRIGGER publications_of_a_job_again AFTER UPDATE OF state ON jobs
WHEN OLD.state = 'cancelled' AND NEW.state = 'queued' BEGIN
    UPDATE publications SET state = 'waiting', why = NULL, ended_at = NULL
    WHERE job_id = NEW.id AND state = 'cancelled' AND why = 'its job was cancelled';
END;
