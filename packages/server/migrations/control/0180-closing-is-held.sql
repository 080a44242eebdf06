-- When people were told that the closing of an organization waits for a delivery.
ALTER TABLE organizations ADD COLUMN closing_held_at TEXT;
