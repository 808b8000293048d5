-- Records as they stand, with the number of their version.
SELECT row_id, {columns} FROM {relation}_history
 WHERE source = 'record' AND valid_to = 9223372036854775807 {only}
