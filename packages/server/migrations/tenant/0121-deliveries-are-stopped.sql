-- While a row stands here nothing of this organization goes to a bank.
CREATE TABLE delivery_stops (
  organization_id TEXT NOT NULL PRIMARY KEY,
  stopped_at TEXT NOT NULL,
  stopped_by TEXT NOT NULL,
  reason TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- How often in a row a bank could not be reached, and until when nobody tries; no row while it can be.
CREATE TABLE bank_reachability (
  organization_id TEXT NOT NULL,
  bank_connection_id TEXT NOT NULL,
  -- Where it was tried; a connection that leads elsewhere starts anew.
  endpoint TEXT NOT NULL,
  failures INTEGER NOT NULL CHECK (failures > 0),
  unreachable_since TEXT,
  next_try_at TEXT NOT NULL,
  PRIMARY KEY (organization_id, bank_connection_id),
  FOREIGN KEY (organization_id, bank_connection_id) REFERENCES bank_connections (organization_id, id)
) STRICT, WITHOUT ROWID;

-- The bank's cutoff passed and the file was not there; people were told then.
ALTER TABLE submissions ADD COLUMN cutoff_missed_at TEXT;
-- A person lets it go out although its time has passed.
ALTER TABLE submissions ADD COLUMN is_late INTEGER NOT NULL DEFAULT 0 CHECK (is_late IN (0, 1));
-- What a waiting one waits for, when that is not its own next try.
ALTER TABLE submissions ADD COLUMN waits_for TEXT CHECK (waits_for IN ('resume', 'bank'));
-- Looks at the bank in a row that did not tell whether it has the file.
ALTER TABLE submissions ADD COLUMN looks INTEGER NOT NULL DEFAULT 0;
-- What one person says about an unknown one until another person agrees.
ALTER TABLE submissions ADD COLUMN resolution TEXT;
