-- What a bank put down for us: the bytes as they came, sealed, once for each connection and content.
CREATE TABLE inbound_files (
  organization_id TEXT NOT NULL,
  id TEXT NOT NULL,
  bank_connection_id TEXT NOT NULL,
  name TEXT NOT NULL,
  size_bytes INTEGER NOT NULL CHECK (size_bytes >= 0),
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  state TEXT NOT NULL CHECK (state IN ('stored', 'processed', 'notUnderstood')),
  kind TEXT CHECK (kind IN ('answers', 'acknowledgement')),
  problem TEXT,
  -- How many times its processing was begun from the start: names the job that does it.
  round INTEGER NOT NULL,
  -- Entries of this round that were taken over; a slice is a transaction and moves it on.
  done_entries INTEGER NOT NULL,
  entry_count INTEGER NOT NULL,
  other_count INTEGER NOT NULL,
  repeated_count INTEGER NOT NULL,
  received_at TEXT NOT NULL,
  processed_at TEXT,
  PRIMARY KEY (organization_id, id),
  UNIQUE (organization_id, bank_connection_id, sha256),
  FOREIGN KEY (organization_id, bank_connection_id) REFERENCES bank_connections (organization_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX inbound_files_by_state ON inbound_files (organization_id, state, id);

CREATE TRIGGER inbound_files_no_delete BEFORE DELETE ON inbound_files
BEGIN
  SELECT RAISE(ABORT, 'inbound files are kept');
END;
CREATE TRIGGER inbound_files_same_bytes BEFORE UPDATE OF bank_connection_id, name, size_bytes, sha256, received_at ON inbound_files
BEGIN
  SELECT RAISE(ABORT, 'an inbound file keeps its bytes and where they came from');
END;

-- The sealed bytes in pieces, in their order.
CREATE TABLE inbound_file_parts (
  organization_id TEXT NOT NULL,
  id TEXT NOT NULL,
  inbound_file_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (organization_id, id),
  UNIQUE (organization_id, inbound_file_id, position),
  FOREIGN KEY (organization_id, inbound_file_id) REFERENCES inbound_files (organization_id, id)
) STRICT;

CREATE TRIGGER inbound_file_parts_no_delete BEFORE DELETE ON inbound_file_parts
BEGIN
  SELECT RAISE(ABORT, 'inbound files are kept');
END;

-- Every name that was seen in a return directory: how it looked, and what was last read under it.
CREATE TABLE inbound_names (
  organization_id TEXT NOT NULL,
  bank_connection_id TEXT NOT NULL,
  name TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  modified_at INTEGER,
  -- Since when it looks like this.
  unchanged_since TEXT NOT NULL,
  looked_at TEXT NOT NULL,
  inbound_file_id TEXT,
  -- How often it was read since it looks like this.
  readings INTEGER NOT NULL,
  PRIMARY KEY (organization_id, bank_connection_id, name),
  FOREIGN KEY (organization_id, bank_connection_id) REFERENCES bank_connections (organization_id, id),
  FOREIGN KEY (organization_id, inbound_file_id) REFERENCES inbound_files (organization_id, id)
) STRICT, WITHOUT ROWID;

-- Under which names the bytes of a file lay at the bank.
CREATE TABLE inbound_file_names (
  organization_id TEXT NOT NULL,
  inbound_file_id TEXT NOT NULL,
  name TEXT NOT NULL,
  seen_at TEXT NOT NULL,
  PRIMARY KEY (organization_id, inbound_file_id, name),
  FOREIGN KEY (organization_id, inbound_file_id) REFERENCES inbound_files (organization_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE inbound_polls (
  organization_id TEXT NOT NULL,
  bank_connection_id TEXT NOT NULL,
  last_at TEXT,
  next_at TEXT,
  problem TEXT,
  PRIMARY KEY (organization_id, bank_connection_id),
  FOREIGN KEY (organization_id, bank_connection_id) REFERENCES bank_connections (organization_id, id)
) STRICT, WITHOUT ROWID;

CREATE VIEW masked_inbound_files AS
SELECT organization_id, id, bank_connection_id, name, size_bytes, sha256, state, kind, problem, done_entries, entry_count,
  other_count, repeated_count, received_at, processed_at
FROM inbound_files;
