-- How often one person did something lately is asked before each reveal of a full number.
CREATE INDEX audit_events_by_action ON audit_events (organization_id, action, actor_id, at);
