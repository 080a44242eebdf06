-- The server that a file went to, and the bank and company it named, as its connection led there then; the same of the
-- server that an inbound file came from. What is from before is taken to be where its connection leads now.
ALTER TABLE submissions ADD COLUMN server TEXT;
ALTER TABLE submissions ADD COLUMN immediate_destination TEXT;
ALTER TABLE submissions ADD COLUMN immediate_origin TEXT;
UPDATE submissions SET (server, immediate_destination, immediate_origin) = (
  SELECT lower(c.host) || ':' || c.port, c.immediate_destination, c.immediate_origin FROM bank_connections AS c
  WHERE c.organization_id = submissions.organization_id AND c.id = submissions.bank_connection_id);
CREATE INDEX submissions_by_server ON submissions (organization_id, bank_connection_id, server);

ALTER TABLE inbound_files ADD COLUMN server TEXT;
UPDATE inbound_files SET server = (
  SELECT lower(c.host) || ':' || c.port FROM bank_connections AS c
  WHERE c.organization_id = inbound_files.organization_id AND c.id = inbound_files.bank_connection_id);
CREATE TRIGGER inbound_files_same_server BEFORE UPDATE OF server ON inbound_files
BEGIN
  SELECT RAISE(ABORT, 'an inbound file keeps where it came from');
END;
