-- enc_count: how many values were sealed, counted before they are. retired: its values were all sealed anew, so it opens
-- nothing any more. destroyed: the wrapped bytes are gone.
CREATE TABLE tenant_keys_next (
  organization_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('data', 'blind')),
  version INTEGER NOT NULL CHECK (version > 0),
  wrapped_key BLOB,
  kek_id TEXT NOT NULL,
  commitment BLOB NOT NULL CHECK (length(commitment) = 16),
  state TEXT NOT NULL CHECK (state IN ('active', 'decrypt_only', 'retired', 'destroyed')),
  enc_count INTEGER NOT NULL DEFAULT 0 CHECK (enc_count >= 0),
  created_at TEXT NOT NULL,
  PRIMARY KEY (organization_id, kind, version),
  CHECK ((state = 'destroyed') = (wrapped_key IS NULL))
) STRICT;

INSERT INTO tenant_keys_next (organization_id, kind, version, wrapped_key, kek_id, commitment, state, created_at)
SELECT
  organization_id, kind, version, CASE state WHEN 'destroyed' THEN NULL ELSE wrapped_key END, kek_id, commitment, state,
  created_at
FROM tenant_keys;

DROP TABLE tenant_keys;

ALTER TABLE tenant_keys_next RENAME TO tenant_keys;

CREATE UNIQUE INDEX tenant_keys_one_active ON tenant_keys (organization_id, kind) WHERE state = 'active';
