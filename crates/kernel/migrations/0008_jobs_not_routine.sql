-- Jobs somebody asked for, and routine ones that failed, among weeks of routine.
CREATE INDEX jobs_not_routine ON jobs (id)
    WHERE created_by <> 'bocal' OR state NOT IN ('waiting', 'running', 'done');
