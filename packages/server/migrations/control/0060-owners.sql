-- Every organization has an owner: where there is none, the member who has administered it longest becomes one.
CREATE TABLE members_next (
  organization_id TEXT NOT NULL REFERENCES organizations (id),
  user_id TEXT NOT NULL REFERENCES users (id),
  role TEXT NOT NULL CHECK (role IN ('owner', 'administrator', 'preparer', 'approver', 'viewer')),
  created_at TEXT NOT NULL,
  PRIMARY KEY (organization_id, user_id)
) STRICT;

INSERT INTO members_next (organization_id, user_id, role, created_at)
SELECT
  organization_id, user_id,
  CASE
    WHEN role = 'administrator' AND row_number() OVER (PARTITION BY organization_id, role ORDER BY created_at, user_id) = 1
    THEN 'owner' ELSE role
  END,
  created_at
FROM members;

DROP TABLE members;

ALTER TABLE members_next RENAME TO members;

CREATE INDEX members_by_user ON members (user_id, organization_id);
