-- A change that asks for less than the policy before waits for a second person. Of each organization at most one waits.
CREATE TABLE approval_policy_proposals (
  organization_id TEXT NOT NULL,
  number INTEGER NOT NULL CHECK (number > 0),
  -- What it would replace.
  from_version INTEGER NOT NULL,
  terms TEXT NOT NULL,
  proposed_by TEXT NOT NULL,
  people TEXT NOT NULL,
  proposed_at TEXT NOT NULL,
  ended_at TEXT,
  PRIMARY KEY (organization_id, number)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX approval_policy_proposals_waiting ON approval_policy_proposals (organization_id) WHERE ended_at IS NULL;
