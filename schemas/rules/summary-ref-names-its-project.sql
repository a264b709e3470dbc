-- title: The ref and the project of a summary's row are of one funding line
-- about: >-
--   Rows are followed through the year by their ref, and payments by their project. Where a row has the ref of one line
--   and the name of another, its figures are held against those of the wrong project.
-- message: "{{ ref }} is the ref of {{ of_ref }}; {{ project }}, which this row names, has the ref {{ of_project }}."
-- fix: "Correct the ref to {{ of_project }}, or the project to {{ of_ref }}."
-- needs: [summary.ref, summary.project, funding.ref, funding.project]
SELECT s._row, 'ref' AS _column, s.ref, s.project, min(named.project) AS of_ref, min(own.ref) AS of_project,
    s._row || ':project' AS _related
FROM summary s JOIN funding named ON named.ref = s.ref JOIN funding own ON own.project = s.project
WHERE own.ref IS NOT NULL AND named.project IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM funding f WHERE f.ref = s.ref AND f.project = s.project)
GROUP BY s._row
ORDER BY s._row
