-- title: A return is prepared after its month has ended
-- about: A return prepared earlier cannot hold the whole month.
-- message: "The return for {{ month | month }} says that it was prepared on {{ prepared_on | date }}. It must be prepared after the month's last day, {{ month_end | date }}."
-- fix: Correct the date, or prepare the return again from the whole month.
-- needs: [return.prepared_on]
SELECT r._row, 'prepared_on' AS _column, r.prepared_on, r._month AS month, last_day(r._month) AS month_end
FROM "return" r
WHERE r.prepared_on <= month_end
ORDER BY r._row
