-- The seed of a person's authenticator app (RFC 6238), sealed with a key of that person. It counts once a first code has
-- confirmed it; last_step is the newest time step whose code was taken, so that each works once.
CREATE TABLE authenticator_apps (
  owner_id TEXT NOT NULL REFERENCES users (id),
  id TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('offered', 'active')),
  seed BLOB NOT NULL,
  last_step INTEGER NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL,
  last_used_at TEXT,
  PRIMARY KEY (owner_id, id),
  UNIQUE (owner_id, state)
) STRICT;

-- SHA-256 of codes with 120 random bits.
CREATE TABLE recovery_codes (
  owner_id TEXT NOT NULL REFERENCES users (id),
  code_hash BLOB NOT NULL,
  created_at TEXT NOT NULL,
  used_at TEXT,
  PRIMARY KEY (owner_id, code_hash)
) STRICT;

-- Proofs that were wrong, whatever was tried. The one that locked says so.
CREATE TABLE failed_proofs (
  owner_id TEXT NOT NULL REFERENCES users (id),
  id TEXT NOT NULL,
  at TEXT NOT NULL,
  has_locked INTEGER NOT NULL CHECK (has_locked IN (0, 1)),
  PRIMARY KEY (owner_id, id)
) STRICT;
