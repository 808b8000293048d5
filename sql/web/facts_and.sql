{before} UNION ALL {after}
