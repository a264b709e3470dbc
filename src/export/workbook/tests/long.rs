//! Long tables, whose rows are written as markup: they read as short ones do, and go on over several sheets.

use std::cell::Cell;
use std::ops::ControlFlow;
use std::sync::Arc;

use super::super::{BOUNDS, Bounds, WorkbookError, consolidated_within};
use super::fixture::{PLAN, Rows, face, plan, tables};
use super::readback::dump;
use crate::export::tests::read_back::part;
use crate::model::{Place, QueryError, Scalar, Silent, StoredRows};

/// The workbook with other numbers of rows on a sheet and of a long table.
fn within(on_a_sheet: u32, long: u32, rows: &Rows) -> Result<Vec<u8>, WorkbookError> {
    consolidated_within(Bounds { on_a_sheet, long }, &plan(PLAN), PLAN, &tables(), rows, &face(), &Silent)
}

const SHEETS: [&str; 5] = ["Cover", "Contents", "Notes", "Position by project", "Payments"];

#[test]
fn a_long_table_reads_as_a_short_one() {
    let texts = "
        UPDATE spend SET payee = 'Tom & Ann <Ltd> _x0041_ ' || char(7) || char(13) || char(10) || 'next ' WHERE _row = 10;
        UPDATE spend SET project = printf('%.*c', 40000, 'a') WHERE _row = 11;
        UPDATE spend SET paid = '1899-12-31', payee = '' WHERE _row = 12;
        UPDATE source SET workbook = 'returns/ﬁve 😀.xlsx' WHERE _source = 2;
        UPDATE funding SET amount = amount + 1 WHERE _row = 2;
    ";
    let rows = Rows::with(texts);
    let (short, long) = (within(BOUNDS.on_a_sheet, 3, &rows).unwrap(), within(BOUNDS.on_a_sheet, 2, &rows).unwrap());
    assert!(!part(&short, "xl/worksheets/sheet5.xml").contains("inlineStr"));
    assert!(part(&long, "xl/worksheets/sheet5.xml").contains("inlineStr"));
    for sheet in SHEETS {
        assert_eq!(dump(&long, sheet), dump(&short, sheet), "{sheet}");
    }
    let tables =
        |bytes: &[u8]| (1..=4).map(|table| part(bytes, &format!("xl/tables/table{table}.xml"))).collect::<Vec<_>>();
    assert_eq!(tables(&long), tables(&short));
    let heights = |bytes: &[u8]| {
        let sheet = part(bytes, "xl/worksheets/sheet5.xml");
        let heights = sheet
            .split("<row ")
            .skip(1)
            .filter_map(|row| Some(row.split_once(" ht=\"")?.1.split_once('"')?.0.to_owned()));
        (
            heights.collect::<Vec<_>>(),
            sheet.split_once("<dimension ref=\"").unwrap().1.split_once('"').unwrap().0.to_owned(),
        )
    };
    assert_eq!(heights(&long), heights(&short));
    assert_eq!(long, within(BOUNDS.on_a_sheet, 2, &rows).unwrap(), "the same bytes");
}

