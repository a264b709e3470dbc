-- title: The budgets of each summary add up to the approved total
-- about: >-
--   The year's approved total is the control total; every summary's budgets must come to it. A total that lacks no more
--   than the lines which are not in the summary is not told again; one that alone is wrong is told by the check of totals.
-- message: "The total of the budgets in the summary says {{ _actual }}; the approved total is {{ _expected }}. The difference is {{ _difference }}."
-- fix: Find the line that is missing from the summary, or correct the funding workbook.
-- format: money
-- explainable: true
-- needs: [summary.budget, stated_total.budget, funding.amount]
WITH lines AS (
    SELECT so._source, sum(f.amount) AS together,
        (SELECT sum(s.budget) FROM summary s WHERE s._source = so._source) AS budgets,
        sum(CASE WHEN NOT EXISTS (SELECT 1 FROM summary s WHERE s._source = so._source AND s.ref = f.ref)
            THEN f.amount ELSE 0 END) AS missing
    FROM source so JOIN funding f
    WHERE so.table_name = 'summary'
    GROUP BY so._source
)
SELECT t._row, t.value AS _actual, p.approved_total AS _expected,
    (SELECT group_concat(f._row, ' ') FROM stated_total f WHERE f.table_name = 'funding' AND f.field = 'amount')
        AS _related
FROM stated_total t JOIN period p LEFT JOIN lines l ON l._source = t._source
WHERE t.table_name = 'summary' AND t.field = 'budget' AND _actual <> _expected
    AND NOT (coalesce(l.missing, 0) <> 0 AND t.value = l.together - l.missing)
    AND NOT (l.budgets IS l.together AND t.value <> l.budgets)
    -- Without each of its budgets nothing can be said of their sum.
    AND NOT EXISTS (SELECT 1 FROM summary s WHERE s._source = t._source AND s.budget IS NULL)
ORDER BY t._row
