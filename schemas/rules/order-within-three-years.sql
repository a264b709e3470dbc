-- title: A Public Spaces Protection Order lasts at most three years
-- about: Anti-social Behaviour, Crime and Policing Act 2014, section 60. An extension starts a new term.
-- message: "The order {{ order_name }}, in force from {{ in_force_from | date }}, is said to expire on {{ expires_on | date }}. It can last at most three years, to {{ latest | date }}."
-- fix: Correct the date on which the order expires or came into force; for an extended order, give the start of the extension.
-- needs: [orders.in_force_from, orders.expires_on]
SELECT _row, 'expires_on' AS _column, _row || ':in_force_from' AS _related, order_name,
    in_force_from, expires_on, day_before(years_after(in_force_from, 3)) AS latest
FROM orders
WHERE expires_on > latest
ORDER BY _row
