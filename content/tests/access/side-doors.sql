-- test:      access.side-doors
-- version:   1
-- title:     Nobody becomes administrator through a device or container group
-- kind:      state
-- subject:   account
-- controls:  AC-08
-- severity:  high
-- needs:     account max_age=26h
-- needs:     group_member max_age=26h
-- why:       Members of these groups can make themselves root without sudo, without a password and
--            without a trace.
-- remedy:    gpasswd --delete LOGIN GROUP. Let people use sudo, or rootless containers, instead of the
--            docker and lxd groups.
SELECT a.source, a.system, a.login,
       (a.login = 'root' OR coalesce(g.n, 0) = 0) AS ok,
       'member of a group that gives root' AS reason,
       g.example AS observed,
       'none of docker, lxd, incus, disk, kmem, mem, shadow' AS expected
  FROM account a
  LEFT JOIN (SELECT system, member, count(*) AS n, min(group_name) AS example
               FROM group_member
              WHERE group_name IN ('docker', 'lxd', 'incus', 'incus-admin', 'disk', 'kmem', 'mem', 'shadow')
              GROUP BY system, member) g
    ON g.system = a.system AND g.member = a.login
