-- test:      sudo.root-without-password
-- version:   2
-- title:     Nobody becomes root without giving a password
-- kind:      state
-- subject:   privilege
-- controls:  AC-09
-- severity:  high
-- needs:     privilege max_age=26h
-- why:       A session left open, or a program that runs as that person, is root at once.
-- remedy:    Remove NOPASSWD from the rule with visudo -f FILE (cloud images keep one in
--            /etc/sudoers.d/90-cloud-init-users); give automation the single commands it needs.
SELECT source, system, tool, subject, run_as, command,
       (command LIKE '!%' OR NOT (passwordless AND (all_commands OR (
            command LIKE '%/sh' OR command LIKE '%/bash' OR command LIKE '%/dash' OR command LIKE '%/zsh' OR
            command LIKE '%/ksh' OR command LIKE '%/fish' OR
            command || ' ' LIKE '%/su %' OR command || ' ' LIKE '%/sudo %')))) AS ok,
       CASE WHEN passwordless IS NULL OR all_commands IS NULL THEN 'the rule could not be read in full'
            ELSE 'any command, or a shell, without a password' END AS reason,
       coalesce(defined_in, '?') AS observed
  FROM privilege
