CREATE TABLE surveys (
    id BIGINT PRIMARY KEY,
    template TEXT NOT NULL,
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    secret TEXT NOT NULL UNIQUE,
    after_contact BOOLEAN NOT NULL,
    quiet_days BIGINT NOT NULL,
    draft TEXT NOT NULL,
    published_number BIGINT,
    created_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    published_at BIGINT,
    closed_at BIGINT,
    import_id BIGINT UNIQUE,
    version BIGINT NOT NULL
);
CREATE TABLE survey_versions (
    survey_id BIGINT NOT NULL REFERENCES surveys (id),
    number BIGINT NOT NULL,
    content TEXT NOT NULL,
    published_at BIGINT NOT NULL,
    PRIMARY KEY (survey_id, number)
);
CREATE TABLE invitations (
    id BIGINT PRIMARY KEY,
    survey_id BIGINT NOT NULL REFERENCES surveys (id),
    customer_id BIGINT NOT NULL REFERENCES customers (id),
    site_id BIGINT REFERENCES sites (id),
    collection TEXT NOT NULL,
    channel TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    opened_at BIGINT,
    answered_at BIGINT
);
CREATE INDEX invitations_survey ON invitations (survey_id, id);
CREATE INDEX invitations_customer ON invitations (customer_id, id);
CREATE TABLE responses (
    id BIGINT PRIMARY KEY,
    survey_id BIGINT NOT NULL REFERENCES surveys (id),
    version_number BIGINT NOT NULL,
    invitation_id BIGINT UNIQUE REFERENCES invitations (id),
    customer_id BIGINT REFERENCES customers (id),
    site_id BIGINT REFERENCES sites (id),
    channel TEXT NOT NULL,
    collection TEXT NOT NULL,
    locale TEXT NOT NULL,
    day BIGINT NOT NULL,
    submitted_at BIGINT NOT NULL,
    nonce TEXT UNIQUE,
    contact_ok BOOLEAN NOT NULL,
    weight DOUBLE PRECISION,
    import_id BIGINT
);
CREATE INDEX responses_survey ON responses (survey_id, day, id);
CREATE INDEX responses_customer ON responses (customer_id, id);
CREATE INDEX responses_import ON responses (import_id);
CREATE TABLE answers (
    response_id BIGINT NOT NULL REFERENCES responses (id),
    question TEXT NOT NULL,
    value BIGINT,
    text TEXT,
    PRIMARY KEY (response_id, question)
);
CREATE TABLE answer_facts (
    response_id BIGINT NOT NULL REFERENCES responses (id),
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
CREATE INDEX answer_facts_cube ON answer_facts
    (measure, survey_id, day, site_id, channel, collection, value, weight, has_words, response_id);
