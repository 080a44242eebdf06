-- What ended is taken away after a while.
CREATE INDEX sign_in_codes_by_end ON sign_in_codes (expires_at);
CREATE INDEX portal_sessions_by_end ON portal_sessions (expires_at);
CREATE INDEX embed_sessions_by_end ON embed_sessions (expires_at);
CREATE INDEX embed_raises_by_end ON embed_raises (expires_at);
CREATE INDEX embed_raises_by_portal_session ON embed_raises (portal_session_id);
CREATE INDEX access_tokens_by_end ON access_tokens (expires_at);
