-- title: A return's status is Final
-- about: A draft may still change after its figures have been reported.
-- severity: warning
-- message: "The status of the return for {{ month | month }} is Draft."
-- fix: Ask for the final return, or set the status to Final.
-- needs: [return.status]
SELECT _row, 'status' AS _column, _month AS month
FROM "return"
WHERE status = 'Draft'
ORDER BY _row
