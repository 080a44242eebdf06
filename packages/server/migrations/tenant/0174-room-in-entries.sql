-- Bytes that are let go of when what an entry pays is kept beside it, so that the row does not grow: rows that grow split
-- pages in every corner of the table, and the COMMIT of a large file reads its whole log again for that.
ALTER TABLE ach_entries ADD COLUMN room BLOB;
