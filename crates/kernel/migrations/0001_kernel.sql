CREATE TABLE organisation (
    id BIGINT PRIMARY KEY CHECK (id = 1),
    name TEXT NOT NULL,
    regime TEXT NOT NULL,
    zone TEXT NOT NULL,
    currency TEXT NOT NULL,
    locale TEXT NOT NULL,
    hours TEXT NOT NULL,
    closures TEXT NOT NULL,
    link_key BYTEA NOT NULL,
    demonstration BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE TABLE setup_links (
    id BIGINT PRIMARY KEY,
    secret_hash TEXT NOT NULL UNIQUE,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE TABLE sites (
    id BIGINT PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL UNIQUE,
    closed BOOLEAN NOT NULL,
    version BIGINT NOT NULL
);
CREATE TABLE teams (
    id BIGINT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    version BIGINT NOT NULL
);
CREATE TABLE team_sites (
    team_id BIGINT NOT NULL REFERENCES teams (id),
    site_id BIGINT NOT NULL REFERENCES sites (id),
    PRIMARY KEY (team_id, site_id)
);
CREATE TABLE users (
    id BIGINT PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    title TEXT NOT NULL,
    password_hash TEXT,
    locale TEXT NOT NULL,
    theme TEXT NOT NULL,
    disabled BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE TABLE grants (
    id BIGINT PRIMARY KEY,
    user_id BIGINT NOT NULL REFERENCES users (id),
    role TEXT NOT NULL,
    site_id BIGINT REFERENCES sites (id),
    team_id BIGINT REFERENCES teams (id),
    CHECK (site_id IS NULL OR team_id IS NULL)
);
CREATE INDEX grants_user ON grants (user_id);
CREATE TABLE colleague_invitations (
    id BIGINT PRIMARY KEY,
    user_id BIGINT NOT NULL REFERENCES users (id),
    secret_hash TEXT NOT NULL UNIQUE,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX colleague_invitations_user ON colleague_invitations (user_id);
CREATE TABLE sessions (
    id BIGINT PRIMARY KEY,
    secret_hash TEXT NOT NULL UNIQUE,
    user_id BIGINT NOT NULL REFERENCES users (id),
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    address TEXT NOT NULL,
    client TEXT NOT NULL
);
CREATE INDEX sessions_user ON sessions (user_id);
CREATE INDEX sessions_expiry ON sessions (expires_at);
CREATE TABLE api_tokens (
    id BIGINT PRIMARY KEY,
    name TEXT NOT NULL,
    secret_hash TEXT NOT NULL UNIQUE,
    permissions TEXT NOT NULL,
    site_ids TEXT,
    created_by BIGINT REFERENCES users (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT,
    used_at BIGINT,
    revoked_at BIGINT
);
CREATE TABLE throttles (
    key TEXT PRIMARY KEY,
    window_start BIGINT NOT NULL,
    count BIGINT NOT NULL
);
CREATE TABLE idempotency_keys (
    owner TEXT NOT NULL,
    key TEXT NOT NULL,
    request_hash TEXT NOT NULL,
    status BIGINT NOT NULL,
    location TEXT,
    body TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (owner, key)
);
CREATE INDEX idempotency_keys_age ON idempotency_keys (created_at);
CREATE TABLE events (
    id BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_id BIGINT,
    actor_name TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id BIGINT NOT NULL,
    before TEXT,
    after TEXT
);
CREATE INDEX events_subject ON events (subject_id, id);
CREATE INDEX events_kind ON events (kind, id);
CREATE INDEX events_actor ON events (actor_id, id);
CREATE TABLE event_deliveries (
    subscription TEXT NOT NULL,
    event_id BIGINT NOT NULL REFERENCES events (id),
    subject_id BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    failed BOOLEAN NOT NULL,
    last_error TEXT,
    PRIMARY KEY (subscription, event_id)
);
CREATE INDEX event_deliveries_due ON event_deliveries (failed, due_at);
CREATE INDEX event_deliveries_subject ON event_deliveries (subscription, subject_id, event_id);
CREATE TABLE jobs (
    id BIGINT PRIMARY KEY,
    name TEXT NOT NULL,
    subject_id BIGINT,
    payload TEXT NOT NULL,
    state TEXT NOT NULL,
    cancel BOOLEAN NOT NULL,
    dedupe TEXT UNIQUE,
    created_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    started_at BIGINT,
    ended_at BIGINT,
    lease_until BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    done BIGINT NOT NULL,
    total BIGINT NOT NULL,
    checkpoint TEXT NOT NULL,
    error TEXT
);
CREATE INDEX jobs_waiting ON jobs (state, due_at);
CREATE INDEX jobs_subject ON jobs (subject_id);
CREATE TABLE files (
    id BIGINT PRIMARY KEY,
    name TEXT NOT NULL,
    size BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT
);
CREATE TABLE file_parts (
    file_id BIGINT NOT NULL REFERENCES files (id),
    part BIGINT NOT NULL,
    bytes BYTEA NOT NULL,
    PRIMARY KEY (file_id, part)
);
