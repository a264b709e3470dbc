-- title: Victims who are male, or whose sex is not known, are no more than all victims
-- about: HO-02 and HO-03 are parts of HO-01.
-- message: "In {{ month | month }}, HO-02 and HO-03 add up to {{ _actual }}. They are parts of HO-01, which is only {{ _expected }}."
-- fix: Correct HO-01, HO-02 or HO-03.
-- format: integer
-- needs: [measures.measure_id, measures.value]
SELECT w._row, 'value' AS _column, w.value AS _expected, sum(part.value) AS _actual,
    group_concat(part._row || ':value', ' ') AS _related, w._month AS month
FROM measures w
JOIN measures part ON part._source = w._source AND part.measure_id IN ('HO-02', 'HO-03')
WHERE w.measure_id = 'HO-01'
GROUP BY w._row
HAVING _actual > _expected
ORDER BY w._row
