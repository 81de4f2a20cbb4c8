-- What customers are told of an improvement, in the other language than that of the organisation; empty when nobody wrote it.
ALTER TABLE improvements ADD COLUMN said_other TEXT NOT NULL DEFAULT '';
ALTER TABLE improvements ADD COLUMN did_other TEXT NOT NULL DEFAULT '';
