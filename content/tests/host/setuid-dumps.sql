-- test:      host.setuid-dumps
-- version:   1
-- title:     Memory of privileged programs is not written where ordinary users can read it
-- kind:      state
-- subject:   setting
-- controls:  EP-04
-- severity:  medium
-- needs:     host max_age=26h
-- needs:     setting max_age=26h
-- why:       The memory image of a privileged program can hold password hashes and keys.
-- remedy:    sysctl -w fs.suid_dumpable=0; to keep it, write the line to /etc/sysctl.d/60-hardening.conf.
SELECT h.source, h.system, 'sysctl' AS component, 'fs.suid_dumpable' AS name,
       (s.number <> 1) AS ok,
       CASE WHEN s.number IS NULL THEN 'the running value could not be read'
            ELSE 'dumps of privileged programs belong to the user who started them' END AS reason,
       CAST(s.number AS TEXT) AS observed,
       'anything but 1' AS expected
  FROM host h
  LEFT JOIN setting s ON s.system = h.system AND s.component = 'sysctl' AND s.name = 'fs.suid_dumpable'
 WHERE h.container IS NOT TRUE
