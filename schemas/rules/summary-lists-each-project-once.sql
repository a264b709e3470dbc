-- title: Each month's summary lists each funded project once
-- about: A project that is left out of a summary would be left out of the position that committee sees.
-- message: "{% if times == 0 %}{{ project }} ({{ ref }}) is missing from the summary for {{ month | month }}.{% else %}{{ project }} ({{ ref }}) is {{ times }} times in the summary for {{ month | month }}.{% endif %} Each funded project must be listed once."
-- fix: "List {{ project }} once in the summary."
-- needs: [summary.ref, funding.ref]
SELECT so.workbook AS _workbook, f.ref, f.project, so.month,
    (SELECT count(*) FROM summary s WHERE s._source = so._source AND s.ref = f.ref) AS times,
    (SELECT max(s._row) FROM summary s WHERE s._source = so._source AND s.ref = f.ref) AS _row, 'ref' AS _column,
    (SELECT group_concat(s._row || ':ref', ' ') FROM summary s
        WHERE s._source = so._source AND (s.ref = f.ref OR s.ref IS NULL
            OR s.ref NOT IN (SELECT g.ref FROM funding g WHERE g.ref IS NOT NULL))) AS _related
FROM source so JOIN funding f
WHERE so.table_name = 'summary' AND f.ref IS NOT NULL AND times <> 1
ORDER BY so._source, f._row
