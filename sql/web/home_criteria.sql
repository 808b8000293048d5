-- Where each criterion stands.
SELECT criterion, state FROM criterion_result
