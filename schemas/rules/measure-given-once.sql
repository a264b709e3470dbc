-- title: Each measure is given once a month
-- about: A measure that is left out or given twice makes the year's figure wrong.
-- message: "{% if times == 0 %}{{ measure_id }} is missing from the measures of {{ month | month }}.{% else %}{{ measure_id }} is given {{ times }} times in the measures of {{ month | month }}.{% endif %} Each measure must be given once."
-- fix: "Give {{ measure_id }} once in the measures of {{ month | month }}."
-- needs: [measures.measure_id]
WITH allowed AS (SELECT value, position FROM allowed_value WHERE table_name = 'measures' AND field = 'measure_id'),
-- A measure that is missing may be the one that is misspelt, unless more are missing than are misspelt.
misspelt AS (
    SELECT m._source, group_concat(m._row || ':measure_id', ' ') AS cells, count(*) AS times
    FROM measures m
    WHERE m.measure_id IS NULL OR m.measure_id NOT IN (SELECT value FROM allowed)
    GROUP BY m._source
),
missing AS (
    SELECT so._source, count(*) AS times
    FROM source so JOIN allowed a
    WHERE so.table_name = 'measures'
        AND NOT EXISTS (SELECT 1 FROM measures m WHERE m._source = so._source AND m.measure_id = a.value)
    GROUP BY so._source
)
SELECT so.workbook AS _workbook, a.value AS measure_id, so.month,
    (SELECT count(*) FROM measures m WHERE m._source = so._source AND m.measure_id = a.value) AS times,
    (SELECT max(m._row) FROM measures m WHERE m._source = so._source AND m.measure_id = a.value) AS _row,
    'measure_id' AS _column,
    coalesce((SELECT group_concat(m._row || ':measure_id', ' ') FROM measures m
            WHERE m._source = so._source AND m.measure_id = a.value),
        (SELECT i.cells FROM misspelt i JOIN missing g ON g._source = i._source
            WHERE i._source = so._source AND g.times <= i.times)) AS _related
FROM source so JOIN allowed a
WHERE so.table_name = 'measures' AND times <> 1
ORDER BY so._source, a.position
