-- What a bank agreed on beside the way there: where its own files lie, until when it takes ours, how they are named.
ALTER TABLE bank_connections ADD COLUMN return_directory TEXT;
ALTER TABLE bank_connections ADD COLUMN return_poll_minutes INTEGER CHECK (return_poll_minutes BETWEEN 5 AND 1440);
ALTER TABLE bank_connections ADD COLUMN after_processing TEXT NOT NULL DEFAULT 'leave'
  CHECK (after_processing IN ('leave', 'move', 'delete'));
ALTER TABLE bank_connections ADD COLUMN processed_directory TEXT;
-- JSON: the time zone and its times.
ALTER TABLE bank_connections ADD COLUMN cutoffs TEXT;
ALTER TABLE bank_connections ADD COLUMN file_name_template TEXT;
ALTER TABLE bank_connections ADD COLUMN legacy_algorithms_until TEXT;

DROP VIEW masked_bank_connections;
CREATE VIEW masked_bank_connections AS
SELECT organization_id, id, name, host, port, username, authentication_method, host_key_fingerprints, upload_directory,
  acknowledgement_directory, return_directory, return_poll_minutes, after_processing, processed_directory,
  sweeps_at_once, line_ending, cutoffs, file_name_template, legacy_algorithms_until,
  '*****' || substr(immediate_destination, -4) AS immediate_destination,
  '••••' || substr(immediate_origin, -4) AS immediate_origin, created_at, archived_at
FROM bank_connections;
