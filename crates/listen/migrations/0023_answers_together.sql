-- Answers and facts without a reference to their response: on PostgreSQL, the check of each reference reads the page of
-- the index every other new response is added to, and serialisable changes that only add answers then collide with each
-- other and with whoever reads new answers to open cases. They are written, and removed, in the same change as their
-- response.
CREATE TABLE answers_free (
    response_id BIGINT NOT NULL,
    question TEXT NOT NULL,
    value BIGINT,
    text TEXT,
    PRIMARY KEY (response_id, question)
);
INSERT INTO answers_free (response_id, question, value, text)
    SELECT response_id, question, value, text FROM answers ORDER BY response_id, question;
DROP TABLE answers;
ALTER TABLE answers_free RENAME TO answers;
CREATE TABLE answer_facts_free (
    response_id BIGINT NOT NULL,
    measure TEXT NOT NULL,
    survey_id BIGINT NOT NULL,
    day BIGINT NOT NULL,
    site_id BIGINT,
    channel TEXT NOT NULL,
    collection TEXT NOT NULL,
    value BIGINT,
    weight DOUBLE PRECISION NOT NULL,
    has_words BOOLEAN NOT NULL,
    customer_id BIGINT,
    PRIMARY KEY (response_id, measure)
);
INSERT INTO answer_facts_free (response_id, measure, survey_id, day, site_id, channel, collection, value, weight,
                               has_words, customer_id)
    SELECT response_id, measure, survey_id, day, site_id, channel, collection, value, weight, has_words, customer_id
    FROM answer_facts ORDER BY response_id, measure;
DROP TABLE answer_facts;
ALTER TABLE answer_facts_free RENAME TO answer_facts;
CREATE INDEX answer_facts_cube ON answer_facts
    (measure, survey_id, day, site_id, channel, collection, value, weight, has_words, response_id);
