-- title: The payments of a service are no more than its actual spend
-- about: >-
--   The list has the payments over £500 alone, so that it can be less than what the monitor shows as spent, and never more.
--   Only the months count for which the monitor has actual figures.
-- message: "The payments listed for {{ service }} come to {{ _actual }}, more than its actual spend of {{ _expected }}."
-- fix: Look for a payment that is listed under the wrong service or twice, or for a month that the monitor lacks.
-- format: money
-- needs: [payments.paid_on, payments.service, payments.amount, monitor.service, monitor.month, monitor.amount]
WITH actual AS (SELECT service, month, sum(amount) AS spend FROM monitor WHERE basis = 'Actual' GROUP BY service, month)
SELECT min(p._row) AS _row, 'amount' AS _column, p.service, sum(p.amount) AS _actual,
    (SELECT sum(spend) FROM actual WHERE service = p.service) AS _expected
FROM payments p
WHERE EXISTS (SELECT 1 FROM actual a WHERE a.service = p.service AND a.month = month_of(p.paid_on))
GROUP BY p.service
HAVING _actual > _expected
ORDER BY min(p._row)
