CREATE TABLE tiles (
    id BIGINT PRIMARY KEY,
    figure TEXT NOT NULL,
    site_id BIGINT REFERENCES sites (id),
    days BIGINT NOT NULL,
    decision TEXT NOT NULL,
    owner_id BIGINT NOT NULL REFERENCES users (id),
    created_by TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX tiles_site ON tiles (site_id);
