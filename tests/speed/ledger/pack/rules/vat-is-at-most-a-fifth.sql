-- title: VAT is at most a fifth of net
-- message: "VAT is {{ _actual }} on {{ net | money }}."
-- fix: Correct the VAT or the net amount.
-- format: money
-- needs: [ledger.net, ledger.vat]
SELECT _row, 'vat' AS _column, vat AS _actual, net FROM ledger WHERE vat * 5 > net ORDER BY _row
