-- A customer who was erased keeps a row without anything about them, for what counts them.
ALTER TABLE customers ADD COLUMN erased_at BIGINT;
CREATE TABLE erasures (
    customer_id BIGINT PRIMARY KEY REFERENCES customers (id),
    at BIGINT NOT NULL,
    actor_name TEXT NOT NULL,
    reason TEXT NOT NULL,
    events BIGINT NOT NULL
);
