-- The end of old algorithms is told by a job of its own.
ALTER TABLE bank_connections DROP COLUMN legacy_end_told;
