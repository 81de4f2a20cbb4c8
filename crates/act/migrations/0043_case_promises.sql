-- A closed case says its cause, or why none was found.
ALTER TABLE cases ADD COLUMN no_cause TEXT;
-- How often the deadline that runs was moved.
ALTER TABLE cases ADD COLUMN extensions BIGINT NOT NULL DEFAULT 0;
-- What a letter promised, word for word, and the day it names.
ALTER TABLE cases ADD COLUMN promise TEXT NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN promised_day BIGINT;
CREATE INDEX cases_promised ON cases (promised_day, id) WHERE promised_day IS NOT NULL;
-- Health and safety come first in every queue.
CREATE INDEX cases_danger ON cases (queue_at, id) WHERE closed_at IS NULL AND severity = 'critical' AND phase <> 'over';
