-- test:      access.few-administrators
-- version:   1
-- title:     Few people can administer a host
-- kind:      state
-- subject:   host
-- controls:  AC-08
-- severity:  medium
-- needs:     host max_age=26h
-- needs:     account max_age=26h
-- param:     max_administrators int = 5 guard <= 10
-- why:       Every administrator is one more password that gives everything away.
-- remedy:    List them with: getent group sudo. Remove those who do not need it with gpasswd --delete
--            LOGIN sudo; give others single commands in /etc/sudoers.d.
SELECT h.source, h.system,
       CASE WHEN (a.sure > :max_administrators) IS TRUE THEN FALSE
            WHEN (a.possible <= :max_administrators) IS TRUE THEN TRUE
            ELSE NULL END AS ok,
       CASE WHEN a.system IS NULL THEN 'no account of this host is known'
            WHEN (a.sure > :max_administrators) IS TRUE THEN 'more administrators than agreed'
            ELSE 'for some accounts it is not known whether they are active administrators' END AS reason,
       CAST(a.sure AS TEXT) || ' for sure, at most ' || CAST(a.possible AS TEXT) AS observed,
       'at most ' || CAST(:max_administrators AS TEXT) AS expected
  FROM host h
  LEFT JOIN (SELECT system,
                    sum(CASE WHEN (privileged AND active AND kind = 'human') IS TRUE THEN 1 ELSE 0 END) AS sure,
                    sum(CASE WHEN (privileged AND active AND kind = 'human') IS NOT FALSE THEN 1 ELSE 0 END) AS possible
               FROM account
              GROUP BY system) a
    ON a.system = h.system
