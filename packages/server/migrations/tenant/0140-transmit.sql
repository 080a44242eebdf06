-- When a file leaves for the bank once it is submitted, and whether the last approval submits it.
ALTER TABLE ach_files ADD COLUMN transmit TEXT NOT NULL DEFAULT '{"when":"now"}';
ALTER TABLE ach_files ADD COLUMN submit_on_approval INTEGER NOT NULL DEFAULT 0 CHECK (submit_on_approval IN (0, 1));
