-- Open tasks that a duty made, with the address of their owners and of whom these report to.
SELECT t.id AS id, p.email AS email, m.id AS manager, m.email AS manager_email
  FROM task t LEFT JOIN person p ON p.id = t.owner LEFT JOIN person m ON m.id = p.manager
 WHERE t.state = 'open' ORDER BY t.id
