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
SELECT r.source, r.system, r.service, r.facility, 1 AS position,
       CASE WHEN sum(CASE WHEN (module = 'pam_wheel.so' AND control IN ('required', 'requisite')
                                AND arguments NOT LIKE '%trust%' AND arguments NOT LIKE '%deny%') IS TRUE
                          THEN 1 ELSE 0 END) > 0 THEN TRUE
            WHEN sum(CASE WHEN (module = 'pam_wheel.so' AND control IN ('required', 'requisite')
                                AND arguments NOT LIKE '%trust%' AND arguments NOT LIKE '%deny%') IS NULL
                          THEN 1 ELSE 0 END) > 0 THEN NULL
            ELSE FALSE END AS ok,
       'no rule limits su to a group, or it could not be read' AS reason
  FROM pam_rule r
 WHERE r.service = 'su' AND r.facility = 'auth'
 GROUP BY r.source, r.system, r.service, r.facility
