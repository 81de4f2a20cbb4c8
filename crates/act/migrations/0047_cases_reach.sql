-- Whether somebody unknown is in a file that comes again.
CREATE INDEX cases_reach ON cases (reach) WHERE reach <> '';
