-- title: The return's month agrees with the name of its file
-- about: A return made from last month's often keeps last month's date.
-- message: "The return month says {{ stated | month }}; the name of the file says {{ named | month }}."
-- fix: Correct the return month, or the name of the file.
-- needs: [return.month]
SELECT r._row, 'month' AS _column, r.month AS stated, w.month AS named
FROM "return" r JOIN source s ON s._source = r._source JOIN workbook w ON w.workbook = s.workbook
WHERE r.month <> w.month
ORDER BY r._row
