-- Parties paid or collected from. Numbers are sealed; only their last digits stand in clear.
CREATE TABLE recipients (
  organization_id TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  holder_type TEXT NOT NULL CHECK (holder_type IN ('individual', 'business')),
  account_type TEXT NOT NULL CHECK (account_type IN ('checking', 'savings')),
  routing_number BLOB NOT NULL,
  routing_number_last4 TEXT NOT NULL CHECK (length(routing_number_last4) <= 4),
  account_number BLOB NOT NULL,
  account_number_last4 TEXT NOT NULL CHECK (length(account_number_last4) <= 4),
  account_index BLOB NOT NULL,
  identification BLOB,
  external_id TEXT,
  version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  archived_at TEXT,
  PRIMARY KEY (organization_id, id)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX recipients_external_id ON recipients (organization_id, external_id) WHERE external_id IS NOT NULL;
-- Not unique: a person may keep two recipients with one account on purpose.
CREATE INDEX recipients_account ON recipients (organization_id, account_index);
