CREATE TABLE ledger_seals (
    id BIGINT PRIMARY KEY,
    first_event BIGINT NOT NULL,
    last_event BIGINT NOT NULL,
    count BIGINT NOT NULL,
    marks BYTEA NOT NULL,
    sha256 TEXT NOT NULL,
    at BIGINT NOT NULL
);
