-- title: No invoice is entered twice
-- message: "The invoice {{ invoice }} is entered above too."
-- fix: Delete the entry that is too many, or correct its invoice.
-- needs: [ledger.invoice]
WITH numbered AS (SELECT _row, invoice, row_number() OVER (PARTITION BY invoice ORDER BY _row) AS place FROM ledger
    WHERE invoice IS NOT NULL)
SELECT _row, 'invoice' AS _column, invoice FROM numbered WHERE place = 2 ORDER BY _row
