-- The page that is published, if one is.
SELECT id, title, overview, status_note, security_contact, nda, show_states FROM trust_profile WHERE state = 'published' ORDER BY id LIMIT 1
