-- The latest cases first, and the file of all of them.
CREATE INDEX cases_opened ON cases (opened_at, id);
-- Customers told since yesterday.
CREATE INDEX cases_told ON cases (told_at) WHERE told_at IS NOT NULL;
-- Clocks that run.
CREATE INDEX cases_running ON cases (phase, id) WHERE closed_at IS NULL;
-- How many cases name each cause.
CREATE INDEX cases_cause ON cases (cause_id, site_id) WHERE cause_id IS NOT NULL;
-- The queue of a site, and what each part of a queue holds, from the index alone.
DROP INDEX cases_site_due;
CREATE INDEX cases_site_due ON cases (site_id, queue_at, id, owner_id, closed_at) WHERE closed_at IS NULL;
