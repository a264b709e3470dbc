-- title: An entry stands under the directorate of its cost centre
-- message: "{{ cost_centre }} belongs to {{ belongs }}, not to {{ directorate }}."
-- fix: Correct the directorate or the cost centre.
-- needs: [ledger.cost_centre, ledger.directorate, cost_centres.directorate]
SELECT l._row, 'directorate' AS _column, l.cost_centre, l.directorate, c.directorate AS belongs
FROM ledger l JOIN cost_centres c ON c.cost_centre = l.cost_centre
WHERE l.directorate <> c.directorate ORDER BY l._row
