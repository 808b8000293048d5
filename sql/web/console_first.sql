SELECT {columns}
  FROM {relation}
 LIMIT 100
