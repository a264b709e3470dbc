-- title: A budget changes from month to month by an approved virement alone
-- about: >-
--   A virement takes from one line what it gives to another, and somebody with the authority approves it. A budget that is
--   another than last month's without one was typed over, or the virement was not recorded.
-- message: "The budget for {{ project }} is {{ _actual }}; in {{ last_month | month }} it was {{ before | money }}, and {% if moved %}the virements of {{ month | month }} make it {{ _expected }}{% else %}no virement of {{ month | month }} changes it{% endif %}. The difference is {{ _difference }}."
-- fix: "Put the budget back to {{ _expected }}, or record the virement (date, from, to, amount, authority) on the sheet Virements of the funding workbook."
-- format: money
-- explainable: true
-- needs: [summary.ref, summary.budget, virements.approved_on, virements.from_ref, virements.to_ref, virements.amount]
SELECT s._row, 'budget' AS _column, s.budget AS _actual, before.budget + coalesce(v.moved, 0) AS _expected,
    before.budget AS before, before._month AS last_month, s._month AS month, v.moved,
    concat_ws(' ', s._row || ':ref', before._row || ':ref', before._row || ':budget', v.cells) AS _related,
    coalesce(s.project, s.ref) AS project
FROM summary s
JOIN summary before ON before.ref = s.ref AND before._month = months_after(s._month, -1)
LEFT JOIN (SELECT o._row, sum(CASE o.ref WHEN v.to_ref THEN v.amount ELSE -v.amount END) AS moved,
               group_concat(v._row || ':amount', ' ') AS cells
           FROM summary o JOIN virements v ON o.ref IN (v.from_ref, v.to_ref) AND v.from_ref <> v.to_ref
               AND month_of(v.approved_on) = o._month
           GROUP BY o._row) v ON v._row = s._row
WHERE _actual <> _expected
ORDER BY s._row
