-- title: Full-time equivalents are no more than people
-- message: "{{ service }} has {{ _actual }} full-time equivalents in {{ month | month }}, and {{ _expected }} people."
-- fix: Correct the headcount or the full-time equivalents.
-- format: number
-- needs: [workforce.service, workforce.headcount, workforce.fte]
SELECT _row, 'fte' AS _column, service, month, fte AS _actual, headcount AS _expected, _row || ':headcount' AS _related
FROM workforce
WHERE _actual > _expected
ORDER BY _row
