-- Through what an action came. Rows of format 1 were hashed without these columns and keep their hashes.
ALTER TABLE control_audit_events ADD COLUMN format INTEGER NOT NULL DEFAULT 1 CHECK (format IN (1, 2));
ALTER TABLE control_audit_events ADD COLUMN via_type TEXT;
ALTER TABLE control_audit_events ADD COLUMN via_id TEXT;
ALTER TABLE control_audit_events ADD COLUMN user_agent TEXT;

CREATE INDEX control_audit_events_by_time ON control_audit_events (owner_id, at, seq);
