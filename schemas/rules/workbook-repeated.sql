-- title: Each yearly workbook is there once
-- about: Two workbooks of one kind would be counted twice, so only the first is used.
-- message: "There is another {{ title }}: {{ other }}. Its figures are used, and those of this workbook are not."
-- fix: Remove one of the two.
-- needs: [workbook]
SELECT w.workbook AS _workbook, w.title, other.workbook AS other
FROM workbook w JOIN workbook other ON other.kind = w.kind AND other.month IS NULL AND other.state = 'read'
WHERE w.state = 'repeated' AND w.month IS NULL
ORDER BY w.workbook
