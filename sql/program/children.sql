-- Records of a type that name another, with their states.
SELECT id, {state} FROM {relation} WHERE {field} = {id}