#[test]
fn a_table_goes_on_over_sheets() {
    let bytes = within(2, 5_000, &Rows::new()).unwrap();
    assert_eq!(
        dump(&bytes, "Payments"),
        "\
'Payments'
'Financial year 2022-23, April 2022 to March 2023. One table with 2 rows and a total row. These are rows 1 to 2 of 3 on 2 \
sheets; the total row is of this sheet alone, and the total of all stands on Payments (2). Read [note 2], [note 3] and \
[note 4].'
'Back to contents'
'Date paid' | 'Month' | 'Payee' | 'Project' | 'Amount [£]' | 'Grant paid' | 'Share' | 'Source workbook' | \
'Source sheet' | 'Source row'
2022-04-08 | 2022-04-01 | 'https://example.org' | 'Dawn Project' | 0.2 | 'No' | 0.5 | \
'monthly/2022-04 April return.xlsx' | 'Spend' | 8
2022-04-29 | 2022-04-01 | '=SUM(A1:A9)' | 'Dawn Project' | 0.1 | 'Yes' | 0.125 | \
'monthly/2022-04 April return.xlsx' | 'Spend' | 9
'Total of this sheet' |  |  |  | =SUBTOTAL(109,Payments[Amount '[£']]) -> 0.3
"
    );
    assert_eq!(
        dump(&bytes, "Payments (2)"),
        "\
'Payments'
'Financial year 2022-23, April 2022 to March 2023. One table with 1 row and a total row. These are rows 3 to 3 of 3 on 2 \
sheets; under the total row of this sheet stands the total of all. Read [note 2], [note 3] and [note 4].'
'Back to contents'
'Date paid' | 'Month' | 'Payee' | 'Project' | 'Amount [£]' | 'Grant paid' | 'Share' | 'Source workbook' | \
'Source sheet' | 'Source row'
 |  | '+44 1905' | 'Worcester Street Pastors' | -0.03 |  |  | 'monthly/2022-04 April return.xlsx' | 'Spend' | 10
'Total of this sheet' |  |  |  | =SUBTOTAL(109,Payments[Amount '[£']]) -> -0.03
'Total of all 2 sheets' |  |  |  | =SUBTOTAL(109,Payments[Amount '[£']])+SUBTOTAL(109,Payments__2[Amount '[£']]) -> 0.27
"
        .replace("SUBTOTAL(109,Payments[Amount '[£']]) -> -0.03", "SUBTOTAL(109,Payments__2[Amount '[£']]) -> -0.03")
    );
    let contents = dump(&bytes, "Contents");
    for line in ["'Payments' | 'Payments' | 2\n", "'Payments (2)' | 'Payments' | 1\n"] {
        assert!(contents.contains(line), "{contents}");
    }
    let notes = dump(&bytes, "Notes");
    assert!(
        notes.contains(
            "'Position by project, Position by project (2), Payments and Payments (2)' | 'The table has more rows than a \
             sheet of Excel can hold, so it goes on over several sheets."
        ),
        "{notes}"
    );
    assert!(part(&bytes, "xl/tables/table6.xml").contains("ref=\"A4:J6\" totalsRowCount=\"1\""));
}

#[test]
fn a_table_that_just_fits_stays_on_one_sheet() {
    let bytes = within(3, 5_000, &Rows::new()).unwrap();
    let payments = dump(&bytes, "Payments");
    assert!(payments.contains("One table with 3 rows and a total row. Read [note 2] and [note 3]."), "{payments}");
    assert!(payments.contains("'Total' |"), "{payments}");
    assert!(!dump(&bytes, "Contents").contains("(2)"));
}

#[test]
fn values_that_do_not_fit_are_told_of_long_tables_too() {
    let rows = Rows::with("UPDATE spend SET amount = 'most' WHERE _row >= 11");
    let error = within(BOUNDS.on_a_sheet, 2, &rows).unwrap_err();
    let WorkbookError::Plan(mistakes) = &error else { panic!("{error}") };
    let told: Vec<String> = mistakes.all().iter().map(ToString::to_string).collect();
    // The query of the first sheet adds the text up.
    assert_eq!(
        told.last().unwrap(),
        "consolidated.yaml, line 29, sheets[1].columns[0]: the value most in row 2 of Amount [£] on the sheet Payments is not \
         an amount. Allowed: whole pence, for example CAST(… AS INTEGER)."
    );
}

/// Rows of which the payments can be read once, and the second time up to their second row.
struct ReadOnce(Rows, Cell<usize>);

impl StoredRows for ReadOnce {
    fn stream(
        &self,
        query: &str,
        each: &mut dyn FnMut(&[Scalar]) -> ControlFlow<()>,
    ) -> Result<Vec<String>, QueryError> {
        if !query.contains("\"paid\"") || self.1.replace(1) == 0 {
            return self.0.stream(query, each);
        }
        let mut left = 2;
        self.0.stream(query, &mut |row| {
            left -= 1;
            if left == 0 { ControlFlow::Break(()) } else { each(row) }
        })?;
        Err(QueryError { message: "the query takes too long and was stopped".into(), line: None })
    }

    fn columns(&self, query: &str) -> Result<Vec<String>, QueryError> {
        self.0.columns(query)
    }

    fn place(&self, row: i64, field: Option<&str>) -> Option<Place> {
        self.0.place(row, field)
    }

    fn table(&self, row: i64) -> Option<Arc<str>> {
        self.0.table(row)
    }

    fn origins(&self, query: &str) -> Result<Vec<Place>, QueryError> {
        self.0.origins(query)
    }
}

#[test]
fn a_query_that_fails_half_way_is_told() {
    let made = |on_a_sheet| {
        let rows = ReadOnce(Rows::new(), Cell::new(0));
        let bounds = Bounds { on_a_sheet, long: 2 };
        consolidated_within(bounds, &plan(PLAN), PLAN, &tables(), &rows, &face(), &Silent).unwrap_err().to_string()
    };
    let said = "The sheet Payments could not be filled: the query takes too long and was stopped";
    assert_eq!((made(3).as_str(), made(1).as_str()), (said, said));
}
