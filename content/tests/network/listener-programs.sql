-- test:      network.listener-programs
-- version:   1
-- title:     Everything that listens was started from a system directory
-- kind:      state
-- subject:   process_listener
-- controls:  EP-12, NW-02
-- severity:  medium
-- needs:     process_listener max_age=26h
-- why:       A program listening from /tmp or a home directory is how a back door usually looks.
-- remedy:    Find the program with ss -ltnup, learn who started it, and stop it; install what is wanted
--            under /usr or /opt.
SELECT source, system, protocol, address, port,
       (executable LIKE '/usr/%' OR executable LIKE '/opt/%' OR executable LIKE '/bin/%' OR executable LIKE '/sbin/%'
        OR executable LIKE '/lib/%' OR executable LIKE '/snap/%') AND executable NOT LIKE '%(deleted)' AS ok,
       CASE WHEN executable IS NULL THEN 'the program behind it could not be read'
            WHEN (executable LIKE '%(deleted)') IS TRUE THEN 'its program file was deleted or replaced'
            ELSE 'its program stands outside the system directories' END AS reason,
       executable AS observed
  FROM process_listener
