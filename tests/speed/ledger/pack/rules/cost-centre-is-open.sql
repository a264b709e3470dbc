-- title: Nothing is posted to a cost centre after it was closed
-- message: "{{ cost_centre }} was closed on {{ closed_on | date }}; this is posted on {{ posted_on | date }}."
-- fix: Correct the cost centre or the date.
-- needs: [ledger.cost_centre, ledger.posted_on, cost_centres.closed_on]
SELECT l._row, 'cost_centre' AS _column, l.cost_centre, l.posted_on, c.closed_on
FROM ledger l JOIN cost_centres c ON c.cost_centre = l.cost_centre
WHERE l.posted_on > c.closed_on ORDER BY l._row
