-- title: Payments by project add up to the summary's spend this month
-- about: >-
--   The summary is what the committee sees and the payments are what was paid, so they must agree for each project and
--   month. A payment whose project is not known is related, since it may be the one that is missing.
-- message: "The summary says {{ _actual }} was spent on {{ project }} in {{ month | month }}; the payments for it add up to {{ _expected }}. The difference is {{ _difference }}."
-- fix: "Correct the summary, or the payments of {{ month | month }}."
-- format: money
-- explainable: true
-- needs: [spend.project, spend.amount, summary.project, summary.spend_this_month, funding.project]
SELECT s._row, 'spend_this_month' AS _column, s.spend_this_month AS _actual,
    coalesce((SELECT sum(p.amount) FROM spend p WHERE p._month = s._month AND p.project = s.project), 0) AS _expected,
    (SELECT group_concat(p._row || CASE WHEN p.project = s.project THEN ':amount' ELSE ':project' END, ' ')
        FROM spend p
        WHERE p._month = s._month AND (p.project = s.project OR p.project IS NULL
            OR p.project NOT IN (SELECT f.project FROM funding f WHERE f.project IS NOT NULL))
    ) AS _related,
    s.project, s._month AS month
FROM summary s
WHERE s.project IN (SELECT f.project FROM funding f) AND _actual <> _expected
    -- Without the month's payments there is nothing to compare with, and the rule is listed as not run.
    AND EXISTS (SELECT 1 FROM source so WHERE so.table_name = 'spend' AND so.month = s._month)
ORDER BY s._row
