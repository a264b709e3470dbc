-- title: An order ends after it starts
-- about: Dates that were swapped or mistyped show here.
-- message: "The order {{ order_name }} is said to expire on {{ expires_on | date }}, before it came into force on {{ in_force_from | date }}."
-- fix: Correct one of the two dates.
-- needs: [orders.in_force_from, orders.expires_on]
SELECT _row, 'expires_on' AS _column, _row || ':in_force_from' AS _related, coalesce(order_name, '') AS order_name,
    in_force_from, expires_on
FROM orders
WHERE expires_on <= in_force_from
ORDER BY _row
