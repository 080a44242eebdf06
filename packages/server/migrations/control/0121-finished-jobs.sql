-- What is done is taken away after a while.
CREATE INDEX jobs_finished ON jobs (finished_at) WHERE state = 'done';
