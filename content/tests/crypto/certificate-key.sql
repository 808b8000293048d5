-- test:      crypto.certificate-key
-- version:   1
-- title:     Certificate keys are long enough to resist guessing
-- kind:      state
-- subject:   certificate
-- controls:  CR-02, CR-04
-- severity:  high
-- needs:     certificate max_age=26h
-- param:     min_rsa_bits int = 2048 guard >= 2048
-- param:     min_ec_bits int = 256 guard >= 224
-- why:       Short keys can be computed, and then anyone can pose as the service and read its traffic.
-- remedy:    Make a new key: openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out KEY, and
--            have it certified.
SELECT source, system, path, position,
       CASE WHEN key_type IS NOT DISTINCT FROM 'ED25519' OR key_type IS NOT DISTINCT FROM 'ED448' THEN TRUE
            WHEN key_type IS NOT DISTINCT FROM 'RSA' THEN key_bits >= :min_rsa_bits
            WHEN key_type IS NOT DISTINCT FROM 'EC' THEN key_bits >= :min_ec_bits
            WHEN key_type IS NOT DISTINCT FROM 'DSA' THEN FALSE
       END AS ok,
       CASE WHEN key_type IS NULL OR key_bits IS NULL THEN 'kind or size of the key could not be read'
            ELSE 'the key is too short, of an old kind, or of one not judged here' END AS reason,
       coalesce(key_type, '?') || ' ' || coalesce(CAST(key_bits AS TEXT), '?') AS observed,
       'RSA ' || CAST(:min_rsa_bits AS TEXT) || ', EC ' || CAST(:min_ec_bits AS TEXT) || ' or ED25519' AS expected,
       used_by AS owner
  FROM certificate
