-- Wrapped keys only. No reference to organizations: keys may move to a database of their own, whose backups expire.
CREATE TABLE tenant_keys (
  organization_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('data', 'blind')),
  version INTEGER NOT NULL CHECK (version > 0),
  wrapped_key BLOB NOT NULL,
  kek_id TEXT NOT NULL,
  commitment BLOB NOT NULL CHECK (length(commitment) = 16),
  state TEXT NOT NULL CHECK (state IN ('active', 'decrypt_only', 'destroyed')),
  created_at TEXT NOT NULL,
  PRIMARY KEY (organization_id, kind, version)
) STRICT;

CREATE UNIQUE INDEX tenant_keys_one_active ON tenant_keys (organization_id, kind) WHERE state = 'active';
