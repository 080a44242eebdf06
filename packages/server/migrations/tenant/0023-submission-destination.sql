-- Where people agreed that the file goes (a hash, see bank-connections/destination.ts). NULL for submissions from before.
ALTER TABLE submissions ADD COLUMN destination_hash TEXT CHECK (length(destination_hash) = 64);
