-- test:      crypto.certificate-lifetime
-- version:   1
-- title:     Certificates are issued for little more than a year at most
-- kind:      state
-- subject:   certificate
-- controls:  CR-02
-- severity:  low
-- needs:     certificate max_age=26h
-- param:     max_days int = 398 guard <= 825
-- why:       A short life limits for how long a stolen key is of use, and keeps renewal in practice.
-- remedy:    Have it issued again for a shorter time; browsers refuse public certificates of more than 398
--            days.
SELECT source, system, path, position,
       (valid_until_at - valid_from_at <= days(:max_days)) AS ok,
       CASE WHEN (valid_until_at - valid_from_at) IS NULL THEN 'its dates could not be read'
            ELSE 'it is valid for too long' END AS reason,
       CAST((valid_until_at - valid_from_at) / days(1) AS TEXT) || ' days' AS observed,
       'at most ' || CAST(:max_days AS TEXT) || ' days' AS expected,
       used_by AS owner
  FROM certificate
 WHERE position = 1
