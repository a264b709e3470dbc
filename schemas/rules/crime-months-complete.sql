-- title: Recorded crime has each month of the year
-- about: A month that is left out makes the year's total too small. A month given twice is found by its key.
-- message: "Recorded crime has no row for {{ month | month }}."
-- fix: "Add the row for {{ month | month }}."
-- needs: [recorded_crime.month]
SELECT so.workbook AS _workbook, m.month,
    -- The month may be one that is misspelt, unless more are missing than are misspelt.
    (SELECT group_concat(c._row || ':month', ' ') FROM recorded_crime c
        WHERE c.month IS NULL OR c.month NOT IN (SELECT k.month FROM month k)
        HAVING count(*) >= (SELECT count(*) FROM month k
            WHERE k.due = 1 AND k.month NOT IN (SELECT g.month FROM recorded_crime g WHERE g.month IS NOT NULL)))
        AS _related
FROM month m JOIN source so ON so.table_name = 'recorded_crime'
WHERE m.due = 1 AND NOT EXISTS (SELECT 1 FROM recorded_crime c WHERE c.month = m.month)
ORDER BY m.position
