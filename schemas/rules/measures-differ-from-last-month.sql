-- title: The measures of a month are not those of the month before
-- about: >-
--   Among many counts some change from month to month. When not one does, the sheet was made from last month's and its
--   values were left in.
-- severity: warning
-- message: "All {{ rows }} values on this sheet are those of {{ last_month | month }}. The sheet could be last month's, with its values left in."
-- fix: "Compare the sheet with the figures of {{ month | month }} and type them in."
-- needs: [measures.measure_id, measures.value]
WITH compared AS (
    SELECT m._source, m._month AS month, before._month AS last_month, min(m._row) AS first, count(*) AS rows,
        sum(m.value = before.value) AS same, sum(m.value <> 0) AS counted, sum(m.value IS NULL OR before.value IS NULL) AS unread,
        min(before._row) || ':value' AS cells
    FROM measures m
    JOIN measures before ON before.measure_id = m.measure_id AND before._month = months_after(m._month, -1)
    GROUP BY m._source
)
SELECT c.first AS _row, 'value' AS _column, c.rows, c.month, c.last_month, c.cells AS _related
FROM compared c
-- A few counts, or counts of nothing, are often the same.
WHERE c.same = c.rows AND c.unread = 0 AND c.counted >= 8
ORDER BY c.first
