CREATE TABLE platforms (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT;

-- The directory of tenants: `database` names the tenant database an organization lives in.
CREATE TABLE organizations (
  id TEXT NOT NULL PRIMARY KEY,
  platform_id TEXT REFERENCES platforms (id),
  external_id TEXT,
  name TEXT NOT NULL,
  database TEXT NOT NULL DEFAULT 'main',
  created_at TEXT NOT NULL,
  UNIQUE (platform_id, external_id)
) STRICT;

CREATE INDEX organizations_by_platform ON organizations (platform_id, id);
