-- title: The summary's budget is the funding line
-- about: Budgets change by a virement that is approved, not by typing over the summary.
-- message: "The summary's budget for {{ project }} is {{ _actual }}; its funding line is {{ _expected }}. The difference is {{ _difference }}."
-- fix: Correct the budget in the summary, or the funding line.
-- format: money
-- explainable: true
-- needs: [summary.ref, summary.budget, funding.ref, funding.amount]
SELECT s._row, 'budget' AS _column, s.budget AS _actual, f.amount AS _expected, f._row || ':amount' AS _related,
    coalesce(s.project, s.ref) AS project
FROM summary s JOIN funding f ON f.ref = s.ref
WHERE _actual <> _expected
ORDER BY s._row
