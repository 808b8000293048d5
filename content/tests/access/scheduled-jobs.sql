-- test:      access.scheduled-jobs
-- version:   1
-- title:     Nobody can change a scheduled job of another account
-- kind:      state
-- subject:   scheduled_job
-- controls:  EP-10
-- severity:  critical
-- needs:     scheduled_job max_age=26h
-- why:       Whoever can write a job, or the program it starts, has it run as someone else, often as
--            root.
-- remedy:    chown root FILE && chmod go-w FILE for the cron file or unit, and the same for the program
--            it starts and the directory that holds it.
SELECT source, system, defined_in,
       (NOT writable_by_others) AS ok,
       CASE WHEN writable_by_others IS NULL THEN 'the rights on it could not be read'
            ELSE 'others can write the job or its program' END AS reason,
       'as ' || coalesce(account, '?') || ': ' || coalesce(command, '?') AS observed
  FROM scheduled_job
