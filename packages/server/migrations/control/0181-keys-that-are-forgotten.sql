-- Answers that are kept for ever: whoever asks for the same again, however late, must not make or send a second payment.
-- The others are forgotten after a while, and are found without walking all that are kept.
ALTER TABLE idempotency_keys ADD COLUMN is_kept INTEGER GENERATED ALWAYS AS (
  operation GLOB 'achFiles.*' OR operation GLOB 'submissions.*' OR operation GLOB 'returns.*'
    OR operation GLOB 'templates.*' OR operation GLOB 'schedules.*'
) VIRTUAL;
DROP INDEX idempotency_keys_by_age;
CREATE INDEX idempotency_keys_to_forget ON idempotency_keys (created_at) WHERE is_kept = 0;
