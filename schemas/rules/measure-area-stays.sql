-- title: A measure stands in one area all year
-- about: The appendix prints measures by their area, so one that moves would be printed twice, each time with the whole figure.
-- message: "{{ measure_id }} stands in the area {{ said }} here; in other months it stands in {{ usual }}."
-- fix: "Set the area of {{ measure_id }} to the same in each month."
-- needs: [measures.measure_id, measures.area]
WITH counted AS (
    SELECT m.measure_id, m.area, count(*) AS months, min(m._row) AS first
    FROM measures m
    WHERE m.measure_id IS NOT NULL AND m.area IN
        (SELECT value FROM allowed_value WHERE table_name = 'measures' AND field = 'area')
    GROUP BY m.measure_id, m.area
),
usual AS (
    SELECT c.measure_id, c.area
    FROM counted c
    WHERE NOT EXISTS (SELECT 1 FROM counted o
        WHERE o.measure_id = c.measure_id AND (o.months, c.first) > (c.months, o.first))
)
SELECT m._row, 'area' AS _column, m.measure_id, m.area AS said, u.area AS usual
FROM measures m JOIN usual u ON u.measure_id = m.measure_id
WHERE m.area <> u.area AND m.area IN (SELECT c.area FROM counted c WHERE c.measure_id = m.measure_id)
ORDER BY m._row
