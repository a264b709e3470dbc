-- title: Orders that end within twelve months of the committee's date
-- about: The committee may wish to start the consultation on an extension in time.
-- severity: info
-- message: "The order {{ order_name }} expires on {{ expires_on | date }}, {{ days | integer }} day{% if days != 1 %}s{% endif %} after the committee's date."
-- fix: Decide whether to consult on extending it.
-- needs: [orders.expires_on]
SELECT o._row, 'expires_on' AS _column, o.order_name, o.expires_on,
    days_between(p.committee_date, o.expires_on) AS days
FROM orders o JOIN period p
WHERE o.expires_on >= p.committee_date AND o.expires_on < years_after(p.committee_date, 1)
ORDER BY o._row
