-- Categories in scope.
SELECT id FROM category WHERE in_scope ORDER BY id
