-- While a row stands here no organization of this server sends anything to a bank. The operator's own switch.
CREATE TABLE server_delivery_stop (
  id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  stopped_at TEXT NOT NULL,
  reason TEXT NOT NULL
) STRICT;
