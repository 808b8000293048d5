-- Duties to notify that an incident has already.
SELECT regime FROM notification WHERE incident = {incident}
