-- Whose a key is in one column, so that every statement can name it: the platform, or the organization.
ALTER TABLE api_keys ADD COLUMN owner_id TEXT;
UPDATE api_keys SET owner_id = coalesce(platform_id, organization_id);
CREATE INDEX api_keys_by_owner ON api_keys (owner_id, id);

CREATE TRIGGER api_keys_owner BEFORE INSERT ON api_keys
WHEN NEW.owner_id IS NOT coalesce(NEW.platform_id, NEW.organization_id)
BEGIN
  SELECT RAISE(ABORT, 'the owner of a key is its platform or its organization');
END;

CREATE TRIGGER api_keys_owner_stays BEFORE UPDATE OF owner_id ON api_keys
BEGIN
  SELECT RAISE(ABORT, 'a key stays with its owner');
END;

-- The end of the key as its holder has it; keys from before have none.
ALTER TABLE api_keys ADD COLUMN last_four TEXT;
-- CIDR blocks the key may be used from; an empty list is anywhere.
ALTER TABLE api_keys ADD COLUMN allowed_networks TEXT NOT NULL DEFAULT '[]';
-- Of a platform's key: the organizations it may work in; NULL is all of the platform.
ALTER TABLE api_keys ADD COLUMN only_organizations TEXT;
ALTER TABLE api_keys ADD COLUMN last_used_at TEXT;
ALTER TABLE api_keys ADD COLUMN replaced_by TEXT;
ALTER TABLE api_keys ADD COLUMN expiry_warned_at TEXT;
CREATE INDEX api_keys_by_expiry ON api_keys (expires_at) WHERE revoked_at IS NULL AND expiry_warned_at IS NULL;

-- OAuth 2 access tokens (client credentials). A token lives an hour at most, and never longer than its key.
CREATE TABLE access_tokens (
  id TEXT NOT NULL PRIMARY KEY,
  owner_id TEXT NOT NULL,
  api_key_id TEXT NOT NULL REFERENCES api_keys (id),
  scopes TEXT NOT NULL,
  -- The one organization it works in; NULL is as the key.
  bound_to TEXT,
  secret_hash BLOB NOT NULL CHECK (length(secret_hash) = 32),
  created_at TEXT NOT NULL,
  expires_at TEXT NOT NULL
) STRICT;
CREATE INDEX access_tokens_by_owner ON access_tokens (owner_id, expires_at);

CREATE TRIGGER access_tokens_of_their_key BEFORE INSERT ON access_tokens
WHEN NOT EXISTS (SELECT 1 FROM api_keys WHERE id = NEW.api_key_id AND owner_id = NEW.owner_id)
BEGIN
  SELECT RAISE(ABORT, 'a token belongs to the owner of its key');
END;
