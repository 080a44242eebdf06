-- Our own keys of a connection: the pair we sign in with, the OpenPGP key we sign with, and the ones that follow them.
-- Public halves are public; the private ones are sealed. `encryption` is JSON: the bank's OpenPGP keys and the form.
ALTER TABLE bank_connections ADD COLUMN public_key TEXT;
ALTER TABLE bank_connections ADD COLUMN next_private_key BLOB;
ALTER TABLE bank_connections ADD COLUMN next_public_key TEXT;
ALTER TABLE bank_connections ADD COLUMN encryption TEXT;
ALTER TABLE bank_connections ADD COLUMN signing_key BLOB;
ALTER TABLE bank_connections ADD COLUMN signing_public_key TEXT;
ALTER TABLE bank_connections ADD COLUMN next_signing_key BLOB;
ALTER TABLE bank_connections ADD COLUMN next_signing_public_key TEXT;
-- When the bank showed another host key than the confirmed ones: nothing goes through until a person confirms one.
ALTER TABLE bank_connections ADD COLUMN host_key_refused_at TEXT;
-- The end of old algorithms that was told already.
ALTER TABLE bank_connections ADD COLUMN legacy_end_told TEXT;

-- What an encrypted file is on its way: the bytes that every try sends, sealed, written once and kept.
CREATE TABLE encrypted_files (
  organization_id TEXT NOT NULL,
  ach_file_id TEXT NOT NULL,
  format TEXT NOT NULL CHECK (format IN ('armored', 'binary')),
  -- JSON: fingerprints of the bank's keys.
  encrypted_to TEXT NOT NULL,
  signed_by TEXT,
  size_bytes INTEGER NOT NULL CHECK (size_bytes > 0),
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  bytes BLOB NOT NULL,
  encrypted_at TEXT NOT NULL,
  PRIMARY KEY (organization_id, ach_file_id),
  FOREIGN KEY (organization_id, ach_file_id) REFERENCES ach_files (organization_id, id)
) STRICT;

CREATE TRIGGER encrypted_files_no_update BEFORE UPDATE ON encrypted_files
WHEN NEW.organization_id IS NOT OLD.organization_id
  OR NEW.ach_file_id IS NOT OLD.ach_file_id
  OR NEW.format IS NOT OLD.format
  OR NEW.encrypted_to IS NOT OLD.encrypted_to
  OR NEW.signed_by IS NOT OLD.signed_by
  OR NEW.size_bytes IS NOT OLD.size_bytes
  OR NEW.sha256 IS NOT OLD.sha256
  OR NEW.encrypted_at IS NOT OLD.encrypted_at
  OR length(NEW.bytes) <> length(OLD.bytes)
  OR substr(NEW.bytes, 1, 2) <> substr(OLD.bytes, 1, 2)
  OR substr(NEW.bytes, 3, 4) <= substr(OLD.bytes, 3, 4)
BEGIN
  SELECT RAISE(ABORT, 'encrypted files never change');
END;
CREATE TRIGGER encrypted_files_no_delete BEFORE DELETE ON encrypted_files
BEGIN
  SELECT RAISE(ABORT, 'encrypted files are kept');
END;
-- REPLACE deletes without firing the trigger above.
CREATE TRIGGER encrypted_files_no_replace BEFORE INSERT ON encrypted_files
WHEN EXISTS (
  SELECT 1 FROM encrypted_files WHERE organization_id = NEW.organization_id AND ach_file_id = NEW.ach_file_id
)
BEGIN
  SELECT RAISE(ABORT, 'a file is encrypted once');
END;
