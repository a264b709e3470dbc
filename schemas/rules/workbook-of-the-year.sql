-- title: A yearly workbook is of the year that is reported
-- about: >-
--   Last year's workbook that was left in the inbox, or copied into it, would give last year's figures. A name without a
--   year says nothing.
-- message: "The name of the workbook says {{ named }}; the year that is reported is {{ year }}."
-- fix: "Put the workbook of {{ year }} in its place, or correct its name."
-- needs: [workbook]
WITH RECURSIVE place(at) AS (SELECT 1 UNION ALL SELECT at + 1 FROM place WHERE at < 250),
-- Two years that follow each other, such as 2022-23; 2022-04 is a month.
named AS (
    SELECT w.workbook, w.kind, substr(w.stem, p.at, 7) AS name
    FROM workbook w JOIN place p ON substr(w.stem, p.at, 7) GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]'
    WHERE w.month IS NULL AND w.state = 'read'
        AND (CAST(substr(w.stem, p.at, 4) AS INTEGER) + 1) % 100 = CAST(substr(w.stem, p.at + 5, 2) AS INTEGER)
)
SELECT n.workbook AS _workbook, min(n.name) AS named, p.year
FROM named n JOIN period p
-- Explanations name the workbook that they are for.
WHERE n.kind <> 'explanations'
    AND NOT EXISTS (SELECT 1 FROM named o WHERE o.workbook = n.workbook AND o.name = p.year)
GROUP BY n.workbook
ORDER BY n.workbook
