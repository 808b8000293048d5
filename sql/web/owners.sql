-- Whom a list names in one field, for its filter.
SELECT o.id, p.name FROM (SELECT DISTINCT {field} AS id FROM {relation} WHERE {field} IS NOT NULL) o
  LEFT JOIN person p ON p.id = o.id ORDER BY p.name, o.id LIMIT {limit}
