-- Roles whose people must have a second factor, as a JSON list of names.
ALTER TABLE organisation ADD COLUMN factor_roles TEXT NOT NULL DEFAULT '[]';
