-- title: The variance of a budget line is its budget less the full year
-- message: "The variance of {{ budget_line }} says {{ _actual }}; its budget less what its twelve months come to is {{ _expected }}."
-- fix: Correct the formula in the Variance column.
-- format: money
-- needs: [monitor.budget_line, monitor.budget, monitor.amount, monitor.variance]
SELECT min(_row) AS _row, 'variance' AS _column, budget_line, max(variance) AS _actual,
    max(budget) - sum(amount) AS _expected,
    min(_row) || ':budget ' || group_concat(_row || ':amount', ' ') AS _related
FROM monitor
GROUP BY service, budget_line
HAVING max(variance) <> max(budget) - sum(amount)
ORDER BY min(_row)
