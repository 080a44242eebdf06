-- The account that the bank names, as the keyed hash that finds equal ones: a person who says which payment a correction
-- is about cannot have it change another account. NULL for what came before this was kept.
ALTER TABLE corrections ADD COLUMN account_index BLOB;
ALTER TABLE corrections ADD COLUMN matched_by TEXT CHECK (matched_by IN ('details', 'person'));
UPDATE corrections SET matched_by = 'details' WHERE entry_id IS NOT NULL;
