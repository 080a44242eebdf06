-- Who is archived stays for the history; a vendor's id is free for the recipient that is paid from now on.
DROP INDEX recipients_external_id;
CREATE UNIQUE INDEX recipients_external_id ON recipients (organization_id, external_id)
WHERE external_id IS NOT NULL AND archived_at IS NULL;
