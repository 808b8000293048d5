-- test:      access.secret-files
-- version:   2
-- title:     Only root can read password hashes and private host keys
-- kind:      state
-- subject:   file_integrity
-- controls:  AC-20, CR-04
-- severity:  critical
-- needs:     file_integrity max_age=26h
-- why:       Password hashes can be cracked at leisure, and a copied host key lets someone pose as the
--            server.
-- remedy:    chown root:shadow /etc/shadow /etc/gshadow && chmod 0640 /etc/shadow /etc/gshadow; chmod
--            0600 /etc/ssh/ssh_host_*_key; chmod 0440 /etc/sudoers.
SELECT source, system, path,
       (NOT readable_by_others AND NOT writable_by_others AND owner IN ('root', '0')
        AND (substr(mode, length(mode) - 1, 1) IN ('0', '1') OR group_name IN ('root', '0', 'shadow', 'ssh_keys'))) AS ok,
       CASE WHEN readable_by_others IS NULL OR writable_by_others IS NULL OR owner IS NULL OR mode IS NULL
            THEN 'owner or mode could not be read'
            ELSE 'others can read it' END AS reason,
       coalesce(mode, '?') || ' ' || coalesce(owner, '?') || ':' || coalesce(group_name, '?') AS observed,
       'owned by root, not readable by others' AS expected
  FROM file_integrity
 WHERE type IS DISTINCT FROM 'missing'
   AND (path IN ('/etc/shadow', '/etc/shadow-', '/etc/gshadow', '/etc/gshadow-', '/etc/sudoers',
                 '/etc/security/opasswd')
        OR (path LIKE '/etc/ssh/ssh_host_%' AND path NOT LIKE '%.pub'))
