-- test:      access.package-programs
-- version:   1
-- title:     Programs that guard access are as their package shipped them
-- kind:      state
-- subject:   file_integrity
-- controls:  EP-06
-- severity:  high
-- needs:     file_integrity max_age=26h
-- why:       A replaced login, sudo or SSH program takes passwords from everyone who uses it.
-- remedy:    Compare with dpkg --verify; treat a difference nobody can explain as an incident, then
--            restore with apt-get install --reinstall PACKAGE.
SELECT source, system, path,
       matches_package AS ok,
       CASE WHEN matches_package IS NULL THEN 'it could not be compared with a package'
            ELSE 'the content differs from what the package shipped' END AS reason,
       coalesce(package, 'no package') || ' ' || coalesce(sha256, '') AS observed
  FROM file_integrity
 WHERE type IS DISTINCT FROM 'missing' AND type IS DISTINCT FROM 'directory'
   AND (path LIKE '/usr/%' OR path LIKE '/bin/%' OR path LIKE '/sbin/%' OR path LIKE '/lib/%')
