-- A board counts open cases by site, team and cause from the index of the queue alone.
DROP INDEX cases_due;
CREATE INDEX cases_due ON cases (queue_at, id, site_id, team_id, cause_id, closed_at) WHERE closed_at IS NULL;
-- What remedies cost, by currency.
CREATE INDEX cases_costly ON cases (opened_day, site_id, team_id, cause_id, currency, cost) WHERE cost > 0;
