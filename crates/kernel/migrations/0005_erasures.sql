-- What events held of somebody who was erased is gone; its digest stays, for the seals.
CREATE TABLE erased_events (
    event_id BIGINT PRIMARY KEY REFERENCES events (id),
    digest TEXT NOT NULL
);
-- Seals are computed over the digest of what an event holds: they are made anew.
DELETE FROM ledger_seals;
