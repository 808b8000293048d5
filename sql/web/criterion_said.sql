-- Whether people said that one criterion applies, and whether its category is in scope.
SELECT c.applicable AS applicable, coalesce(c.reason, '') AS reason, g.in_scope AS in_scope, coalesce(g.reason, '') AS scope_reason
  FROM (SELECT {id} AS id, {category} AS category) w
  LEFT JOIN criterion c ON c.id = w.id
  LEFT JOIN category g ON g.id = w.category
