-- title: The budgets of each summary add up to the approved total
-- about: The year's approved total is the control total; every summary's budgets must come to it.
-- message: "The total of the budgets in the summary says {{ _actual }}; the approved total is {{ _expected }}. The difference is {{ _difference }}."
-- fix: Find the line that is missing from the summary, or correct the funding workbook.
-- format: money
-- explainable: true
-- needs: [summary.budget, stated_total.budget, funding.amount]
SELECT t._row, t.value AS _actual, p.approved_total AS _expected,
    (SELECT group_concat(f._row, ' ') FROM stated_total f WHERE f.table_name = 'funding' AND f.field = 'amount')
        AS _related
FROM stated_total t JOIN period p
WHERE t.table_name = 'summary' AND t.field = 'budget' AND _actual <> _expected
ORDER BY t._row
