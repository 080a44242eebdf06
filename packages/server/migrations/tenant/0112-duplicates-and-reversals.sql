-- Who was paid the same amount before is found in this index alone.
DROP INDEX ach_entries_recipient;
CREATE INDEX ach_entries_recipient ON ach_entries (organization_id, recipient_id, amount_cents, direction);
-- Files that make some of the same payments, as they were when somebody decided about this one in spite of it.
ALTER TABLE ach_files ADD COLUMN possible_duplicates TEXT NOT NULL DEFAULT '[]';
-- A reversal takes back what another file did. Both name each other.
ALTER TABLE ach_files ADD COLUMN kind TEXT NOT NULL DEFAULT 'payments' CHECK (kind IN ('payments', 'reversal'));
ALTER TABLE ach_files ADD COLUMN reverses TEXT;
ALTER TABLE ach_files ADD COLUMN reversal_reason TEXT;
CREATE INDEX ach_files_reversing ON ach_files (organization_id, reverses) WHERE reverses IS NOT NULL;
-- The entry that a reversal's entry takes back. No two of them that count take back the same one.
ALTER TABLE ach_entries ADD COLUMN reverses_entry TEXT;
CREATE INDEX ach_entries_reversing ON ach_entries (organization_id, reverses_entry) WHERE reverses_entry IS NOT NULL;
