-- title: Each measure is given once a month
-- about: A measure that is left out or given twice makes the year's figure wrong.
-- message: "{% if times == 0 %}{{ measure_id }} is missing from the measures of {{ month | month }}.{% else %}{{ measure_id }} is given {{ times }} times in the measures of {{ month | month }}.{% endif %} Each measure must be given once."
-- fix: "Give {{ measure_id }} once in the measures of {{ month | month }}."
-- needs: [measures.measure_id]
SELECT so.workbook AS _workbook, a.value AS measure_id, so.month,
    (SELECT count(*) FROM measures m WHERE m._source = so._source AND m.measure_id = a.value) AS times,
    (SELECT max(m._row) FROM measures m WHERE m._source = so._source AND m.measure_id = a.value) AS _row,
    'measure_id' AS _column,
    (SELECT group_concat(m._row || ':measure_id', ' ') FROM measures m
        WHERE m._source = so._source AND (m.measure_id = a.value
            OR m.measure_id IS NULL OR m.measure_id NOT IN (SELECT k.value FROM allowed_value k
                WHERE k.table_name = 'measures' AND k.field = 'measure_id'))) AS _related
FROM source so JOIN allowed_value a ON a.table_name = 'measures' AND a.field = 'measure_id'
WHERE so.table_name = 'measures' AND times <> 1
ORDER BY so._source, a.position
