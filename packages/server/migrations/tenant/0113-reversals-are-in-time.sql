-- When somebody noticed what a reversal takes back: it must be on its way within 24 hours.
ALTER TABLE ach_files ADD COLUMN reversal_discovered_at TEXT;
