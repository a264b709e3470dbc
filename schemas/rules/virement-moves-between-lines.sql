-- title: A virement moves budget from one line to another
-- about: From a line to itself nothing is moved, so one of the two references is wrong.
-- message: "The virement of {{ amount | money }} goes from {{ from_ref }} to {{ to_ref }}, which is the same line."
-- fix: Correct one of the two references.
-- needs: [virements.from_ref, virements.to_ref]
SELECT _row, 'to_ref' AS _column, from_ref, to_ref, amount, _row || ':from_ref' AS _related
FROM virements
WHERE from_ref = to_ref
ORDER BY _row
