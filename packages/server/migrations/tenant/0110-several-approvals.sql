-- Several people approve one file. A request for approval begins a round: what was decided in an earlier one counts no more.
ALTER TABLE ach_files ADD COLUMN approval_round INTEGER NOT NULL DEFAULT 0;
-- The policy that held when it was asked for, see approval_policies.
ALTER TABLE ach_files ADD COLUMN policy_version INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ach_files ADD COLUMN approval_requested_at TEXT;

CREATE TABLE ach_approvals_of_rounds (
  organization_id TEXT NOT NULL,
  id TEXT NOT NULL,
  ach_file_id TEXT NOT NULL,
  round INTEGER NOT NULL,
  decision TEXT NOT NULL CHECK (decision IN ('approved', 'rejected', 'withdrawn')),
  decided_by TEXT NOT NULL,
  -- Every name this person is known under, each `type:id`.
  people TEXT NOT NULL,
  decided_at TEXT NOT NULL,
  reason TEXT,
  content_hash TEXT NOT NULL,
  -- The approval that this one takes back.
  withdraws TEXT,
  PRIMARY KEY (organization_id, id),
  FOREIGN KEY (organization_id, ach_file_id) REFERENCES ach_files (organization_id, id),
  CHECK ((decision = 'withdrawn') = (withdraws IS NOT NULL))
) STRICT, WITHOUT ROWID;

-- Of what was decided before there were rounds, only the decision that stands belongs to the present one.
INSERT INTO ach_approvals_of_rounds
SELECT a.organization_id, a.id, a.ach_file_id, CASE WHEN f.approval_id = a.id THEN 0 ELSE -1 END, a.decision, a.decided_by,
  json_array((a.decided_by ->> '$.type') || ':' || (a.decided_by ->> '$.id')), a.decided_at, a.reason, a.content_hash, NULL
FROM ach_approvals a JOIN ach_files f ON f.organization_id = a.organization_id AND f.id = a.ach_file_id;

DROP TABLE ach_approvals;
ALTER TABLE ach_approvals_of_rounds RENAME TO ach_approvals;
CREATE INDEX ach_approvals_file ON ach_approvals (organization_id, ach_file_id, round);

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

-- What an organization asks for before money moves. Each change is a version of its own; none is ever changed.
CREATE TABLE approval_policies (
  organization_id TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version > 0),
  terms TEXT NOT NULL,
  decided_by TEXT NOT NULL,
  decided_at TEXT NOT NULL,
  -- Who agreed to it where it asks for less than the one before.
  confirmed_by TEXT,
  PRIMARY KEY (organization_id, version)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER approval_policies_no_update BEFORE UPDATE ON approval_policies
BEGIN
  SELECT RAISE(ABORT, 'an approval policy never changes: the next one is another version');
END;
CREATE TRIGGER approval_policies_no_delete BEFORE DELETE ON approval_policies
BEGIN
  SELECT RAISE(ABORT, 'approval policies are kept');
END;
-- REPLACE deletes without firing the trigger above.
CREATE TRIGGER approval_policies_no_replace BEFORE INSERT ON approval_policies
WHEN EXISTS (SELECT 1 FROM approval_policies WHERE organization_id = NEW.organization_id AND version = NEW.version)
BEGIN
  SELECT RAISE(ABORT, 'an approval policy never changes: the next one is another version');
END;
