-- Accounting products: their pages, how they are shown, and the people who look after them.
ALTER TABLE platforms ADD COLUMN allowed_origins TEXT NOT NULL DEFAULT '[]';
ALTER TABLE platforms ADD COLUMN display_name TEXT;
ALTER TABLE platforms ADD COLUMN accent_color TEXT;

CREATE TABLE platform_members (
  platform_id TEXT NOT NULL REFERENCES platforms (id),
  user_id TEXT NOT NULL REFERENCES users (id),
  role TEXT NOT NULL CHECK (role = 'administrator'),
  created_at TEXT NOT NULL,
  PRIMARY KEY (platform_id, user_id)
) STRICT;
CREATE INDEX platform_members_by_user ON platform_members (user_id);

-- An address, not a user: whether somebody is known under it is told to nobody.
CREATE TABLE platform_invitations (
  platform_id TEXT NOT NULL REFERENCES platforms (id),
  email TEXT NOT NULL COLLATE NOCASE,
  invited_by TEXT NOT NULL REFERENCES users (id),
  created_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  PRIMARY KEY (platform_id, email)
) STRICT;
