-- title: No item of a project claims more than was awarded for it
-- message: "{{ item }} of {{ project }} claims {{ _actual }} in total; {{ _expected }} was awarded."
-- fix: Correct the claim, or ask the fund to change the award.
-- format: money
-- needs: [projects.project, projects.item, projects.awarded, projects.claimed_total]
SELECT _row, 'claimed_total' AS _column, project, item, claimed_total AS _actual, awarded AS _expected,
    _row || ':awarded' AS _related
FROM projects
WHERE _actual > _expected
ORDER BY _row
