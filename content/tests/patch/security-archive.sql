-- test:      patch.security-archive
-- version:   1
-- title:     Every machine gets its updates from a security archive
-- kind:      state
-- subject:   host
-- controls:  VM-02
-- severity:  high
-- needs:     host max_age=26h
-- needs:     patch_state max_age=26h
-- why:       Without that archive a machine reports itself up to date while known holes stay open.
-- remedy:    On Debian add to /etc/apt/sources.list: deb http://security.debian.org/debian-security
--            bookworm-security main; then apt-get update.
SELECT h.source, h.system,
       p.security_source AS ok,
       CASE WHEN p.security_source IS NULL THEN 'the configured archives could not be read'
            ELSE 'no security archive is configured' END AS reason
  FROM host h
  LEFT JOIN patch_state p ON p.system = h.system
