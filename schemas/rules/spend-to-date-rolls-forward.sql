-- title: Spend to date is last month's spend to date plus this month's spend
-- about: A figure that was typed over, or a month restated after it was returned, shows here.
-- message: "Spend to date for {{ project }} says {{ _actual }}; {% if before is none %}in the year's first month it must be the spend this month, which is {{ _expected }}.{% else %}last month's {{ before | money }} plus this month's {{ this_month | money }} is {{ _expected }}.{% endif %} The difference is {{ _difference }}."
-- fix: Correct spend to date, or return the earlier month again.
-- format: money
-- explainable: true
-- needs: [summary.ref, summary.spend_this_month, summary.spend_to_date]
SELECT s._row, 'spend_to_date' AS _column, s.spend_to_date AS _actual,
    coalesce(last.spend_to_date, 0) + s.spend_this_month AS _expected,
    concat_ws(' ', s._row || ':ref', s._row || ':spend_this_month', last._row || ':ref', last._row || ':spend_to_date')
        AS _related,
    coalesce(s.project, s.ref) AS project, s.spend_this_month AS this_month, last.spend_to_date AS before
FROM summary s
JOIN month m ON m.month = s._month
LEFT JOIN summary last ON last.ref = s.ref AND last._month = months_after(s._month, -1)
WHERE (m.position = 1 OR last.spend_to_date IS NOT NULL) AND _actual <> _expected
ORDER BY s._row
