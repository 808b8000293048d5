-- Subprocessors that management chose to name.
SELECT t.words, t.detail FROM trust_item t WHERE t.state = 'shown' AND t.about LIKE 'vendor/%' ORDER BY t.words, t.id LIMIT 300
