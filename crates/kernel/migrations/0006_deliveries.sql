-- Deliveries without a reference to their events: on PostgreSQL, the check of each reference reads the page of the index
-- every other change adds its own event to, and serialisable changes that only add events then collide with each other.
-- An event is never removed, and a delivery is written in the same change as its event.
CREATE TABLE event_deliveries_free (
    subscription TEXT NOT NULL,
    event_id BIGINT NOT NULL,
    subject_id BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    failed BOOLEAN NOT NULL,
    last_error TEXT,
    PRIMARY KEY (subscription, event_id)
);
INSERT INTO event_deliveries_free (subscription, event_id, subject_id, due_at, attempts, failed, last_error)
    SELECT subscription, event_id, subject_id, due_at, attempts, failed, last_error FROM event_deliveries;
DROP TABLE event_deliveries;
ALTER TABLE event_deliveries_free RENAME TO event_deliveries;
CREATE INDEX event_deliveries_due ON event_deliveries (failed, due_at);
CREATE INDEX event_deliveries_subject ON event_deliveries (subscription, subject_id, event_id);
