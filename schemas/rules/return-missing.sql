-- title: Each month that is due has a return
-- about: A month without a return is a month without figures.
-- message: "There is no return for {{ month | month }}."
-- fix: "Put the return for {{ month | month }} into the inbox. Its name begins with {{ month }}."
-- needs: [workbook]
SELECT m.month
FROM month m
WHERE m.due = 1 AND NOT EXISTS (SELECT 1 FROM workbook w WHERE w.kind = 'return' AND w.month = m.month)
ORDER BY m.position
