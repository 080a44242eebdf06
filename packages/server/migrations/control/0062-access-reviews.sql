-- Who has what is looked at every so often; what was found and decided is kept.
ALTER TABLE organizations ADD COLUMN review_days INTEGER NOT NULL DEFAULT 90 CHECK (review_days BETWEEN 30 AND 365);
ALTER TABLE organizations ADD COLUMN reviewed_at TEXT;
ALTER TABLE organizations ADD COLUMN review_reminded_at TEXT;

CREATE TABLE access_reviews (
  organization_id TEXT NOT NULL REFERENCES organizations (id),
  id TEXT NOT NULL,
  begun_at TEXT NOT NULL,
  begun_by TEXT NOT NULL,
  completed_at TEXT,
  PRIMARY KEY (organization_id, id)
) STRICT;

CREATE UNIQUE INDEX access_reviews_one_open ON access_reviews (organization_id) WHERE completed_at IS NULL;

CREATE TABLE access_review_items (
  organization_id TEXT NOT NULL,
  review_id TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  subject_type TEXT NOT NULL CHECK (subject_type IN ('member', 'apiKey')),
  name TEXT NOT NULL,
  access TEXT NOT NULL,
  since TEXT NOT NULL,
  last_used_at TEXT,
  decision TEXT CHECK (decision IN ('confirmed', 'revoked')),
  decided_at TEXT,
  decided_by TEXT,
  PRIMARY KEY (organization_id, review_id, subject_id),
  FOREIGN KEY (organization_id, review_id) REFERENCES access_reviews (organization_id, id),
  CHECK ((decision IS NULL) = (decided_at IS NULL))
) STRICT;
