-- What the program knows of a person.
SELECT p.job_title, p.team, m.name, p.starts_at, p.kind, p.location, p.email
  FROM person p
  LEFT JOIN person m ON m.id = p.manager
 WHERE p.id = {person}
