-- One delivery of one file's bytes to one bank: one row per file, so that a second one cannot exist.
CREATE TABLE submissions (
  organization_id TEXT NOT NULL,
  id TEXT NOT NULL,
  ach_file_id TEXT NOT NULL,
  bank_connection_id TEXT NOT NULL,
  file_name TEXT NOT NULL,
  size_bytes INTEGER NOT NULL CHECK (size_bytes > 0),
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  state TEXT NOT NULL CHECK (state IN ('ready', 'claimed', 'uploading', 'uploaded', 'renamed', 'verified', 'done',
    'acknowledged', 'rejectedByBank', 'retryWait', 'unknown', 'failed')),
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
  FOREIGN KEY (organization_id, bank_connection_id) REFERENCES bank_connections (organization_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX submissions_by_state ON submissions (organization_id, state, id);

CREATE TRIGGER submissions_no_delete BEFORE DELETE ON submissions
BEGIN
  SELECT RAISE(ABORT, 'submissions are kept');
END;
CREATE TRIGGER submissions_same_bytes BEFORE UPDATE OF ach_file_id, bank_connection_id, file_name, size_bytes, sha256 ON submissions
BEGIN
  SELECT RAISE(ABORT, 'a submission keeps its file, its name and its bank');
END;
