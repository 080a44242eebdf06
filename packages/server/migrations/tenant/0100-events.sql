-- What an organization is told of, in the order in which it was committed. Never an account or routing number.
CREATE TABLE events (
  organization_id TEXT NOT NULL,
  sequence INTEGER NOT NULL CHECK (sequence > 0),
  id TEXT NOT NULL,
  type TEXT NOT NULL,
  object_type TEXT NOT NULL,
  object_id TEXT NOT NULL,
  status TEXT,
  about TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (organization_id, sequence),
  UNIQUE (organization_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX events_by_type ON events (organization_id, type, sequence);
CREATE INDEX events_by_object ON events (organization_id, object_id, sequence);

CREATE TRIGGER events_no_update BEFORE UPDATE ON events
BEGIN
  SELECT RAISE(ABORT, 'events stay as they were');
END;
CREATE TRIGGER events_no_delete BEFORE DELETE ON events
BEGIN
  SELECT RAISE(ABORT, 'events are kept');
END;
