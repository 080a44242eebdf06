-- Who may call: keys and sessions keep a hash of their secret, never the secret.
CREATE TABLE api_keys (
  id TEXT PRIMARY KEY,
  platform_id TEXT REFERENCES platforms (id),
  organization_id TEXT REFERENCES organizations (id),
  name TEXT NOT NULL,
  scopes TEXT NOT NULL,
  secret_hash BLOB NOT NULL,
  created_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  revoked_at TEXT,
  CHECK ((platform_id IS NULL) <> (organization_id IS NULL))
) STRICT;

CREATE TABLE embed_sessions (
  id TEXT PRIMARY KEY,
  platform_id TEXT REFERENCES platforms (id),
  organization_id TEXT NOT NULL REFERENCES organizations (id),
  api_key_id TEXT NOT NULL REFERENCES api_keys (id),
  end_user_id TEXT NOT NULL,
  end_user_name TEXT NOT NULL,
  scopes TEXT NOT NULL,
  allowed_origins TEXT NOT NULL,
  secret_hash BLOB NOT NULL,
  created_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  revoked_at TEXT
) STRICT;

CREATE TABLE users (
  id TEXT PRIMARY KEY,
  email TEXT NOT NULL UNIQUE COLLATE NOCASE,
  name TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE members (
  organization_id TEXT NOT NULL REFERENCES organizations (id),
  user_id TEXT NOT NULL REFERENCES users (id),
  role TEXT NOT NULL CHECK (role IN ('administrator', 'preparer', 'approver', 'viewer')),
  created_at TEXT NOT NULL,
  PRIMARY KEY (organization_id, user_id)
) STRICT;

-- The code is kept as an HMAC under a key that only the browser which asked for it has.
CREATE TABLE sign_in_codes (
  id TEXT PRIMARY KEY,
  email TEXT NOT NULL COLLATE NOCASE,
  code_hash BLOB NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  used_at TEXT
) STRICT;
CREATE INDEX sign_in_codes_by_email ON sign_in_codes (email, created_at);

CREATE TABLE portal_sessions (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id),
  secret_hash BLOB NOT NULL,
  created_at TEXT NOT NULL,
  seen_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  ended_at TEXT
) STRICT;
