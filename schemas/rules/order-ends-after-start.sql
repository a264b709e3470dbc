-- title: An order ends after it starts
-- about: Dates that were swapped or mistyped show here.
-- message: "The order {{ order_name }} is said to come into force on {{ in_force_from | date }} and to expire on {{ expires_on | date }}. It must expire after it comes into force."
-- fix: Correct one of the two dates.
-- needs: [orders.in_force_from, orders.expires_on]
SELECT _row, 'expires_on' AS _column, _row || ':in_force_from' AS _related, order_name,
    in_force_from, expires_on
FROM orders
WHERE expires_on <= in_force_from
ORDER BY _row
