-- Who a person is at the identity provider: tenant and object id. An e-mail address is no part of it: whoever runs
-- another directory can put any address there.
CREATE TABLE user_identities (
  id TEXT NOT NULL PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id),
  tenant_id TEXT NOT NULL,
  object_id TEXT NOT NULL,
  -- What the provider calls the account, for the person to tell several apart.
  label TEXT NOT NULL,
  created_at TEXT NOT NULL,
  last_used_at TEXT,
  UNIQUE (tenant_id, object_id)
) STRICT;

CREATE INDEX user_identities_by_user ON user_identities (user_id, id);

-- A nonce is good for one token; rows go when the nonce is too old anyway.
CREATE TABLE used_sign_in_nonces (
  nonce_hash BLOB NOT NULL PRIMARY KEY,
  used_at TEXT NOT NULL
) STRICT;

CREATE INDEX used_sign_in_nonces_by_time ON used_sign_in_nonces (used_at);
