-- test:      access.session-timeout
-- version:   1
-- title:     Shells that nobody uses end by themselves
-- kind:      state
-- subject:   host
-- controls:  AC-12
-- severity:  medium
-- needs:     host max_age=26h
-- needs:     setting max_age=26h
-- param:     max_seconds int = 900 guard <= 900
-- why:       An open shell is a signed-in account for anyone who passes by the keyboard or takes over
--            the terminal.
-- remedy:    Write "readonly TMOUT=900; export TMOUT" into /etc/profile.d/timeout.sh, or set
--            StopIdleSessionSec=15min in /etc/systemd/logind.conf.d/timeout.conf.
SELECT h.source, h.system,
       CASE WHEN (t.number BETWEEN 1 AND :max_seconds) IS TRUE THEN TRUE
            WHEN (l.value IN ('900', '900s', '15min', '15m', '600', '600s', '10min', '10m',
                              '300', '300s', '5min', '5m')) IS TRUE THEN TRUE
            WHEN t.name IS NOT NULL AND t.number IS NULL THEN NULL
            WHEN l.name IS NOT NULL AND l.value IS NULL THEN NULL
            ELSE FALSE END AS ok,
       CASE WHEN (t.name IS NOT NULL AND t.number IS NULL) OR (l.name IS NOT NULL AND l.value IS NULL)
            THEN 'a setting that decides this could not be read'
            ELSE 'idle shells stay open' END AS reason,
       'TMOUT ' || coalesce(t.value, 'not set') || ', StopIdleSessionSec ' || coalesce(l.value, 'not set') AS observed,
       'TMOUT from 1 to ' || CAST(:max_seconds AS TEXT) || ', or StopIdleSessionSec of at most 15min' AS expected
  FROM host h
  LEFT JOIN setting t
    ON t.system = h.system AND t.source = h.source AND t.component = 'profile' AND t.name = 'TMOUT'
  LEFT JOIN setting l
    ON l.system = h.system AND l.source = h.source AND l.component = 'logind' AND l.name = 'StopIdleSessionSec'
 WHERE h.container IS NOT TRUE
