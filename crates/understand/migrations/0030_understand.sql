CREATE INDEX answer_facts_rows ON answer_facts (measure, day, response_id);
CREATE INDEX answer_facts_channels ON answer_facts (channel);
CREATE INDEX responses_days ON responses (day, id);
CREATE INDEX invitations_rate ON invitations (survey_id, created_at, collection, site_id, channel, answered_at);
