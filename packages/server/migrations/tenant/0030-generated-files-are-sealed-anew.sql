-- A generated file never changes; a rotation seals the same bytes with a newer key, which shows in the envelope's version.
DROP TRIGGER generated_files_no_update;

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
