CREATE TABLE customers (
    id BIGINT PRIMARY KEY,
    kind TEXT NOT NULL,
    role TEXT NOT NULL,
    external_number TEXT UNIQUE,
    given_name TEXT NOT NULL,
    family_name TEXT NOT NULL,
    organisation_name TEXT NOT NULL,
    sort_name TEXT NOT NULL,
    birth_day BIGINT,
    locale TEXT,
    site_id BIGINT REFERENCES sites (id),
    email TEXT,
    email_key TEXT,
    phone TEXT,
    phone_key TEXT,
    mobile TEXT,
    mobile_key TEXT,
    preferred_channel TEXT,
    street TEXT NOT NULL,
    postal_code TEXT NOT NULL,
    city TEXT NOT NULL,
    country TEXT NOT NULL,
    expects TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    last_contact_at BIGINT NOT NULL,
    import_id BIGINT,
    version BIGINT NOT NULL
);
CREATE INDEX customers_by_name ON customers (sort_name, id);
CREATE INDEX customers_by_site_name ON customers (site_id, sort_name, id);
CREATE INDEX customers_by_contact ON customers (last_contact_at, id);
CREATE INDEX customers_by_city ON customers (city, id);
CREATE INDEX customers_email ON customers (email_key);
CREATE INDEX customers_phone ON customers (phone_key);
CREATE INDEX customers_mobile ON customers (mobile_key);
CREATE INDEX customers_import ON customers (import_id);
CREATE TABLE consents (
    id BIGINT PRIMARY KEY,
    customer_id BIGINT NOT NULL REFERENCES customers (id),
    purpose TEXT NOT NULL,
    granted BOOLEAN NOT NULL,
    source TEXT NOT NULL,
    at BIGINT NOT NULL,
    actor_name TEXT NOT NULL
);
CREATE INDEX consents_customer ON consents (customer_id, purpose, id);
CREATE TABLE interactions (
    id BIGINT PRIMARY KEY,
    customer_id BIGINT NOT NULL REFERENCES customers (id),
    at BIGINT NOT NULL,
    channel TEXT NOT NULL,
    direction TEXT NOT NULL,
    subject TEXT NOT NULL,
    summary TEXT NOT NULL,
    words TEXT NOT NULL,
    site_id BIGINT REFERENCES sites (id),
    actor_name TEXT NOT NULL,
    source_kind TEXT NOT NULL,
    source_id BIGINT,
    href TEXT NOT NULL
);
CREATE INDEX interactions_customer ON interactions (customer_id, at, id);
CREATE INDEX interactions_source ON interactions (source_id);
CREATE TABLE transactions (
    id BIGINT PRIMARY KEY,
    customer_id BIGINT NOT NULL REFERENCES customers (id),
    at BIGINT NOT NULL,
    external_number TEXT,
    label TEXT NOT NULL,
    amount BIGINT NOT NULL,
    currency TEXT NOT NULL,
    site_id BIGINT REFERENCES sites (id)
);
CREATE INDEX transactions_customer ON transactions (customer_id, at, id);
CREATE TABLE imports (
    id BIGINT PRIMARY KEY,
    kind TEXT NOT NULL,
    file_name TEXT NOT NULL,
    source_file_id BIGINT,
    file_id BIGINT,
    bad_file_id BIGINT,
    reading TEXT NOT NULL,
    table_json TEXT NOT NULL,
    signature TEXT NOT NULL,
    mapping TEXT NOT NULL,
    options TEXT NOT NULL,
    rehearsal TEXT,
    state TEXT NOT NULL,
    rows_total BIGINT NOT NULL,
    next_offset BIGINT NOT NULL,
    bad_done BIGINT NOT NULL,
    created BIGINT NOT NULL,
    updated BIGINT NOT NULL,
    unchanged BIGINT NOT NULL,
    skipped BIGINT NOT NULL,
    rejected BIGINT NOT NULL,
    undo_after BIGINT NOT NULL,
    removed BIGINT NOT NULL,
    restored BIGINT NOT NULL,
    kept BIGINT NOT NULL,
    job_id BIGINT,
    actor TEXT NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_id BIGINT,
    created_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    started_at BIGINT,
    ended_at BIGINT,
    undone_at BIGINT,
    version BIGINT NOT NULL
);
CREATE INDEX imports_actor ON imports (actor_id, id);
CREATE TABLE import_rows (
    import_id BIGINT NOT NULL REFERENCES imports (id),
    row_number BIGINT NOT NULL,
    outcome TEXT NOT NULL,
    reasons TEXT,
    subject_id BIGINT,
    before TEXT,
    content TEXT,
    undone TEXT,
    undo_reason TEXT,
    PRIMARY KEY (import_id, row_number)
);
CREATE INDEX import_rows_outcome ON import_rows (import_id, outcome, row_number);
CREATE INDEX import_rows_subject ON import_rows (subject_id);
CREATE TABLE import_choices (
    kind TEXT NOT NULL,
    signature TEXT NOT NULL,
    mapping TEXT NOT NULL,
    options TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (kind, signature)
);
