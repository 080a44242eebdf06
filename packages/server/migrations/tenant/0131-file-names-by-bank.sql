-- Two banks of one organization may ask for the same names; one bank never gets a name twice (see submissions).
DROP TRIGGER ach_batches_of_generated_files_no_update;
DROP TRIGGER ach_batches_of_generated_files_no_delete;
DROP TRIGGER ach_entries_of_generated_files_no_update;
DROP TRIGGER ach_entries_of_generated_files_no_delete;
DROP TRIGGER ach_entries_of_generated_files_no_insert;
DROP TRIGGER ach_batches_of_generated_files_no_insert;
DROP TRIGGER generated_files_no_update;
DROP TRIGGER generated_files_no_delete;
DROP TRIGGER generated_files_no_replace;

ALTER TABLE generated_files RENAME TO generated_files_of_one_name;
CREATE TABLE generated_files (
  organization_id TEXT NOT NULL,
  ach_file_id TEXT NOT NULL,
  file_name TEXT NOT NULL,
  file_id_modifier TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  bytes BLOB NOT NULL,
  generated_at TEXT NOT NULL,
  PRIMARY KEY (organization_id, ach_file_id),
  FOREIGN KEY (organization_id, ach_file_id) REFERENCES ach_files (organization_id, id)
) STRICT;
INSERT INTO generated_files (organization_id, ach_file_id, file_name, file_id_modifier, size_bytes, sha256, bytes, generated_at)
SELECT organization_id, ach_file_id, file_name, file_id_modifier, size_bytes, sha256, bytes, generated_at
FROM generated_files_of_one_name;
DROP TABLE generated_files_of_one_name;

CREATE TRIGGER generated_files_no_update BEFORE UPDATE ON generated_files
WHEN NEW.organization_id IS NOT OLD.organization_id
  OR NEW.ach_file_id IS NOT OLD.ach_file_id
  OR NEW.file_name IS NOT OLD.file_name
  OR NEW.file_id_modifier IS NOT OLD.file_id_modifier
  OR NEW.size_bytes IS NOT OLD.size_bytes
  OR NEW.sha256 IS NOT OLD.sha256
  OR NEW.generated_at IS NOT OLD.generated_at
  OR length(NEW.bytes) <> length(OLD.bytes)
  OR substr(NEW.bytes, 1, 2) <> substr(OLD.bytes, 1, 2)
  OR substr(NEW.bytes, 3, 4) <= substr(OLD.bytes, 3, 4)
BEGIN
  SELECT RAISE(ABORT, 'generated files never change');
END;
CREATE TRIGGER generated_files_no_delete BEFORE DELETE ON generated_files
BEGIN
  SELECT RAISE(ABORT, 'generated files are kept');
END;
-- REPLACE deletes without firing the trigger above.
CREATE TRIGGER generated_files_no_replace BEFORE INSERT ON generated_files
WHEN EXISTS (
  SELECT 1 FROM generated_files WHERE organization_id = NEW.organization_id AND ach_file_id = NEW.ach_file_id
)
BEGIN
  SELECT RAISE(ABORT, 'a file is generated once');
END;

CREATE TRIGGER ach_batches_of_generated_files_no_update BEFORE UPDATE ON ach_batches
WHEN EXISTS (SELECT 1 FROM generated_files WHERE organization_id = OLD.organization_id AND ach_file_id = OLD.ach_file_id)
BEGIN
  SELECT RAISE(ABORT, 'batches of a generated file never change');
END;
CREATE TRIGGER ach_batches_of_generated_files_no_delete BEFORE DELETE ON ach_batches
WHEN EXISTS (SELECT 1 FROM generated_files WHERE organization_id = OLD.organization_id AND ach_file_id = OLD.ach_file_id)
BEGIN
  SELECT RAISE(ABORT, 'batches of a generated file are kept');
END;
CREATE TRIGGER ach_entries_of_generated_files_no_update BEFORE UPDATE ON ach_entries
WHEN EXISTS (SELECT 1 FROM generated_files WHERE organization_id = OLD.organization_id AND ach_file_id = OLD.ach_file_id)
BEGIN
  SELECT RAISE(ABORT, 'entries of a generated file never change');
END;
CREATE TRIGGER ach_entries_of_generated_files_no_delete BEFORE DELETE ON ach_entries
WHEN EXISTS (SELECT 1 FROM generated_files WHERE organization_id = OLD.organization_id AND ach_file_id = OLD.ach_file_id)
BEGIN
  SELECT RAISE(ABORT, 'entries of a generated file are kept');
END;
CREATE TRIGGER ach_entries_of_generated_files_no_insert BEFORE INSERT ON ach_entries
WHEN EXISTS (SELECT 1 FROM generated_files WHERE organization_id = NEW.organization_id AND ach_file_id = NEW.ach_file_id)
BEGIN
  SELECT RAISE(ABORT, 'entries of a generated file never change');
END;
CREATE TRIGGER ach_batches_of_generated_files_no_insert BEFORE INSERT ON ach_batches
WHEN EXISTS (SELECT 1 FROM generated_files WHERE organization_id = NEW.organization_id AND ach_file_id = NEW.ach_file_id)
BEGIN
  SELECT RAISE(ABORT, 'batches of a generated file never change');
END;
