-- title: The payments of a month are not those of the month before
-- about: >-
--   A grant may be paid in equal parts each month. When every payment of a month has the project, payee and amount of one of
--   the month before, the sheet was made from last month's and its rows were left in.
-- severity: warning
-- message: "Each of the {{ rows }} payments on this sheet has the project, payee and amount of one in {{ last_month | month }}. The rows could be last month's, left in."
-- fix: "Compare the sheet with the payments of {{ month | month }}."
-- needs: [spend.project, spend.payee, spend.amount]
WITH listed AS (
    SELECT p._source, p._month AS month, p._row, p.amount, concat_ws(char(10), coalesce(p.project, ''), coalesce(p.payee, ''), coalesce(p.amount, '')) AS payment,
        row_number() OVER (PARTITION BY p._source, p.project, p.payee, p.amount ORDER BY p._row) AS copy
    FROM spend p
),
compared AS (
    SELECT l._source, l.month, min(l._row) AS first, count(*) AS rows, count(before._row) AS same,
        max(before.month) AS last_month, min(before._row) || ':amount' AS cells
    FROM listed l
    LEFT JOIN listed before ON before.month = months_after(l.month, -1) AND before.payment = l.payment
        AND before.copy = l.copy
    GROUP BY l._source
)
SELECT c.first AS _row, 'amount' AS _column, c.rows, c.month, c.last_month, c.cells AS _related
FROM compared c
WHERE c.same = c.rows AND c.rows >= 3
ORDER BY c.first
