-- The same as in a tenant database.
ALTER TABLE jobs ADD COLUMN queue TEXT NOT NULL DEFAULT '';
