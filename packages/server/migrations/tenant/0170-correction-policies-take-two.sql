-- What one person asks for until a second one agrees, as JSON; NULL while nothing waits.
ALTER TABLE correction_policies ADD COLUMN proposal TEXT;
