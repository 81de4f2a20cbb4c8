CREATE TABLE causes (
    id BIGINT PRIMARY KEY,
    parent_id BIGINT REFERENCES causes (id),
    code TEXT NOT NULL UNIQUE,
    name_fr TEXT NOT NULL,
    name_en TEXT NOT NULL,
    importance BIGINT NOT NULL,
    retired BOOLEAN NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX causes_parent ON causes (parent_id);
CREATE TABLE case_rules (
    id BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    actor_name TEXT NOT NULL,
    rules TEXT NOT NULL
);
CREATE TABLE case_numbers (
    year BIGINT PRIMARY KEY,
    last BIGINT NOT NULL
);
CREATE TABLE cases (
    id BIGINT PRIMARY KEY,
    reference TEXT NOT NULL UNIQUE,
    origin TEXT NOT NULL,
    title TEXT NOT NULL,
    words TEXT NOT NULL,
    customer_id BIGINT REFERENCES customers (id),
    reach TEXT NOT NULL,
    response_id BIGINT UNIQUE REFERENCES responses (id),
    measure TEXT,
    score BIGINT,
    site_id BIGINT REFERENCES sites (id),
    team_id BIGINT REFERENCES teams (id),
    owner_id BIGINT REFERENCES users (id),
    severity TEXT NOT NULL,
    cause_id BIGINT REFERENCES causes (id),
    remedy TEXT NOT NULL,
    cost BIGINT NOT NULL,
    currency TEXT NOT NULL,
    opened_at BIGINT NOT NULL,
    opened_day BIGINT NOT NULL,
    contact_due_at BIGINT NOT NULL,
    contacted_at BIGINT,
    told_at BIGINT,
    refusal TEXT,
    closed_at BIGINT,
    reopened BIGINT NOT NULL,
    phase TEXT NOT NULL,
    clock_from BIGINT NOT NULL,
    minutes BIGINT NOT NULL,
    counting TEXT NOT NULL,
    clock_rule TEXT NOT NULL,
    extended_to BIGINT,
    half_at BIGINT NOT NULL,
    soon_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    queue_at BIGINT NOT NULL,
    alerted BIGINT NOT NULL,
    alert_at BIGINT,
    import_id BIGINT,
    version BIGINT NOT NULL
);
CREATE INDEX cases_due ON cases (queue_at, id) WHERE closed_at IS NULL;
CREATE INDEX cases_owner ON cases (owner_id, queue_at, id) WHERE closed_at IS NULL;
CREATE INDEX cases_site_due ON cases (site_id, queue_at, id) WHERE closed_at IS NULL;
CREATE INDEX cases_closed ON cases (closed_at, id) WHERE closed_at IS NOT NULL;
CREATE INDEX cases_alert ON cases (alert_at) WHERE alert_at IS NOT NULL;
CREATE INDEX cases_customer ON cases (customer_id, id);
CREATE INDEX cases_import ON cases (import_id) WHERE import_id IS NOT NULL;
CREATE INDEX cases_facts ON cases (opened_day, site_id, team_id, cause_id, opened_at, contact_due_at, contacted_at,
    told_at, closed_at, due_at, cost, customer_id, severity, id);
CREATE TABLE case_steps (
    id BIGINT PRIMARY KEY,
    case_id BIGINT NOT NULL REFERENCES cases (id),
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    actor_name TEXT NOT NULL,
    text TEXT NOT NULL,
    detail TEXT NOT NULL
);
CREATE INDEX case_steps_case ON case_steps (case_id, id);
CREATE TABLE case_drafts (
    case_id BIGINT NOT NULL REFERENCES cases (id),
    user_id BIGINT NOT NULL REFERENCES users (id),
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    confirmed TEXT NOT NULL,
    saved_at BIGINT NOT NULL,
    PRIMARY KEY (case_id, user_id)
);
