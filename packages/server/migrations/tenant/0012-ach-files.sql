-- What a person drafts, another approves, and the bank gets. Every reference carries the organization, so a payment to
-- another tenant's recipient cannot be written.
CREATE TABLE ach_files (
  organization_id TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('draft', 'pendingApproval', 'rejected', 'approved', 'submitted', 'delivered',
    'acknowledged', 'needsAttention', 'failed', 'canceled')),
  version INTEGER NOT NULL,
  batch_count INTEGER NOT NULL,
  entry_count INTEGER NOT NULL,
  credit_cents INTEGER NOT NULL,
  debit_cents INTEGER NOT NULL,
  authors TEXT NOT NULL,
  reopened_because TEXT,
  approval_id TEXT,
  content_hash TEXT,
  submission_id TEXT,
  created_by TEXT NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  submitted_at TEXT,
  acknowledged_at TEXT,
  PRIMARY KEY (organization_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX ach_files_by_status ON ach_files (organization_id, status, id);
-- Only a submitted file has one: what was submitted once is not submitted again unless something in it is changed.
CREATE UNIQUE INDEX ach_files_content ON ach_files (organization_id, content_hash) WHERE content_hash IS NOT NULL;

CREATE TABLE ach_batches (
  organization_id TEXT NOT NULL,
  ach_file_id TEXT NOT NULL,
  id TEXT NOT NULL,
  position INTEGER NOT NULL,
  bank_account_id TEXT NOT NULL,
  sec_code TEXT NOT NULL,
  company_entry_description TEXT NOT NULL,
  company_discretionary_data TEXT NOT NULL,
  effective_date TEXT NOT NULL,
  PRIMARY KEY (organization_id, ach_file_id, position),
  UNIQUE (organization_id, id),
  FOREIGN KEY (organization_id, ach_file_id) REFERENCES ach_files (organization_id, id),
  FOREIGN KEY (organization_id, bank_account_id) REFERENCES bank_accounts (organization_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX ach_batches_bank_account ON ach_batches (organization_id, bank_account_id);

CREATE TABLE ach_entries (
  organization_id TEXT NOT NULL,
  ach_file_id TEXT NOT NULL,
  id TEXT NOT NULL,
  batch_position INTEGER NOT NULL,
  position INTEGER NOT NULL,
  recipient_id TEXT NOT NULL,
  amount_cents INTEGER NOT NULL CHECK (amount_cents BETWEEN 1 AND 9999999999),
  direction TEXT NOT NULL CHECK (direction IN ('credit', 'debit')),
  addenda TEXT NOT NULL,
  external_id TEXT,
  -- Known once generated, and kept as they were then although the recipient changes later.
  trace_number TEXT,
  paid_name TEXT,
  paid_routing_number_last4 TEXT CHECK (length(paid_routing_number_last4) <= 4),
  paid_account_number_last4 TEXT CHECK (length(paid_account_number_last4) <= 4),
  PRIMARY KEY (organization_id, ach_file_id, batch_position, position),
  UNIQUE (organization_id, id),
  FOREIGN KEY (organization_id, ach_file_id, batch_position)
    REFERENCES ach_batches (organization_id, ach_file_id, position),
  FOREIGN KEY (organization_id, recipient_id) REFERENCES recipients (organization_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX ach_entries_recipient ON ach_entries (organization_id, recipient_id);
CREATE INDEX ach_entries_trace_number ON ach_entries (organization_id, trace_number) WHERE trace_number IS NOT NULL;
