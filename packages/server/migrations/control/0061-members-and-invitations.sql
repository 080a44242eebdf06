-- Who founded it counts against that person's limit. Closing is begun, carried on by a job, and then done.
ALTER TABLE organizations ADD COLUMN created_by TEXT;
ALTER TABLE organizations ADD COLUMN closing_at TEXT;
ALTER TABLE organizations ADD COLUMN closed_at TEXT;

ALTER TABLE members ADD COLUMN role_since TEXT;
ALTER TABLE members ADD COLUMN last_used_at TEXT;

ALTER TABLE users ADD COLUMN closed_at TEXT;

-- The services refuse it with words; this is the wall behind them.
CREATE TRIGGER members_keep_an_owner_on_change BEFORE UPDATE OF role ON members
WHEN OLD.role = 'owner' AND NEW.role <> 'owner' AND NOT EXISTS (
  SELECT 1 FROM members
  WHERE organization_id = OLD.organization_id AND role = 'owner' AND user_id <> OLD.user_id
) AND EXISTS (SELECT 1 FROM organizations WHERE id = OLD.organization_id AND closing_at IS NULL)
BEGIN
  SELECT RAISE(ABORT, 'an open organization keeps an owner');
END;

CREATE TRIGGER members_keep_an_owner_on_removal BEFORE DELETE ON members
WHEN OLD.role = 'owner' AND NOT EXISTS (
  SELECT 1 FROM members
  WHERE organization_id = OLD.organization_id AND role = 'owner' AND user_id <> OLD.user_id
) AND EXISTS (SELECT 1 FROM organizations WHERE id = OLD.organization_id AND closing_at IS NULL)
BEGIN
  SELECT RAISE(ABORT, 'an open organization keeps an owner');
END;

-- The link's secret is made when the mail is written and kept as a hash only; until then, and after a new mail, no
-- earlier one works.
CREATE TABLE invitations (
  organization_id TEXT NOT NULL REFERENCES organizations (id),
  id TEXT NOT NULL,
  email TEXT NOT NULL COLLATE NOCASE,
  role TEXT NOT NULL CHECK (role IN ('owner', 'administrator', 'preparer', 'approver', 'viewer')),
  secret_hash BLOB CHECK (length(secret_hash) = 32),
  invited_by TEXT NOT NULL,
  invited_by_name TEXT NOT NULL,
  created_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  mailings INTEGER NOT NULL DEFAULT 1 CHECK (mailings > 0),
  sent_at TEXT,
  accepted_at TEXT,
  accepted_by TEXT REFERENCES users (id),
  revoked_at TEXT,
  PRIMARY KEY (organization_id, id),
  CHECK (accepted_at IS NULL OR revoked_at IS NULL)
) STRICT;

CREATE UNIQUE INDEX invitations_one_open ON invitations (organization_id, email)
WHERE accepted_at IS NULL AND revoked_at IS NULL;
CREATE INDEX invitations_by_id ON invitations (id);
CREATE INDEX invitations_by_email ON invitations (email) WHERE accepted_at IS NULL AND revoked_at IS NULL;

-- The same queue as in a tenant database, for what is to be done after a change of the control plane.
