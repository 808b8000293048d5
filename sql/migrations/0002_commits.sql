-- 0002: commits of a time, and those of one kind: pages ask for the last week, and for assessments among many collections.
CREATE INDEX commits_at ON commits (at);
CREATE INDEX commits_action ON commits (action, at);
