-- Duties to tell somebody of an incident, with their clocks.
SELECT n.id AS id, n.regime AS regime, n.state AS state, n.recipient AS recipient, n.started_at AS started_at, n.due_at AS due_at, n.met_at AS met_at,
       coalesce(p.name, n.owner, '') AS owner, n.reason AS reason
  FROM notification n LEFT JOIN person p ON p.id = n.owner
 WHERE n.incident = {incident} ORDER BY coalesce(n.due_at, 0), n.id LIMIT 100
