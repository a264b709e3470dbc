-- title: The claim is the sum of its projects
-- message: "The form says {{ _actual }} for {{ figure }}; the projects come to {{ _expected }}."
-- fix: Correct the form, or the project that is wrong.
-- format: money
-- needs: [claim.awarded, claim.claimed_before, claim.claimed_now, claim.claimed_total, projects.awarded, projects.claimed_before, projects.claimed_now, projects.claimed_total]
WITH stated AS (
    SELECT _row, 'awarded' AS field, 'what was awarded' AS figure, awarded AS amount FROM claim
    UNION ALL SELECT _row, 'claimed_before', 'what was claimed before', claimed_before FROM claim
    UNION ALL SELECT _row, 'claimed_now', 'this quarter', claimed_now FROM claim
    UNION ALL SELECT _row, 'claimed_total', 'the whole claim', claimed_total FROM claim
),
summed AS (
    SELECT 'awarded' AS field, sum(awarded) AS amount FROM projects
    UNION ALL SELECT 'claimed_before', sum(claimed_before) FROM projects
    UNION ALL SELECT 'claimed_now', sum(claimed_now) FROM projects
    UNION ALL SELECT 'claimed_total', sum(claimed_total) FROM projects
)
SELECT s._row, s.field AS _column, s.figure, s.amount AS _actual, p.amount AS _expected
FROM stated s JOIN summed p ON p.field = s.field
WHERE s.amount <> p.amount
ORDER BY s.field
