-- A key that is gone is destroyed: its row stays and says so. Without its row new keys would be made, as for an
-- organization that never had any, and equal accounts would no longer be found.
CREATE TRIGGER tenant_keys_no_delete BEFORE DELETE ON tenant_keys
BEGIN
  SELECT RAISE(ABORT, 'keys are destroyed, never deleted');
END;
