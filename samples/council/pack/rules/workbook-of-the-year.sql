-- title: A workbook is of the year that is reported
-- about: Last year's workbook that was left in the inbox would give last year's figures.
-- message: "The name of the workbook does not say {{ year }}, the year that is reported."
-- fix: "Put the workbook of {{ year }} in its place, or correct its name."
-- needs: [workbook]
SELECT w.workbook AS _workbook, p.year
FROM workbook w JOIN period p
WHERE w.state = 'read' AND instr(w.stem, p.year) = 0
ORDER BY w.workbook
