-- Records that are called so, for a field that names one.
SELECT id FROM {relation} WHERE lower({title}) = lower({name}){still} LIMIT 2
