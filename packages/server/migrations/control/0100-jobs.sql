-- Work that a change of the control plane makes necessary, in the form it has in a tenant database. organization_id is
-- whose work it is: an organization, a platform or a person.
CREATE TABLE jobs (
  organization_id TEXT NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  payload TEXT NOT NULL,
  dedupe_key TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('ready', 'leased', 'done', 'dead')),
  run_at TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  max_attempts INTEGER NOT NULL CHECK (max_attempts > 0),
  lease_owner TEXT,
  lease_until TEXT,
  last_error TEXT,
  finished_at TEXT,
  PRIMARY KEY (organization_id, id),
  UNIQUE (organization_id, dedupe_key),
  CHECK ((state = 'leased') = (lease_owner IS NOT NULL AND lease_until IS NOT NULL))
) STRICT;

CREATE INDEX jobs_due ON jobs (run_at) WHERE state = 'ready';
CREATE INDEX jobs_leased ON jobs (organization_id, kind, lease_until) WHERE state = 'leased';
