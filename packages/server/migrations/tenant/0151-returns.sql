-- The account that was paid, as the keyed hash that finds equal ones: a return or correction is held against it.
ALTER TABLE ach_entries ADD COLUMN paid_account_index BLOB;

CREATE TABLE returns (
  organization_id TEXT NOT NULL,
  id TEXT NOT NULL,
  inbound_file_id TEXT NOT NULL,
  bank_connection_id TEXT NOT NULL,
  -- Of the entry in its file, from 0.
  position INTEGER NOT NULL,
  -- Keyed hash of what makes it this return, so that a second file with it changes nothing.
  fingerprint BLOB NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('return', 'dishonored', 'contested', 'acknowledgment')),
  code TEXT NOT NULL,
  ach_file_id TEXT,
  entry_id TEXT,
  recipient_id TEXT,
  matched_by TEXT CHECK (matched_by IN ('details', 'person')),
  unmatched_reason TEXT CHECK (unmatched_reason IN ('noEntry', 'severalEntries', 'detailsDiffer')),
  candidates TEXT NOT NULL,
  differences TEXT NOT NULL,
  -- The return of the same entry that came before: an entry came back once.
  repeats TEXT,
  answers TEXT,
  -- Keyed hash of its own trace number: what answers it names that.
  trace_index BLOB NOT NULL,
  original_trace_number TEXT NOT NULL,
  individual_name TEXT NOT NULL,
  account_number_last4 TEXT NOT NULL CHECK (length(account_number_last4) <= 4),
  amount_cents INTEGER NOT NULL,
  direction TEXT NOT NULL CHECK (direction IN ('credit', 'debit')),
  sec_code TEXT NOT NULL,
  information TEXT,
  date_of_death TEXT,
  returned_on TEXT NOT NULL,
  received_at TEXT NOT NULL,
  -- The day in New York.
  received_on TEXT NOT NULL,
  PRIMARY KEY (organization_id, id),
  UNIQUE (organization_id, fingerprint),
  CHECK ((entry_id IS NULL) = (matched_by IS NULL)),
  CHECK ((entry_id IS NULL) = (unmatched_reason IS NOT NULL)),
  FOREIGN KEY (organization_id, inbound_file_id) REFERENCES inbound_files (organization_id, id),
  FOREIGN KEY (organization_id, ach_file_id) REFERENCES ach_files (organization_id, id),
  FOREIGN KEY (organization_id, entry_id) REFERENCES ach_entries (organization_id, id),
  FOREIGN KEY (organization_id, recipient_id) REFERENCES recipients (organization_id, id),
  FOREIGN KEY (organization_id, repeats) REFERENCES returns (organization_id, id),
  FOREIGN KEY (organization_id, answers) REFERENCES returns (organization_id, id)
) STRICT;

CREATE UNIQUE INDEX returns_of_entry ON returns (organization_id, entry_id) WHERE kind = 'return' AND repeats IS NULL AND entry_id IS NOT NULL;
CREATE INDEX returns_by_file ON returns (organization_id, ach_file_id);
CREATE INDEX returns_by_recipient ON returns (organization_id, recipient_id);
CREATE INDEX returns_by_trace ON returns (organization_id, trace_index);
CREATE INDEX returns_by_day ON returns (organization_id, received_on);
CREATE INDEX returns_by_inbound_file ON returns (organization_id, inbound_file_id);

CREATE TRIGGER returns_no_delete BEFORE DELETE ON returns
BEGIN
  SELECT RAISE(ABORT, 'returns are kept');
END;

-- The draft that sends a returned payment again.
CREATE TABLE return_retries (
  organization_id TEXT NOT NULL,
  return_id TEXT NOT NULL,
  ach_file_id TEXT NOT NULL,
  created_at TEXT NOT NULL,
  PRIMARY KEY (organization_id, return_id),
  UNIQUE (organization_id, ach_file_id),
  FOREIGN KEY (organization_id, return_id) REFERENCES returns (organization_id, id),
  FOREIGN KEY (organization_id, ach_file_id) REFERENCES ach_files (organization_id, id)
) STRICT, WITHOUT ROWID;

-- Which rates stand at or above the level of warning: whoever was told is not told again.
CREATE TABLE return_rate_warnings (
  organization_id TEXT NOT NULL,
  bank_account_id TEXT NOT NULL,
  sec_code TEXT NOT NULL,
  level TEXT NOT NULL CHECK (level IN ('unauthorized', 'administrative', 'overall')),
  since TEXT NOT NULL,
  PRIMARY KEY (organization_id, bank_account_id, sec_code, level),
  FOREIGN KEY (organization_id, bank_account_id) REFERENCES bank_accounts (organization_id, id)
) STRICT, WITHOUT ROWID;

CREATE VIEW masked_returns AS
SELECT organization_id, id, inbound_file_id, bank_connection_id, position, kind, code, ach_file_id, entry_id, recipient_id,
  matched_by, unmatched_reason, repeats, answers, original_trace_number, individual_name,
  '••••' || account_number_last4 AS account_number, amount_cents, direction, sec_code, returned_on, received_at
FROM returns;
