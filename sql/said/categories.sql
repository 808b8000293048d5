-- The categories that somebody decided about.
SELECT id, in_scope FROM category ORDER BY id
