-- Dangers nobody has, from their index alone.
DROP INDEX cases_danger;
CREATE INDEX cases_danger ON cases (queue_at, id, owner_id, site_id, team_id, cause_id)
    WHERE closed_at IS NULL AND severity = 'critical' AND phase <> 'over';
