-- title: What is paid for has a quantity
-- message: "{{ _actual }} is paid for a quantity of nothing."
-- fix: Give the quantity, or take the amount away.
-- format: money
-- needs: [ledger.quantity, ledger.gross]
SELECT _row, 'quantity' AS _column, gross AS _actual FROM ledger WHERE quantity = 0 AND gross <> 0 ORDER BY _row
