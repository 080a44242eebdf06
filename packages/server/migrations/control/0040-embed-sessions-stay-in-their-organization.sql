-- A key and a session are found by their ids before anybody knows whose they are, so their keys cannot begin with the
-- organization. That a session belongs to an organization its key may work in is held by triggers instead.
CREATE TABLE embed_sessions_of_others (count INTEGER NOT NULL CHECK (count = 0)) STRICT;
-- Sessions from before that break it stop the migration here: somebody has to look at them.
INSERT INTO embed_sessions_of_others
SELECT count(*) FROM embed_sessions
WHERE NOT EXISTS (
  SELECT 1 FROM api_keys JOIN organizations ON organizations.id = embed_sessions.organization_id
  WHERE api_keys.id = embed_sessions.api_key_id AND api_keys.platform_id IS embed_sessions.platform_id
    AND (api_keys.organization_id = organizations.id OR api_keys.platform_id = organizations.platform_id)
);
DROP TABLE embed_sessions_of_others;

CREATE TRIGGER embed_sessions_of_their_key BEFORE INSERT ON embed_sessions
WHEN NOT EXISTS (
  SELECT 1 FROM api_keys JOIN organizations ON organizations.id = NEW.organization_id
  WHERE api_keys.id = NEW.api_key_id AND api_keys.platform_id IS NEW.platform_id
    AND (api_keys.organization_id = organizations.id OR api_keys.platform_id = organizations.platform_id)
)
BEGIN
  SELECT RAISE(ABORT, 'a session belongs to an organization that its key may work in');
END;

CREATE TRIGGER embed_sessions_stay BEFORE UPDATE OF id, organization_id, platform_id, api_key_id ON embed_sessions
BEGIN
  SELECT RAISE(ABORT, 'a session stays with its organization and its key');
END;

CREATE TRIGGER api_keys_stay BEFORE UPDATE OF id, organization_id, platform_id ON api_keys
BEGIN
  SELECT RAISE(ABORT, 'a key stays with its owner');
END;

CREATE TRIGGER organizations_stay BEFORE UPDATE OF id, platform_id ON organizations
BEGIN
  SELECT RAISE(ABORT, 'an organization stays with its platform');
END;
