-- title: No payment is listed under two references
-- about: >-
--   The same day, payee and amount under another reference is often one invoice that was entered, or paid, twice. Where
--   there were two in earnest, nothing needs doing. Journals of one day and amount for two projects are two lines of the
--   grant.
-- severity: warning
-- message: "{{ _actual }} to {{ payee }} on {{ paid_on | date }} is listed as {{ reference }} here and as {{ other }} in {{ where }}. It could be one payment under two references."
-- fix: "Compare the two invoices. If it was paid once, delete one of the rows; if it was paid twice by mistake, ask for the money back."
-- format: money
-- needs: [spend.paid_on, spend.payee, spend.amount, spend.reference]
WITH payment AS (
    SELECT p._row, p.project, p.paid_on, p.payee, p.amount, p.reference, p._line, p._month, s.sheet, s.workbook
    FROM spend p JOIN source s ON s._source = p._source
    WHERE p.amount <> 0 AND p.paid_on IS NOT NULL AND p.payee IS NOT NULL AND p.reference IS NOT NULL
)
SELECT p._row, 'amount' AS _column, p.amount AS _actual, p.payee, p.paid_on, p.reference, first.reference AS other,
    'row ' || first._line || CASE WHEN first.workbook = p.workbook THEN '' ELSE ' of ' || first.workbook END AS "where",
    first._row || ':amount' AS _related
FROM payment p
JOIN payment first ON first._row = (SELECT min(o._row) FROM payment o
    WHERE o.paid_on = p.paid_on AND lower(o.payee) = lower(p.payee) AND o.amount = p.amount
        AND o.reference <> p.reference AND (o.project IS p.project OR p.reference NOT LIKE 'JNL-%'))
WHERE first._row < p._row
ORDER BY p._row
