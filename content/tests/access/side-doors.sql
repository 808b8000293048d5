-- test:      access.side-doors
-- version:   2
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
       CASE WHEN a.login = 'root' THEN TRUE
            WHEN coalesce(g.n, 0) > 0 THEN FALSE
            WHEN l.system IS NULL THEN NULL
            ELSE TRUE END AS ok,
       CASE WHEN l.system IS NULL THEN 'no group of this system is listed'
            ELSE 'member of a group that gives root' END AS reason,
       g.example AS observed,
       'none of docker, lxd, incus, disk, kmem, mem, shadow' AS expected
  FROM account a
  LEFT JOIN (SELECT system, member, count(*) AS n, min(group_name) AS example
               FROM group_member
              WHERE group_name IN ('docker', 'lxd', 'incus', 'incus-admin', 'disk', 'kmem', 'mem', 'shadow')
              GROUP BY system, member) g
    ON g.system = a.system AND g.member = a.login
  LEFT JOIN (SELECT DISTINCT system FROM group_member) l ON l.system = a.system
