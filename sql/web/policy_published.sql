-- The version of a policy that holds, beside this one; the latest that did when none does.
SELECT id, version, body FROM policy_version
 WHERE policy = {policy} AND id <> {id} AND state IN ('published', 'retired')
 ORDER BY CASE state WHEN 'published' THEN 0 ELSE 1 END, version DESC LIMIT 1
