-- The open risks that weigh most, what is done about them, and until when they are accepted.
SELECT r.id AS id, r.title AS title, r.state AS state, r.inherent_score AS inherent, r.residual_score AS residual, r.treatment AS treatment,
       r.treatment_due_at AS due_at, coalesce(p.name, r.owner, '') AS owner,
       (SELECT max(a.ends_at) FROM risk_acceptance a WHERE a.risk = r.id AND a.state = 'approved') AS accepted_until, r.owner AS owner_id
  FROM risk r LEFT JOIN person p ON p.id = r.owner
 WHERE r.state <> 'closed'
 ORDER BY coalesce(r.residual_score, r.inherent_score, 26) DESC, r.inherent_score DESC, r.id LIMIT {limit}
