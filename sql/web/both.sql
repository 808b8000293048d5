-- Two parts as one.
{left} UNION ALL {right}
