-- Roles whose people must have a second factor. Beside the organisation, which a backup of earlier tables still reads.
CREATE TABLE factor_roles (
    role TEXT PRIMARY KEY
);
