-- How much there is of what Home speaks of.
SELECT (SELECT count(*) FROM task WHERE state = 'open') AS tasks,
       (SELECT count(*) FROM task WHERE state = 'open' AND due_at < as_of()) AS overdue,
       (SELECT count(*) FROM task WHERE state = 'open' AND owner = {person}) AS mine,
       (SELECT count(*) FROM result) AS results,
       (SELECT count(*) FROM person) AS people,
       (SELECT count(*) FROM policy) AS policies
