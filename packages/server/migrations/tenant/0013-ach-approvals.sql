-- Decisions of people about files: they are added, never changed.
CREATE TABLE ach_approvals (
  organization_id TEXT NOT NULL,
  id TEXT NOT NULL,
  ach_file_id TEXT NOT NULL,
  decision TEXT NOT NULL CHECK (decision IN ('approved', 'rejected')),
  decided_by TEXT NOT NULL,
  decided_at TEXT NOT NULL,
  reason TEXT,
  content_hash TEXT NOT NULL,
  PRIMARY KEY (organization_id, id),
  FOREIGN KEY (organization_id, ach_file_id) REFERENCES ach_files (organization_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX ach_approvals_file ON ach_approvals (organization_id, ach_file_id);

CREATE TRIGGER ach_approvals_no_update BEFORE UPDATE ON ach_approvals
BEGIN
  SELECT RAISE(ABORT, 'approvals never change');
END;
CREATE TRIGGER ach_approvals_no_delete BEFORE DELETE ON ach_approvals
BEGIN
  SELECT RAISE(ABORT, 'approvals are kept');
END;
-- REPLACE deletes without firing the trigger above.
CREATE TRIGGER ach_approvals_no_replace BEFORE INSERT ON ach_approvals
WHEN EXISTS (SELECT 1 FROM ach_approvals WHERE organization_id = NEW.organization_id AND id = NEW.id)
BEGIN
  SELECT RAISE(ABORT, 'approvals never change');
END;
