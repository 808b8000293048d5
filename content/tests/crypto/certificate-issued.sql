-- test:      crypto.certificate-issued
-- version:   1
-- title:     Services use certificates that an authority has issued
-- kind:      state
-- subject:   certificate
-- controls:  CR-02
-- severity:  low
-- needs:     certificate max_age=26h
-- why:       Nobody can tell a self-made certificate from an attacker's.
-- remedy:    Get one from your own or a public authority (apt install certbot; certbot certonly), and name
--            it in the service's configuration.
SELECT source, system, path, position,
       NOT self_signed AS ok,
       CASE WHEN self_signed IS NULL THEN 'who issued it could not be read'
            ELSE 'it is signed by itself' END AS reason,
       issuer AS observed,
       used_by AS owner
  FROM certificate
 WHERE position = 1
