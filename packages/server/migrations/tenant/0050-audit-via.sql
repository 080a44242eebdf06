-- Through what an action came. Rows of format 1 were hashed without these columns and keep their hashes.
ALTER TABLE audit_events ADD COLUMN format INTEGER NOT NULL DEFAULT 1 CHECK (format IN (1, 2));
ALTER TABLE audit_events ADD COLUMN via_type TEXT;
ALTER TABLE audit_events ADD COLUMN via_id TEXT;
ALTER TABLE audit_events ADD COLUMN user_agent TEXT;

CREATE INDEX audit_events_by_time ON audit_events (organization_id, at, seq);
