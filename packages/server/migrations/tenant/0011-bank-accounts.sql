-- Accounts of the organization that payments are originated from.
CREATE TABLE bank_accounts (
  organization_id TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  bank_connection_id TEXT NOT NULL,
  account_type TEXT NOT NULL CHECK (account_type IN ('checking', 'savings')),
  routing_number BLOB NOT NULL,
  routing_number_last4 TEXT NOT NULL CHECK (length(routing_number_last4) <= 4),
  account_number BLOB NOT NULL,
  account_number_last4 TEXT NOT NULL CHECK (length(account_number_last4) <= 4),
  account_index BLOB NOT NULL,
  company_name TEXT NOT NULL,
  company_id TEXT NOT NULL,
  created_at TEXT NOT NULL,
  archived_at TEXT,
  PRIMARY KEY (organization_id, id),
  FOREIGN KEY (organization_id, bank_connection_id) REFERENCES bank_connections (organization_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX bank_accounts_bank_connection ON bank_accounts (organization_id, bank_connection_id);
