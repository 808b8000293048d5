SELECT c.check_name AS item, c.ok AS ok, c.observed AS observed, c.expected AS expected FROM (:checks) c
