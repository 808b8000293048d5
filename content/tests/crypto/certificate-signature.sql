-- test:      crypto.certificate-signature
-- version:   1
-- title:     No certificate rests on a broken signature
-- kind:      state
-- subject:   certificate
-- controls:  CR-02
-- severity:  high
-- needs:     certificate max_age=26h
-- why:       MD5 and SHA-1 signatures can be forged, and with them the whole certificate.
-- remedy:    Have the certificate issued again; every issuer now signs with SHA-256 or better.
SELECT source, system, path, position,
       ((self_signed AND position > 1)
        OR NOT (lower(signature_algorithm) LIKE '%md5%' OR lower(signature_algorithm) LIKE '%md2%'
                OR lower(signature_algorithm) LIKE '%md4%' OR lower(signature_algorithm) LIKE '%sha1%'
                OR lower(signature_algorithm) LIKE '%sha-1%' OR lower(signature_algorithm) = 'dsawithsha')) AS ok,
       CASE WHEN signature_algorithm IS NULL THEN 'the signature algorithm could not be read'
            ELSE 'it is signed with a broken algorithm' END AS reason,
       signature_algorithm AS observed,
       used_by AS owner
  FROM certificate
