-- title: No project spends more than its budget
-- about: >-
--   An overspend needs a decision before it is reported. It is shown once, for the month in which it
--   is largest, so that an explanation of a smaller one does not cover it.
-- message: "Spend to date on {{ project }} is {{ _actual }}, more than its budget of {{ _expected }}. The overspend is {{ _difference }}."
-- fix: Correct the figures, or record an explanation of the overspend.
-- format: money
-- explainable: true
-- needs: [summary.ref, summary.budget, summary.spend_to_date]
SELECT s._row, 'spend_to_date' AS _column, s.spend_to_date AS _actual, s.budget AS _expected,
    concat_ws(' ', s._row || ':ref', s._row || ':budget', s._row || ':spend_to_date') AS _related,
    coalesce(s.project, s.ref) AS project
FROM summary s
WHERE _actual > _expected
    AND NOT EXISTS (SELECT 1 FROM summary other
        WHERE other.ref = s.ref
            AND (other.budget - other.spend_to_date, other._month, other._row)
                < (s.budget - s.spend_to_date, s._month, s._row))
ORDER BY s._row
