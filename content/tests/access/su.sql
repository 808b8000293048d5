-- test:      access.su
-- version:   1
-- title:     Only members of one group can use su
-- kind:      state
-- subject:   pam_rule
-- controls:  AC-08
-- severity:  low
-- needs:     pam_rule max_age=26h
-- why:       Without this limit every account can try the password of root as often as it likes.
-- remedy:    Take the comment sign from "auth required pam_wheel.so" in /etc/pam.d/su; addgroup
--            --system wheel, and keep the group small or empty.
SELECT p.source, p.system, 'su' AS service, 'auth' AS facility, 1 AS position,
       CASE WHEN p.sure > 0 THEN TRUE WHEN p.unread > 0 THEN NULL ELSE FALSE END AS ok,
       CASE WHEN p.unread > 0 THEN 'a rule could not be read'
            ELSE 'no rule limits su to a group' END AS reason,
       'pam_wheel.so, required' AS expected
  FROM (SELECT system, source,
               sum(CASE WHEN (module = 'pam_wheel.so' AND control IN ('required', 'requisite')
                              AND arguments NOT LIKE '%trust%' AND arguments NOT LIKE '%deny%') IS TRUE
                        THEN 1 ELSE 0 END) AS sure,
               sum(CASE WHEN (module = 'pam_wheel.so' AND control IN ('required', 'requisite')
                              AND arguments NOT LIKE '%trust%' AND arguments NOT LIKE '%deny%') IS NULL
                        THEN 1 ELSE 0 END) AS unread
          FROM pam_rule
         WHERE service = 'su' AND facility = 'auth'
         GROUP BY system, source) p
