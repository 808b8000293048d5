-- test:      sudo.shell-escape
-- version:   2
-- title:     Limited sudo rules cannot be turned into full rights
-- kind:      state
-- subject:   privilege
-- controls:  AC-09
-- severity:  medium
-- needs:     privilege max_age=26h
-- why:       Editors, pagers and interpreters started as root offer a root shell at the press of a key.
-- remedy:    Replace the command by one that cannot start others: sudoedit for files, a script of its
--            own in place of find or tar; or add NOEXEC: to the rule.
SELECT source, system, tool, subject, run_as, command,
       (command LIKE '!%' OR command = 'ALL' OR no_exec OR NOT (
            command || ' ' LIKE '%/vi %' OR command || ' ' LIKE '%/vim %' OR command || ' ' LIKE '%/view %' OR
            command || ' ' LIKE '%/vimdiff %' OR command || ' ' LIKE '%/nvim %' OR
            command || ' ' LIKE '%/nano %' OR command || ' ' LIKE '%/emacs %' OR
            command || ' ' LIKE '%/ed %' OR command || ' ' LIKE '%/less %' OR command || ' ' LIKE '%/more %' OR
            command || ' ' LIKE '%/man %' OR command || ' ' LIKE '%/find %' OR command || ' ' LIKE '%/awk %' OR
            command || ' ' LIKE '%/gawk %' OR command || ' ' LIKE '%/mawk %' OR
            command || ' ' LIKE '%/env %' OR command || ' ' LIKE '%/tar %' OR command || ' ' LIKE '%/zip %' OR
            command || ' ' LIKE '%/rsync %' OR command || ' ' LIKE '%/ssh %' OR
            command || ' ' LIKE '%/scp %' OR command || ' ' LIKE '%/nmap %' OR
            command || ' ' LIKE '%/tcpdump %' OR command || ' ' LIKE '%/git %' OR
            command || ' ' LIKE '%/gdb %' OR command || ' ' LIKE '%/strace %' OR
            command || ' ' LIKE '%/lua %' OR command || ' ' LIKE '%/php %' OR command || ' ' LIKE '%/node %' OR
            command || ' ' LIKE '%/ruby %' OR command || ' ' LIKE '%/docker %' OR
            command || ' ' LIKE '%/apt %' OR command || ' ' LIKE '%/apt-get %' OR
            command || ' ' LIKE '%/dpkg %' OR command || ' ' LIKE '%/pip %' OR
            command || ' ' LIKE '%/pip3 %' OR command || ' ' LIKE '%/mysql %' OR
            command || ' ' LIKE '%/psql %' OR command || ' ' LIKE '%/sqlite3 %' OR command LIKE '%/perl%' OR
            command LIKE '%/python%' OR command LIKE '%/sh' OR command LIKE '%/bash' OR
            command LIKE '%/dash' OR command LIKE '%/zsh' OR command LIKE '%/ksh' OR command LIKE '%/fish' OR
            command || ' ' LIKE '%/su %' OR command || ' ' LIKE '%/sudo %' OR
            command || ' ' LIKE '%/chroot %' OR command || ' ' LIKE '%/nsenter %' OR
            command || ' ' LIKE '%/systemd-run %' OR command || ' ' LIKE '%/podman %' OR
            command || ' ' LIKE '%/tmux %' OR command || ' ' LIKE '%/screen %' OR
            command || ' ' LIKE '%/xargs %' OR command || ' ' LIKE '%/busybox %')) AS ok,
       CASE WHEN no_exec IS NULL THEN 'the command can start a shell; whether the rule forbids it is not known'
            ELSE 'the command can start a shell as the other account' END AS reason,
       coalesce(defined_in, '?') AS observed
  FROM privilege
