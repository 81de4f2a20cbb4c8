-- Lookups by these columns always name a value: rows without one need no place in the index. (Not so the index by site:
-- those who see some sites also see customers of no site.)
DROP INDEX customers_email;
CREATE INDEX customers_email ON customers (email_key) WHERE email_key IS NOT NULL;
DROP INDEX customers_phone;
CREATE INDEX customers_phone ON customers (phone_key) WHERE phone_key IS NOT NULL;
DROP INDEX customers_mobile;
CREATE INDEX customers_mobile ON customers (mobile_key) WHERE mobile_key IS NOT NULL;
DROP INDEX customers_import;
CREATE INDEX customers_import ON customers (import_id) WHERE import_id IS NOT NULL;
DROP INDEX import_rows_subject;
CREATE INDEX import_rows_subject ON import_rows (subject_id) WHERE subject_id IS NOT NULL;
