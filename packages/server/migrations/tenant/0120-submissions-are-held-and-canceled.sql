-- A delivery can wait for its time (`not_before`), has a last moment (`deliver_by`) and can be canceled before a worker
-- takes it. Tables are made anew because a check names the states; steps go first because they point at submissions.
DROP VIEW masked_submissions;
DROP VIEW masked_submission_steps;
CREATE TABLE earlier_submissions AS SELECT * FROM submissions;
CREATE TABLE earlier_submission_steps AS SELECT * FROM submission_steps;
DROP TABLE submission_steps;
DROP TABLE submissions;

-- One delivery of one file's bytes to one bank: one row per file, so that a second one cannot exist.
CREATE TABLE submissions (
  organization_id TEXT NOT NULL,
  id TEXT NOT NULL,
  ach_file_id TEXT NOT NULL,
  bank_connection_id TEXT NOT NULL,
  file_name TEXT NOT NULL,
  size_bytes INTEGER NOT NULL CHECK (size_bytes > 0),
  -- Of the bytes that lie at the bank.
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  -- Of the file as it was generated, before anything was done to it for its way.
  content_sha256 TEXT NOT NULL CHECK (length(content_sha256) = 64),
  -- Where people agreed that the file goes (a hash, see bank-connections/destination.ts). NULL for what is older.
  destination_hash TEXT CHECK (length(destination_hash) = 64),
  not_before TEXT,
  -- No try by itself in the last 15 minutes before it or after it.
  deliver_by TEXT CHECK (deliver_by > not_before),
  state TEXT NOT NULL CHECK (state IN ('ready', 'claimed', 'uploading', 'uploaded', 'renamed', 'verified', 'done',
    'acknowledged', 'rejectedByBank', 'retryWait', 'reconciling', 'unknown', 'failed', 'canceled')),
  -- Grows with each claim and is named by every write of the worker that holds it.
  attempt INTEGER NOT NULL,
  -- Claims since a person last asked for a delivery.
  tries INTEGER NOT NULL,
  job_id TEXT NOT NULL,
  job_attempt INTEGER NOT NULL,
  -- The attempt whose part file may have been renamed to the final name; NULL when none can have been.
  rename_attempt INTEGER,
  rename_acknowledged_at TEXT,
  retry_at TEXT,
  problem TEXT,
  evidence TEXT,
  created_at TEXT NOT NULL,
  delivered_at TEXT,
  acknowledged_at TEXT,
  PRIMARY KEY (organization_id, id),
  UNIQUE (organization_id, ach_file_id),
  UNIQUE (organization_id, bank_connection_id, file_name),
  FOREIGN KEY (organization_id, ach_file_id) REFERENCES ach_files (organization_id, id),
  FOREIGN KEY (organization_id, bank_connection_id) REFERENCES bank_connections (organization_id, id),
  -- What was canceled can have no copy at the bank.
  CHECK (state <> 'canceled' OR rename_attempt IS NULL)
) STRICT, WITHOUT ROWID;

INSERT INTO submissions (organization_id, id, ach_file_id, bank_connection_id, file_name, size_bytes, sha256,
  content_sha256, destination_hash, state, attempt, tries, job_id, job_attempt, rename_attempt, rename_acknowledged_at,
  retry_at, problem, evidence, created_at, delivered_at, acknowledged_at)
SELECT organization_id, id, ach_file_id, bank_connection_id, file_name, size_bytes, sha256, sha256, destination_hash,
  state, attempt, tries, job_id, job_attempt, rename_attempt, rename_acknowledged_at, retry_at, problem, evidence,
  created_at, delivered_at, acknowledged_at
FROM earlier_submissions;
DROP TABLE earlier_submissions;

CREATE INDEX submissions_by_state ON submissions (organization_id, state, id);

-- The same bytes never go out twice, not even under another name. Of what failed or was canceled no bank has a copy.
CREATE UNIQUE INDEX submissions_once_per_content ON submissions (organization_id, content_sha256)
WHERE state NOT IN ('failed', 'canceled');

CREATE TRIGGER submissions_no_delete BEFORE DELETE ON submissions
BEGIN
  SELECT RAISE(ABORT, 'submissions are kept');
END;
CREATE TRIGGER submissions_same_bytes BEFORE UPDATE OF ach_file_id, bank_connection_id, file_name, size_bytes, sha256, content_sha256 ON submissions
BEGIN
  SELECT RAISE(ABORT, 'a submission keeps its file, its name and its bank');
END;
CREATE TRIGGER submissions_stay_canceled BEFORE UPDATE OF state ON submissions WHEN OLD.state = 'canceled'
BEGIN
  SELECT RAISE(ABORT, 'what was canceled is never delivered');
END;

-- Each recorded state of a delivery, in words: added, never changed.
CREATE TABLE submission_steps (
  organization_id TEXT NOT NULL,
  submission_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  state TEXT NOT NULL,
  attempt INTEGER NOT NULL,
  at TEXT NOT NULL,
  detail TEXT NOT NULL,
  PRIMARY KEY (organization_id, submission_id, position),
  FOREIGN KEY (organization_id, submission_id) REFERENCES submissions (organization_id, id)
) STRICT, WITHOUT ROWID;

INSERT INTO submission_steps (organization_id, submission_id, position, state, attempt, at, detail)
SELECT organization_id, submission_id, position, state, attempt, at, detail FROM earlier_submission_steps;
DROP TABLE earlier_submission_steps;

CREATE TRIGGER submission_steps_no_update BEFORE UPDATE ON submission_steps
BEGIN
  SELECT RAISE(ABORT, 'steps of a submission never change');
END;
CREATE TRIGGER submission_steps_no_delete BEFORE DELETE ON submission_steps
BEGIN
  SELECT RAISE(ABORT, 'steps of a submission are kept');
END;

CREATE VIEW masked_submissions AS
SELECT organization_id, id, ach_file_id, bank_connection_id, file_name, size_bytes, sha256, not_before, deliver_by, state,
  attempt, tries, retry_at, problem, created_at, delivered_at, acknowledged_at
FROM submissions;

CREATE VIEW masked_submission_steps AS
SELECT organization_id, submission_id, position, state, attempt, at, detail FROM submission_steps;
