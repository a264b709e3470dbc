-- title: No payment is listed under two references
-- about: >-
--   The same day, payee and amount under another reference is often one invoice that was entered, or paid, twice. Where
--   there were two in earnest, nothing needs doing. Journals of one day and amount for two projects are two lines of the
--   grant.
-- severity: warning
-- message: "{{ _actual }} to {{ payee }} on {{ paid_on | date }} is listed as {{ reference }} here and as {{ other }} in {{ where }}. It could be one payment under {% if times > 2 %}{{ times }}{% else %}two{% endif %} references."
-- fix: "Compare the two invoices. If it was paid once, delete one of the rows; if it was paid twice by mistake, ask for the money back."
-- format: money
-- needs: [spend.paid_on, spend.payee, spend.amount, spend.reference]
WITH payment AS (
    SELECT min(p._row) AS _row, p.paid_on, lower(p.payee) AS paid_to, p.amount, p.reference,
        CASE WHEN p.reference LIKE 'JNL-%' THEN p.project END AS line
    FROM spend p
    WHERE p.amount <> 0 AND p.paid_on IS NOT NULL AND p.payee IS NOT NULL AND p.reference IS NOT NULL
    GROUP BY p.paid_on, paid_to, p.amount, line, p.reference
),
alike AS (
    SELECT _row, first_value(_row) OVER same AS first, row_number() OVER same AS position, count(*) OVER
        (PARTITION BY paid_on, paid_to, amount, line) AS times
    FROM payment
    WINDOW same AS (PARTITION BY paid_on, paid_to, amount, line ORDER BY _row)
)
SELECT a._row, 'amount' AS _column, p.amount AS _actual, p.payee, p.paid_on, p.reference, o.reference AS other, a.times,
    'row ' || o._line || CASE WHEN t.workbook = s.workbook THEN '' ELSE ' of ' || t.workbook END AS "where",
    o._row || ':amount' AS _related
FROM alike a JOIN spend p ON p._row = a._row JOIN source s ON s._source = p._source
JOIN spend o ON o._row = a.first JOIN source t ON t._source = o._source
WHERE a.position = 2
ORDER BY a._row
