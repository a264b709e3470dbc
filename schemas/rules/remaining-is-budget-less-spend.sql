-- title: Remaining is budget less spend to date
-- about: A formula that was typed over, or that points at another row, shows here.
-- message: "Remaining for {{ project }} says {{ _actual }}; budget less spend to date is {{ _expected }}. The difference is {{ _difference }}."
-- fix: Correct the formula in the Remaining column.
-- format: money
-- explainable: true
-- needs: [summary.budget, summary.spend_to_date, summary.remaining]
SELECT _row, 'remaining' AS _column, remaining AS _actual, budget - spend_to_date AS _expected,
    _row || ':budget ' || _row || ':spend_to_date' AS _related, coalesce(project, ref) AS project
FROM summary
WHERE _actual <> _expected
ORDER BY _row
