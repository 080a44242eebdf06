-- What a person is shown of their sessions, to know which are theirs.
ALTER TABLE portal_sessions ADD COLUMN address TEXT;
ALTER TABLE portal_sessions ADD COLUMN program TEXT;
CREATE INDEX portal_sessions_by_user ON portal_sessions (user_id, created_at);
