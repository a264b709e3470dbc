-- title: Each month's summary lists each funded project once
-- about: A project that is left out of a summary would be left out of the position that committee sees.
-- message: "{% if times == 0 %}{{ project }} ({{ ref }}) is missing from the summary for {{ month | month }}.{% else %}{{ project }} ({{ ref }}) is listed {{ times }} times in the summary for {{ month | month }}.{% endif %} Each funded project must be listed once."
-- fix: "List {{ project }} once in the summary."
-- needs: [summary.ref, funding.ref]
WITH known AS (SELECT ref FROM funding WHERE ref IS NOT NULL),
-- A project that is missing is the one that is named beside another's ref. Else it may be the one whose ref is misspelt,
-- unless more are missing than are misspelt.
misspelt AS (
    SELECT s._source, group_concat(s._row || ':ref', ' ') AS cells, count(*) AS times
    FROM summary s
    WHERE s.ref IS NULL OR s.ref NOT IN (SELECT ref FROM known)
    GROUP BY s._source
),
missing AS (
    SELECT so._source, count(*) AS times
    FROM source so JOIN known k
    WHERE so.table_name = 'summary'
        AND NOT EXISTS (SELECT 1 FROM summary s WHERE s._source = so._source AND s.ref = k.ref)
    GROUP BY so._source
)
SELECT so.workbook AS _workbook, f.ref, f.project, so.month,
    (SELECT count(*) FROM summary s WHERE s._source = so._source AND s.ref = f.ref) AS times,
    (SELECT max(s._row) FROM summary s WHERE s._source = so._source AND s.ref = f.ref) AS _row, 'ref' AS _column,
    coalesce((SELECT group_concat(s._row || ':ref', ' ') FROM summary s
            WHERE s._source = so._source AND s.ref = f.ref),
        (SELECT group_concat(s._row || ':ref', ' ') FROM summary s
            WHERE s._source = so._source AND s.project = f.project AND s.ref IN (SELECT ref FROM known)),
        (SELECT i.cells FROM misspelt i JOIN missing g ON g._source = i._source
            WHERE i._source = so._source AND g.times <= i.times)) AS _related
FROM source so JOIN funding f
WHERE so.table_name = 'summary' AND f.ref IS NOT NULL AND times <> 1
ORDER BY so._source, f._row
