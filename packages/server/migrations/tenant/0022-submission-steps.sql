-- Each recorded state of a delivery, in words: added, never changed.
CREATE TABLE submission_steps (
  organization_id TEXT NOT NULL,
  submission_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  state TEXT NOT NULL,
  attempt INTEGER NOT NULL,
  at TEXT NOT NULL,
  detail TEXT NOT NULL,
  PRIMARY KEY (organization_id, submission_id, position),
  FOREIGN KEY (organization_id, submission_id) REFERENCES submissions (organization_id, id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER submission_steps_no_update BEFORE UPDATE ON submission_steps
BEGIN
  SELECT RAISE(ABORT, 'steps of a submission never change');
END;
CREATE TRIGGER submission_steps_no_delete BEFORE DELETE ON submission_steps
BEGIN
  SELECT RAISE(ABORT, 'steps of a submission are kept');
END;
