-- Where events are sent to. The secrets that sign them are sealed.
CREATE TABLE webhook_endpoints (
  organization_id TEXT NOT NULL,
  id TEXT NOT NULL,
  url TEXT NOT NULL,
  description TEXT,
  -- A list of types; NULL for all.
  event_types TEXT,
  secret BLOB NOT NULL,
  previous_secret BLOB,
  previous_secret_ends_at TEXT,
  state TEXT NOT NULL CHECK (state IN ('enabled', 'disabled')),
  disabled_because TEXT,
  -- Tries in a row that failed, the first and the last of them, and until when nothing is tried.
  failures INTEGER NOT NULL,
  failing_since TEXT,
  last_failed_at TEXT,
  paused_until TEXT,
  created_at TEXT NOT NULL,
  archived_at TEXT,
  PRIMARY KEY (organization_id, id),
  CHECK ((state = 'disabled') = (disabled_because IS NOT NULL)),
  CHECK ((previous_secret IS NULL) = (previous_secret_ends_at IS NULL))
) STRICT, WITHOUT ROWID;

-- One event on its way to one endpoint.
CREATE TABLE webhook_deliveries (
  organization_id TEXT NOT NULL,
  id TEXT NOT NULL,
  endpoint_id TEXT NOT NULL,
  event_id TEXT NOT NULL,
  event_type TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'delivered', 'failed')),
  -- Grows each time it is sent anew on request; tries are those since then.
  round INTEGER NOT NULL CHECK (round > 0),
  tries INTEGER NOT NULL,
  next_attempt_at TEXT,
  created_at TEXT NOT NULL,
  PRIMARY KEY (organization_id, id),
  UNIQUE (organization_id, endpoint_id, event_id),
  FOREIGN KEY (organization_id, endpoint_id) REFERENCES webhook_endpoints (organization_id, id),
  FOREIGN KEY (organization_id, event_id) REFERENCES events (organization_id, id),
  CHECK ((state = 'waiting') = (next_attempt_at IS NOT NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX webhook_deliveries_by_state ON webhook_deliveries (organization_id, endpoint_id, state, id);
CREATE INDEX webhook_deliveries_by_event ON webhook_deliveries (organization_id, event_id);

CREATE TABLE webhook_attempts (
  organization_id TEXT NOT NULL,
  delivery_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  at TEXT NOT NULL,
  duration_ms INTEGER NOT NULL,
  status INTEGER,
  fault TEXT,
  PRIMARY KEY (organization_id, delivery_id, position),
  FOREIGN KEY (organization_id, delivery_id) REFERENCES webhook_deliveries (organization_id, id)
) STRICT, WITHOUT ROWID;
