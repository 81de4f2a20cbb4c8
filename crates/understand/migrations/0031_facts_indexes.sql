-- Where facts were there before they stood without a reference to their response, the table was made anew and these went
-- with the old one.
CREATE INDEX IF NOT EXISTS answer_facts_rows ON answer_facts (measure, day, response_id);
CREATE INDEX IF NOT EXISTS answer_facts_channels ON answer_facts (channel);
