-- What a person is not mailed, as JSON; no row: everything is.
CREATE TABLE mail_choices (
  user_id TEXT NOT NULL PRIMARY KEY REFERENCES users (id),
  off TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;
