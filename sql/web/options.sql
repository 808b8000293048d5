-- Records that a field may name, for its proposals.
SELECT id, {title} AS title FROM {relation} ORDER BY title, id LIMIT {limit}
