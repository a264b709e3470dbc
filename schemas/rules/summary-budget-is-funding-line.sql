-- title: The summary's budget is the funding line, with what was moved by virement
-- about: >-
--   Budgets change by a virement that is approved, not by typing over the summary. A later month is held against the month
--   before it, so that one change is shown once.
-- message: "The summary's budget for {{ project }} is {{ _actual }}; its funding line is {{ line | money }}{% if moved %}, and with what was moved by virement {{ _expected }}{% endif %}. The difference is {{ _difference }}."
-- fix: Correct the budget in the summary, or the funding line.
-- format: money
-- explainable: true
-- needs: [summary.ref, summary.budget, funding.ref, funding.amount, virements.approved_on, virements.from_ref, virements.to_ref, virements.amount]
SELECT s._row, 'budget' AS _column, s.budget AS _actual, f.amount + coalesce(v.moved, 0) AS _expected,
    f.amount AS line, v.moved, concat_ws(' ', s._row || ':ref', f._row || ':amount', v.cells) AS _related,
    coalesce(s.project, s.ref) AS project
FROM summary s JOIN funding f ON f.ref = s.ref
LEFT JOIN (SELECT o._row, sum(CASE o.ref WHEN v.to_ref THEN v.amount ELSE -v.amount END) AS moved,
               group_concat(v._row || ':amount', ' ') AS cells
           FROM summary o JOIN virements v ON o.ref IN (v.from_ref, v.to_ref) AND v.from_ref <> v.to_ref
               AND month_of(v.approved_on) <= o._month
           GROUP BY o._row) v ON v._row = s._row
WHERE _actual <> _expected
    AND NOT EXISTS (SELECT 1 FROM summary before
        WHERE before.ref = s.ref AND before._month = months_after(s._month, -1) AND before.budget IS NOT NULL)
ORDER BY s._row
