-- Up to which event of each type people were told by mail.
CREATE TABLE event_notices (
  organization_id TEXT NOT NULL,
  type TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  PRIMARY KEY (organization_id, type)
) STRICT, WITHOUT ROWID;
