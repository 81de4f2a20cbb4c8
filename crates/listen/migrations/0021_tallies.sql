CREATE TABLE answer_tallies (
    measure TEXT NOT NULL,
    survey_id BIGINT NOT NULL REFERENCES surveys (id),
    grain TEXT NOT NULL,
    day BIGINT NOT NULL,
    last_day BIGINT NOT NULL,
    site_id BIGINT,
    channel TEXT NOT NULL,
    collection TEXT NOT NULL,
    value BIGINT,
    n BIGINT NOT NULL,
    weight DOUBLE PRECISION NOT NULL,
    square DOUBLE PRECISION NOT NULL
);
CREATE INDEX answer_tallies_days ON answer_tallies (survey_id, measure, grain, day);
CREATE TABLE tallied_surveys (
    survey_id BIGINT PRIMARY KEY REFERENCES surveys (id),
    through BIGINT NOT NULL
);
CREATE TABLE tally_stale_days (
    survey_id BIGINT NOT NULL REFERENCES surveys (id),
    day BIGINT NOT NULL,
    PRIMARY KEY (survey_id, day)
);
