-- What people with access to the database may read: no sealed value, no index of one, numbers to their last digits.
CREATE VIEW masked_recipients AS
SELECT organization_id, id, name, holder_type, account_type, '*****' || routing_number_last4 AS routing_number,
  '••••' || account_number_last4 AS account_number, identification IS NOT NULL AS has_identification, external_id,
  version, created_at, updated_at, archived_at
FROM recipients;

CREATE VIEW masked_bank_accounts AS
SELECT organization_id, id, name, bank_connection_id, account_type, '*****' || routing_number_last4 AS routing_number,
  '••••' || account_number_last4 AS account_number, company_name, '••••' || substr(company_id, -4) AS company_id,
  created_at, archived_at
FROM bank_accounts;

CREATE VIEW masked_bank_connections AS
SELECT organization_id, id, name, host, port, username, authentication_method, host_key_fingerprints, upload_directory,
  acknowledgement_directory, sweeps_at_once, line_ending, '*****' || substr(immediate_destination, -4) AS immediate_destination,
  '••••' || substr(immediate_origin, -4) AS immediate_origin, created_at, archived_at
FROM bank_connections;

CREATE VIEW masked_ach_files AS
SELECT organization_id, id, name, status, version, batch_count, entry_count, credit_cents, debit_cents, reopened_because,
  approval_id, submission_id, created_by, created_at, updated_at, submitted_at, acknowledged_at
FROM ach_files;

CREATE VIEW masked_ach_entries AS
SELECT organization_id, ach_file_id, id, batch_position, position, recipient_id, amount_cents, direction, external_id,
  trace_number, paid_name, '*****' || paid_routing_number_last4 AS paid_routing_number,
  '••••' || paid_account_number_last4 AS paid_account_number
FROM ach_entries;

CREATE VIEW masked_submissions AS
SELECT organization_id, id, ach_file_id, bank_connection_id, file_name, size_bytes, sha256, state, attempt, tries,
  retry_at, problem, created_at, delivered_at, acknowledged_at
FROM submissions;

CREATE VIEW masked_submission_steps AS
SELECT organization_id, submission_id, position, state, attempt, at, detail FROM submission_steps;

CREATE VIEW masked_audit_events AS
SELECT organization_id, org_seq, id, at, actor_type, actor_id, actor_name, action, target_type, target_id, outcome,
  request_id, ip, data_json
FROM audit_events;
