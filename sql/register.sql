-- When a register of records was last written, if it ever was.
SELECT max(valid_from) AS written_at FROM {relation}
