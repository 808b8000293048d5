-- test:      container.pinned
-- version:   1
-- title:     Containers are made from images named by digest
-- kind:      state
-- subject:   container
-- controls:  EP-11, EP-12
-- severity:  low
-- needs:     container max_age=26h
-- why:       A tag can point to other content tomorrow; a digest always means what was reviewed.
-- remedy:    Name the image as NAME@sha256:...; docker images --digests shows it.
SELECT source, system, runtime, name,
       (image LIKE '%@sha256:%') AS ok,
       CASE WHEN image IS NULL THEN 'the name of its image could not be read'
            ELSE 'its image is named by a tag that can move' END AS reason,
       image AS observed,
       image_digest AS expected
  FROM container
 WHERE running IS NOT FALSE
