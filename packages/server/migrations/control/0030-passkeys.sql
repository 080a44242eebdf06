-- A person proves with a passkey that it is they; only the public half of it is here.
ALTER TABLE portal_sessions ADD COLUMN stepped_up_at TEXT;

CREATE TABLE passkeys (
  id TEXT NOT NULL PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id),
  credential_id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  public_key BLOB NOT NULL,
  counter INTEGER NOT NULL,
  transports TEXT NOT NULL,
  created_at TEXT NOT NULL,
  last_used_at TEXT
) STRICT;

CREATE INDEX passkeys_by_user ON passkeys (user_id, id);

-- One open question per session and purpose; an answer takes it away, right or wrong.
CREATE TABLE passkey_challenges (
  session_id TEXT NOT NULL REFERENCES portal_sessions (id),
  purpose TEXT NOT NULL CHECK (purpose IN ('register', 'stepUp')),
  challenge TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  PRIMARY KEY (session_id, purpose)
) STRICT;
