-- title: Payments by project add up to the summary's spend this month
-- about: >-
--   The summary is what the committee sees and the payments are what was paid, so they must agree for each project and
--   month. A payment whose project is not known is related where its amount is the difference, alone, with the others
--   of the same name, or with all of the month; so is a ref that is another project's, as the project may be wrong. Else
--   the difference is a fault of its own.
-- message: "The summary says {{ _actual }} was spent on {{ project }} in {{ month | month }}; the payments for it add up to {{ _expected }}. The difference is {{ _difference }}."
-- fix: "Correct the summary, or the payments of {{ month | month }}."
-- format: money
-- explainable: true
-- needs: [spend.project, spend.amount, summary.project, summary.spend_this_month, funding.project]
WITH known AS (SELECT project FROM funding WHERE project IS NOT NULL),
compared AS (
    SELECT s._row, s._month AS month, s.ref, s.project, s.spend_this_month AS stated,
        coalesce((SELECT sum(p.amount) FROM spend p WHERE p._month = s._month AND p.project = s.project), 0) AS paid
    FROM summary s
    -- Without the month's payments there is nothing to compare with, and the rule is listed as not run.
    WHERE s.project IN known AND s._month IN (SELECT so.month FROM source so WHERE so.table_name = 'spend')
),
unknown AS (
    SELECT p._row, p._month AS month, p.amount, sum(p.amount) OVER (PARTITION BY p._month, p.project) AS alike,
        sum(p.amount) OVER (PARTITION BY p._month) AS together
    FROM spend p
    WHERE p.project IS NULL OR p.project NOT IN known
)
SELECT c._row, 'spend_this_month' AS _column, c.stated AS _actual, c.paid AS _expected, c.project, c.month,
    concat_ws(' ',
        (SELECT c._row || ':ref' FROM funding f WHERE f.ref = c.ref AND f.project <> c.project LIMIT 1),
        (SELECT group_concat(p._row || ':amount', ' ') FROM spend p
            WHERE p._month = c.month AND p.project = c.project),
        (SELECT group_concat(u._row || ':project', ' ') FROM unknown u
            WHERE u.month = c.month
                AND (u.amount IS NULL OR c.stated - c.paid IN (u.amount, u.alike, u.together)))) AS _related
FROM compared c
WHERE _actual <> _expected
ORDER BY c._row
