ALTER TABLE surveys ADD COLUMN mail_after_contact BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE surveys ADD COLUMN reminders BIGINT NOT NULL DEFAULT 1;
ALTER TABLE surveys ADD COLUMN reminder_days BIGINT NOT NULL DEFAULT 5;
ALTER TABLE invitations ADD COLUMN reminded BIGINT NOT NULL DEFAULT 0;
ALTER TABLE invitations ADD COLUMN remind_at BIGINT;
CREATE INDEX invitations_remind ON invitations (remind_at) WHERE remind_at IS NOT NULL;
