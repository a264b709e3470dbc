-- title: The change in recorded crime is this year less the previous year
-- about: A formula that was typed over, or that points at another row, shows here.
-- message: "The change for {{ month | month }} says {{ _actual }}; this year less the previous year is {{ _expected }}. The difference is {{ _difference }}."
-- fix: Correct the formula in the Change column.
-- format: integer
-- explainable: true
-- needs: [recorded_crime.month, recorded_crime.this_year, recorded_crime.previous_year, recorded_crime.change]
SELECT _row, 'change' AS _column, change AS _actual, this_year - previous_year AS _expected,
    _row || ':this_year ' || _row || ':previous_year' AS _related, month
FROM recorded_crime
WHERE _actual <> _expected
ORDER BY _row
