-- REPLACE would take a row away without the trigger that keeps rows hearing of it.
CREATE TRIGGER submissions_no_replace BEFORE INSERT ON submissions
WHEN EXISTS (
  SELECT 1 FROM submissions AS earlier
  WHERE earlier.organization_id = NEW.organization_id AND (earlier.id = NEW.id OR earlier.ach_file_id = NEW.ach_file_id)
)
BEGIN
  SELECT RAISE(ABORT, 'a file has one submission, which is kept');
END;
