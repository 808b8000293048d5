-- What people say of the controls: who answers for them, and how they are kept.
SELECT c.id AS control, c.state AS state, coalesce(c.owner, '') AS owner, coalesce(p.name, c.owner, '') AS owner_name,
       coalesce(c.cadence, '') AS cadence, coalesce(c.method, '') AS method, coalesce(c.reason, '') AS reason, coalesce(c.procedure, '') AS procedure
  FROM control c LEFT JOIN person p ON p.id = c.owner
 ORDER BY control
