SELECT min(valid_from) AS first FROM run_history
