-- What came to its end is taken away after a while.
CREATE INDEX webhook_deliveries_ended ON webhook_deliveries (created_at) WHERE state <> 'waiting';
