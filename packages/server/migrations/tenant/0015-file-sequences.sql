-- Numbers that are given out once: file id modifiers of a day, trace numbers of an originating bank, file names.
CREATE TABLE file_sequences (
  organization_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('modifier', 'trace', 'file')),
  scope TEXT NOT NULL,
  used INTEGER NOT NULL,
  PRIMARY KEY (organization_id, kind, scope)
) STRICT, WITHOUT ROWID;
