-- Of one organization and kind, jobs of one queue go one by one; those of different queues do not wait for each other.
ALTER TABLE jobs ADD COLUMN queue TEXT NOT NULL DEFAULT '';
CREATE INDEX jobs_waiting_by_kind ON jobs (kind, run_at) WHERE state = 'ready';
CREATE INDEX jobs_waiting_by_queue ON jobs (organization_id, kind, queue) WHERE state = 'ready';
