-- title: Gross is net and VAT
-- message: "Gross says {{ _actual }}; net and VAT come to {{ _expected }}."
-- fix: Correct the figure that is wrong.
-- format: money
-- needs: [ledger.net, ledger.vat, ledger.gross]
SELECT _row, 'gross' AS _column, gross AS _actual, net + vat AS _expected FROM ledger WHERE gross <> net + vat ORDER BY _row
