-- The server that a file was fetched from, as the connection led there then: a rule applies only what came from where the
-- payment was sent. NULL for what came before this was kept: a person applies it.
ALTER TABLE inbound_files ADD COLUMN destination_hash TEXT CHECK (length(destination_hash) = 64);
CREATE TRIGGER inbound_files_same_origin BEFORE UPDATE OF destination_hash ON inbound_files
BEGIN
  SELECT RAISE(ABORT, 'an inbound file keeps where it came from');
END;
