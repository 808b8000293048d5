-- How many rows each of these relations has.
{query}
