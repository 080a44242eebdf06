-- The bytes a bank gets, sealed: one row per file, written once and kept.
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
  UNIQUE (organization_id, file_name),
  FOREIGN KEY (organization_id, ach_file_id) REFERENCES ach_files (organization_id, id)
) STRICT;

CREATE TRIGGER generated_files_no_update BEFORE UPDATE ON generated_files
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
  SELECT 1 FROM generated_files
  WHERE organization_id = NEW.organization_id
    AND (ach_file_id = NEW.ach_file_id OR file_name = NEW.file_name)
)
BEGIN
  SELECT RAISE(ABORT, 'a file is generated once');
END;

-- What was generated stays what it was generated from.
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
