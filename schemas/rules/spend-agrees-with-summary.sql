-- title: Payments by project add up to the summary's spend this month
-- about: >-
--   The summary is what the committee sees and the payments are what was paid, so they must agree for each project and
--   month. A payment whose project is not known is related where it may be one that is missing, by its amount.
-- message: "The summary says {{ _actual }} was spent on {{ project }} in {{ month | month }}; the payments for it add up to {{ _expected }}. The difference is {{ _difference }}."
-- fix: "Correct the summary, or the payments of {{ month | month }}."
-- format: money
-- explainable: true
-- needs: [spend.project, spend.amount, summary.project, summary.spend_this_month, funding.project]
WITH known AS (SELECT project FROM funding WHERE project IS NOT NULL),
compared AS (
    SELECT s._row, s._month AS month, s.project, s.spend_this_month AS stated,
        coalesce((SELECT sum(p.amount) FROM spend p WHERE p._month = s._month AND p.project = s.project), 0) AS paid
    FROM summary s
    -- Without the month's payments there is nothing to compare with, and the rule is listed as not run.
    WHERE s.project IN known AND s._month IN (SELECT so.month FROM source so WHERE so.table_name = 'spend')
)
SELECT c._row, 'spend_this_month' AS _column, c.stated AS _actual, c.paid AS _expected, c.project, c.month,
    (SELECT group_concat(p._row || CASE WHEN p.project = c.project THEN ':amount' ELSE ':project' END, ' ')
        FROM spend p
        WHERE p._month = c.month AND (p.project = c.project OR (
            (p.project IS NULL OR p.project NOT IN known)
            AND (p.amount IS NULL OR p.amount BETWEEN min(0, c.stated - c.paid) AND max(0, c.stated - c.paid))))
    ) AS _related
FROM compared c
WHERE _actual <> _expected
ORDER BY c._row
