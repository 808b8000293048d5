-- test:      access.administrators-approved
-- version:   1
-- title:     Every administrator's account has an approved request for it
-- kind:      state
-- subject:   account
-- controls:  AC-08
-- severity:  high
-- needs:     account max_age=26h
-- needs:     access_request
-- why:       Administrator rights that nobody approved are either a shortcut or an intruder.
-- remedy:    Remove the right, or ask for it: attest access_request add person=P system=S login=L
--            privileged=true, and have it approved. For root itself the request names who guards its use.
WITH asked AS (
     SELECT a.source AS of_source, a.system AS of_system, a.login AS of_login,
            max(CASE WHEN r.id IS NULL THEN 0
                     WHEN ((r.login = a.login) AND (r.approver <> r.person) AND (NOT r.temporary OR r.expires_at > as_of())) IS TRUE THEN 2
                     WHEN ((r.login = a.login) AND (r.approver <> r.person) AND (NOT r.temporary OR r.expires_at > as_of())) IS NULL THEN 1
                     ELSE 0 END) AS level
       FROM account a
       LEFT JOIN access_request r ON r.system = a.system AND r.state = 'granted' AND r.privileged
      WHERE a.privileged IS NOT FALSE AND a.active IS NOT FALSE AND a.kind IS DISTINCT FROM 'service'
      GROUP BY a.source, a.system, a.login
)
SELECT a.source, a.system, a.login,
       CASE WHEN x.level = 2 THEN TRUE
            WHEN x.level = 0 AND (a.privileged AND a.active AND a.kind = 'human') IS TRUE THEN FALSE
            ELSE NULL END AS ok,
       CASE WHEN x.level = 1 THEN 'there is a request, and not known is for which account, until when or by whom approved'
            WHEN (a.privileged AND a.active AND a.kind = 'human') IS TRUE
            THEN 'no granted request for administrator rights of this account'
            ELSE 'whether it is an active administrator is not known, and there is no request' END AS reason,
       a.full_name AS observed
  FROM account a
  JOIN asked x ON x.of_source = a.source AND x.of_system = a.system AND x.of_login = a.login
 WHERE a.privileged IS NOT FALSE AND a.active IS NOT FALSE AND a.kind IS DISTINCT FROM 'service'
