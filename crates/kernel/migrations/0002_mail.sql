CREATE TABLE mails (
    id BIGINT PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    address TEXT NOT NULL,
    address_key TEXT NOT NULL,
    name TEXT NOT NULL,
    customer_id BIGINT,
    user_id BIGINT,
    locale TEXT NOT NULL,
    subject TEXT NOT NULL,
    blocks TEXT NOT NULL,
    about_kind TEXT,
    about_id BIGINT,
    about_href TEXT,
    site_id BIGINT,
    unsubscribe TEXT,
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    claimed_at BIGINT,
    claimed_by TEXT,
    sent_at BIGINT,
    settled_at BIGINT,
    outcome TEXT,
    error TEXT,
    message_id TEXT
);
CREATE INDEX mails_state ON mails (state, due_at);
CREATE INDEX mails_state_id ON mails (state, id);
CREATE INDEX mails_kind ON mails (kind, id);
CREATE INDEX mails_address ON mails (address_key, id);
CREATE INDEX mails_about ON mails (about_id, id);
CREATE INDEX mails_customer ON mails (customer_id, id);
CREATE TABLE bounced_addresses (
    address TEXT PRIMARY KEY,
    at BIGINT NOT NULL,
    reason TEXT NOT NULL,
    mail_id BIGINT
);
CREATE INDEX bounced_addresses_at ON bounced_addresses (at);
