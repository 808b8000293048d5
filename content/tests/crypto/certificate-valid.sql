-- test:      crypto.certificate-valid
-- version:   1
-- title:     No service uses an expired certificate
-- kind:      state
-- subject:   certificate
-- controls:  CR-02
-- severity:  high
-- needs:     certificate max_age=26h
-- why:       An expired certificate stops the service or teaches people to click warnings away.
-- remedy:    certbot renew, or ask the issuer for a new certificate, then reload the service; openssl x509
--            -noout -dates -in FILE shows the dates.
SELECT source, system, path, position,
       (valid_until_at > as_of() AND valid_from_at <= as_of()) AS ok,
       CASE WHEN (valid_until_at <= as_of()) IS TRUE THEN 'it has expired'
            WHEN (valid_from_at > as_of()) IS TRUE THEN 'it is not valid yet'
            ELSE 'its dates could not be read' END AS reason,
       subject AS observed,
       used_by AS owner
  FROM certificate
