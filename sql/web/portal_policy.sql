-- A version of a policy to read, and what the person has said to it.
SELECT po.title, v.version, v.state, v.body, v.changes, v.digest, v.published_at, po.id AS policy, ap.name AS approver,
       (SELECT max(a.accepted_at) FROM acceptance a
         WHERE a.person = {person} AND a.policy_version = v.id AND a.state = 'accepted' AND a.digest = v.digest) AS accepted_at
  FROM policy_version v
  JOIN policy po ON po.id = v.policy
  LEFT JOIN person ap ON ap.id = v.approver
 WHERE v.id = {version}
