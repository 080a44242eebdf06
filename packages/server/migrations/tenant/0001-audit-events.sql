CREATE TABLE audit_events (
  seq INTEGER PRIMARY KEY,
  organization_id TEXT NOT NULL,
  org_seq INTEGER NOT NULL CHECK (org_seq > 0),
  id TEXT NOT NULL UNIQUE,
  at TEXT NOT NULL,
  actor_type TEXT NOT NULL,
  actor_id TEXT NOT NULL,
  actor_name TEXT,
  action TEXT NOT NULL,
  target_type TEXT NOT NULL,
  target_id TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('succeeded', 'failed', 'denied')),
  request_id TEXT,
  ip TEXT,
  data_json TEXT NOT NULL,
  prev_hash BLOB NOT NULL CHECK (length(prev_hash) = 32),
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  UNIQUE (organization_id, org_seq)
) STRICT;

CREATE INDEX audit_events_by_target ON audit_events (organization_id, target_id, org_seq);

CREATE TRIGGER audit_events_no_update BEFORE UPDATE ON audit_events
BEGIN
  SELECT RAISE(ABORT, 'audit events are never changed');
END;

CREATE TRIGGER audit_events_no_delete BEFORE DELETE ON audit_events
BEGIN
  SELECT RAISE(ABORT, 'audit events are never deleted');
END;

-- INSERT OR REPLACE does not fire delete triggers, so it is refused where it would replace.
CREATE TRIGGER audit_events_no_replace BEFORE INSERT ON audit_events
WHEN EXISTS (
  SELECT 1 FROM audit_events
  WHERE seq = NEW.seq OR id = NEW.id OR (organization_id = NEW.organization_id AND org_seq = NEW.org_seq)
)
BEGIN
  SELECT RAISE(ABORT, 'audit events are never replaced');
END;
