-- Whether anybody is here yet: what a one-time link without a person leads to.
SELECT (SELECT count(*) FROM person WHERE state <> 'left') AS people,
       (SELECT count(*) FROM category) AS categories
