-- title: No more property marking kits are used than were ordered
-- about: Kits used are a part of the kits ordered, for each area.
-- message: "“{{ used }}” says {{ _actual }}, more than “{{ ordered }}”, which says {{ _expected }}."
-- fix: Correct one of the two figures.
-- format: number
-- needs: [year_end_measures.measure_id, year_end_measures.value]
SELECT u._row, 'value' AS _column, u.value AS _actual, o.value AS _expected, o._row || ':value' AS _related,
    coalesce(u.measure, u.measure_id) AS used, coalesce(o.measure, o.measure_id) AS ordered
FROM year_end_measures u
JOIN year_end_measures o ON (u.measure_id, o.measure_id) IN (VALUES ('YE-06', 'YE-05'), ('YE-08', 'YE-07'))
WHERE _actual > _expected
ORDER BY u._row
