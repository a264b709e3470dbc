-- title: Each month has one return
-- about: >-
--   Two returns for one month would be counted twice. A second one is taken in place of the first only when its status
--   says Resubmission.
-- message: "There is another return for {{ month | month }}: {{ other }}. Its figures are used, and those of this workbook are not."
-- fix: "Remove one of the two, or set the status of the later one to Resubmission."
-- needs: [workbook]
SELECT w.workbook AS _workbook, w.month, other.workbook AS other
FROM workbook w JOIN workbook other ON other.kind = w.kind AND other.month = w.month AND other.state = 'read'
WHERE w.state = 'repeated'
ORDER BY w.workbook
