CREATE TABLE improvements (
    id BIGINT PRIMARY KEY,
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    cause_id BIGINT REFERENCES causes (id),
    site_id BIGINT REFERENCES sites (id),
    owner_id BIGINT NOT NULL REFERENCES users (id),
    state TEXT NOT NULL,
    cost BIGINT NOT NULL,
    currency TEXT NOT NULL,
    measure TEXT NOT NULL,
    survey_id BIGINT REFERENCES surveys (id),
    expected DOUBLE PRECISION NOT NULL,
    due_day BIGINT NOT NULL,
    in_place_day BIGINT,
    remeasure_day BIGINT NOT NULL,
    verdict TEXT,
    lesson TEXT NOT NULL,
    said TEXT NOT NULL,
    did TEXT NOT NULL,
    told_at BIGINT,
    told_n BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX improvements_state ON improvements (state, remeasure_day);
CREATE INDEX improvements_cause ON improvements (cause_id);
CREATE TABLE improvement_cases (
    improvement_id BIGINT NOT NULL REFERENCES improvements (id),
    case_id BIGINT NOT NULL REFERENCES cases (id),
    PRIMARY KEY (improvement_id, case_id)
);
CREATE INDEX improvement_cases_case ON improvement_cases (case_id);
