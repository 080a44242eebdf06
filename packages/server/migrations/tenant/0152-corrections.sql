-- Notifications of change. What is right now is the number of an account: it is sealed.
CREATE TABLE corrections (
  organization_id TEXT NOT NULL,
  id TEXT NOT NULL,
  inbound_file_id TEXT NOT NULL,
  bank_connection_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  fingerprint BLOB NOT NULL,
  code TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'applied', 'dismissed', 'alreadyChanged', 'notForUs')),
  problem TEXT,
  ach_file_id TEXT,
  entry_id TEXT,
  recipient_id TEXT,
  unmatched_reason TEXT CHECK (unmatched_reason IN ('noEntry', 'severalEntries', 'detailsDiffer')),
  candidates TEXT NOT NULL,
  individual_name TEXT NOT NULL,
  original_trace_number TEXT NOT NULL,
  changes TEXT NOT NULL,
  -- The whole of what the recipient should be, as JSON; NULL where nothing of it is to be changed.
  corrected BLOB,
  -- The account that was paid.
  paid_account_index BLOB,
  received_at TEXT NOT NULL,
  due_on TEXT NOT NULL,
  decided_by TEXT,
  decided_at TEXT,
  decision_reason TEXT,
  PRIMARY KEY (organization_id, id),
  UNIQUE (organization_id, fingerprint),
  FOREIGN KEY (organization_id, inbound_file_id) REFERENCES inbound_files (organization_id, id),
  FOREIGN KEY (organization_id, ach_file_id) REFERENCES ach_files (organization_id, id),
  FOREIGN KEY (organization_id, entry_id) REFERENCES ach_entries (organization_id, id),
  FOREIGN KEY (organization_id, recipient_id) REFERENCES recipients (organization_id, id)
) STRICT;

CREATE INDEX corrections_by_state ON corrections (organization_id, state, id);
CREATE INDEX corrections_by_file ON corrections (organization_id, ach_file_id);
CREATE INDEX corrections_by_inbound_file ON corrections (organization_id, inbound_file_id);

CREATE TRIGGER corrections_no_delete BEFORE DELETE ON corrections
BEGIN
  SELECT RAISE(ABORT, 'corrections are kept');
END;

CREATE TABLE correction_policies (
  organization_id TEXT NOT NULL PRIMARY KEY,
  apply TEXT NOT NULL CHECK (apply IN ('byPerson', 'byRule')),
  updated_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE VIEW masked_corrections AS
SELECT organization_id, id, inbound_file_id, bank_connection_id, position, code, state, problem, ach_file_id, entry_id,
  recipient_id, unmatched_reason, individual_name, original_trace_number, changes, received_at, due_on, decided_at,
  decision_reason
FROM corrections;
