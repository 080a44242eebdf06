-- Files without their dates. What they hold is JSON that was checked when it was written, and is checked again when used.
CREATE TABLE templates (
  organization_id TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  version INTEGER NOT NULL,
  batches TEXT NOT NULL,
  batch_count INTEGER NOT NULL,
  entry_count INTEGER NOT NULL,
  credit_cents INTEGER NOT NULL,
  debit_cents INTEGER NOT NULL,
  open_amounts INTEGER NOT NULL,
  authors TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  archived_at TEXT,
  PRIMARY KEY (organization_id, id)
) STRICT, WITHOUT ROWID;

-- Files made from a template again and again.
CREATE TABLE schedules (
  organization_id TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('active', 'paused', 'ended')),
  version INTEGER NOT NULL,
  template_id TEXT NOT NULL,
  -- The version that people confirmed.
  template_version INTEGER NOT NULL,
  rule TEXT NOT NULL,
  starts_on TEXT NOT NULL,
  roll TEXT NOT NULL CHECK (roll IN ('before', 'after')),
  ends TEXT NOT NULL,
  lead_days INTEGER NOT NULL,
  transmit TEXT NOT NULL CHECK (transmit IN ('now', 'nextCutoff')),
  submit_on_approval INTEGER NOT NULL CHECK (submit_on_approval IN (0, 1)),
  authors TEXT NOT NULL,
  -- How far it has come.
  handled_until TEXT,
  last_pays_on TEXT,
  payments INTEGER NOT NULL,
  -- The job that makes the next file; no other one does.
  job_id TEXT,
  problem TEXT,
  created_by TEXT NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  PRIMARY KEY (organization_id, id),
  FOREIGN KEY (organization_id, template_id) REFERENCES templates (organization_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX schedules_template ON schedules (organization_id, template_id);

-- What became of each payment: one row for each date, so that a second file for it cannot exist.
CREATE TABLE schedule_runs (
  organization_id TEXT NOT NULL,
  schedule_id TEXT NOT NULL,
  due_on TEXT NOT NULL,
  pays_on TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('made', 'failed', 'missed', 'skipped')),
  ach_file_id TEXT,
  problem TEXT,
  at TEXT NOT NULL,
  PRIMARY KEY (organization_id, schedule_id, due_on),
  UNIQUE (organization_id, ach_file_id),
  CHECK (outcome <> 'made' OR ach_file_id IS NOT NULL),
  FOREIGN KEY (organization_id, schedule_id) REFERENCES schedules (organization_id, id),
  FOREIGN KEY (organization_id, ach_file_id) REFERENCES ach_files (organization_id, id)
) STRICT, WITHOUT ROWID;

-- Nor a second one that pays on the same day, whatever date it was due on.
CREATE UNIQUE INDEX schedule_runs_pays_on ON schedule_runs (organization_id, schedule_id, pays_on) WHERE ach_file_id IS NOT NULL;

CREATE TRIGGER schedule_runs_no_delete BEFORE DELETE ON schedule_runs
BEGIN
  SELECT RAISE(ABORT, 'runs of a schedule are kept');
END;
CREATE TRIGGER schedule_runs_keep_their_file BEFORE UPDATE ON schedule_runs
WHEN OLD.ach_file_id IS NOT NULL AND (NEW.ach_file_id IS NOT OLD.ach_file_id OR NEW.pays_on <> OLD.pays_on)
BEGIN
  SELECT RAISE(ABORT, 'a payment of a schedule is made once');
END;
