-- title: The workforce return has each month of the year
-- about: A month's sheet is known by its name, such as Apr 2024. A sheet with another name is not read.
-- message: "The workforce return has no sheet for {{ month | month }}."
-- fix: "Add the sheet, or correct its name: it must be the first three letters of the month, a space, and the year."
-- needs: [workforce.month]
SELECT w.workbook AS _workbook, m.month
FROM month m JOIN workbook w ON w.kind = 'workforce' AND w.state = 'read'
WHERE m.due = 1 AND m.month NOT IN (SELECT month FROM workforce WHERE month IS NOT NULL)
ORDER BY m.position
