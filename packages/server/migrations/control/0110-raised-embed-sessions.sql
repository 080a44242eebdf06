-- What a person of the portal may add to an embed session, and whether the session lives in our own frame only.
ALTER TABLE embed_sessions ADD COLUMN risable TEXT NOT NULL DEFAULT '[]';
ALTER TABLE embed_sessions ADD COLUMN isolation TEXT NOT NULL DEFAULT 'page' CHECK (isolation IN ('page', 'frame'));
CREATE UNIQUE INDEX embed_sessions_of_organization ON embed_sessions (organization_id, id);

-- A raise belongs to the frame that holds the secret, and ends with the portal session of the person who gave it.
CREATE TABLE embed_raises (
  organization_id TEXT NOT NULL,
  embed_session_id TEXT NOT NULL,
  secret_hash BLOB NOT NULL,
  user_id TEXT NOT NULL REFERENCES users (id),
  portal_session_id TEXT NOT NULL REFERENCES portal_sessions (id),
  scopes TEXT NOT NULL,
  created_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  PRIMARY KEY (organization_id, embed_session_id, secret_hash),
  FOREIGN KEY (organization_id, embed_session_id) REFERENCES embed_sessions (organization_id, id)
) STRICT;
