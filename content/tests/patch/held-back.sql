-- test:      patch.held-back
-- version:   1
-- title:     No package with a security update is held back
-- kind:      state
-- subject:   software_update
-- controls:  VM-02
-- severity:  high
-- needs:     software_update max_age=26h
-- why:       A held package is skipped in silence, for years if nobody looks.
-- remedy:    apt-mark unhold PACKAGE, then apt-get upgrade; if a version must stay, waive it with the
--            reason and a date.
SELECT source, system, name, architecture,
       NOT (held AND security) AS ok,
       CASE WHEN (held AND security) IS NULL THEN 'whether it is held back or a security update is not known'
            ELSE 'a security update is held back' END AS reason,
       installed_version AS observed,
       candidate_version AS expected
  FROM software_update
