//! What stands in the file: read back with another library, and as XML where that does not tell.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};

use super::super::WorkbookError;
use super::super::consolidated;
use super::fixture::{PLAN, Rows, face, plan, tables, written};
use crate::export::tests::read_back::part;
use crate::model::Silent;

fn opened(bytes: &[u8]) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(bytes.to_vec())).unwrap()
}

/// The rows of a sheet, cells divided by ` | `: texts in quotes, numbers as they are, a formula before its result.
pub fn dump(bytes: &[u8], sheet: &str) -> String {
    let mut workbook = opened(bytes);
    let formulas = workbook.worksheet_formula(sheet).unwrap();
    let values = workbook.worksheet_range(sheet).unwrap();
    let mut text = String::new();
    for (line, row) in (0..).zip(values.rows()) {
        let cells = (0..).zip(row).map(|(column, cell)| {
            let value = match cell {
                Data::Empty => String::new(),
                Data::String(text) => format!("'{text}'"),
                Data::DateTime(date) => {
                    let (year, month, day, ..) = date.to_ymd_hms_milli();
                    format!("{year}-{month:02}-{day:02}")
                }
                other => other.to_string(),
            };
            match formulas.get_value((line, column)).filter(|formula| !formula.is_empty()) {
                Some(formula) => format!("={formula} -> {value}"),
                None => value,
            }
        });
        text.push_str(cells.collect::<Vec<_>>().join(" | ").trim_end_matches([' ', '|']));
        text.push('\n');
    }
    text
}

#[test]
fn position_with_live_totals() {
    let bytes = written(PLAN, &Rows::new());
    assert_eq!(
        dump(&bytes, "Position by project"),
        "\
'Position by project, 2022-23'
'Financial year 2022-23, April 2022 to March 2023. One table with 3 rows and a total row. Read [note 2].'
'Back to contents'
'Ref' | 'Project' | 'Budget' | 'Spend to date' | 'Variance (£)' | 'Variance (%)'
'PCC-05' | 'Dawn Project' | 38889.25 | 0.3 | 38888.95 | 0.9999922857859177
'PCC-06' | 'Worcester Street Pastors' | 5200 | -0.03 | 5200.03 | 1.0000057692307693
'PCC-10' | 'Youth ASB & Wellness Youth Mentoring' | 6000 | 0 | 6000 | 1
'Total' |  | =SUBTOTAL(109,Position_by_project[Budget]) -> 50089.25 | \
=SUBTOTAL(109,Position_by_project[Spend to date]) -> 0.27 | \
=SUBTOTAL(109,Position_by_project[Variance (£)]) -> 50088.98
"
    );
}

#[test]
fn a_stored_table_with_its_sources() {
    let bytes = written(PLAN, &Rows::new());
    assert_eq!(
        dump(&bytes, "Payments"),
        "\
'Payments'
'Financial year 2022-23, April 2022 to March 2023. One table with 3 rows and a total row. Read [note 2] and [note 3].'
'Back to contents'
'Date paid' | 'Month' | 'Payee' | 'Project' | 'Amount [£]' | 'Grant paid' | 'Share' | 'Source workbook' | \
'Source sheet' | 'Source row'
2022-04-08 | 2022-04-01 | 'https://example.org' | 'Dawn Project' | 0.2 | 'No' | 0.5 | \
'monthly/2022-04 April return.xlsx' | 'Spend' | 8
2022-04-29 | 2022-04-01 | '=SUM(A1:A9)' | 'Dawn Project' | 0.1 | 'Yes' | 0.125 | \
'monthly/2022-04 April return.xlsx' | 'Spend' | 9
 |  | '+44 1905' | 'Worcester Street Pastors' | -0.03 |  |  | 'monthly/2022-04 April return.xlsx' | 'Spend' | 10
'Total' |  |  |  | =SUBTOTAL(109,Payments[Amount '[£']]) -> 0.27
"
    );
    let sheet = part(&bytes, "xl/worksheets/sheet5.xml");
    assert_eq!(sheet.matches("<f>").count(), 1, "the total is the only formula");
    assert_eq!(sheet.matches("<hyperlink ").count(), 1, "the way back is the only link");
}

#[test]
fn words_in_place_of_a_figure_have_a_column_of_their_own() {
    let plan = "title: Homes\nsheets:\n  - {name: Homes, title: Homes, table: homes}\n";
    let dumped = dump(&written(plan, &Rows::new()), "Homes");
    let rows: Vec<&str> = dumped.lines().skip(3).collect();
    assert_eq!(
        rows,
        [
            "'Area' | 'Homes built' | 'Homes built: why there is none' | 'Source workbook' | 'Source sheet' | 'Source row'",
            "'North' | 12 |  | 'monthly/2022-04 April return.xlsx' | 'Spend' | 4",
            "'South' |  | 'not collected' | 'monthly/2022-04 April return.xlsx' | 'Spend' | 5",
        ]
    );
}

#[test]
fn sheets_at_the_front() {
    let bytes = written(PLAN, &Rows::new());
    assert_eq!(opened(&bytes).sheet_names(), ["Cover", "Contents", "Notes", "Position by project", "Payments"]);
    assert_eq!(
        dump(&bytes, "Cover"),
        "\
'SWCSP consolidated workbook 2022-23'
'South Worcestershire Community Safety Partnership'
'Sample: annual figures as published in July 2023; monthly detail is illustrative.'
'About this workbook'
'Budget, payments and measures of the year.'
'Period'
'Financial year 2022-23, April 2022 to March 2023.'
'Committee'
'Communities Committee, Worcester City Council'
'Prepared from'
'18 workbooks, fingerprint 3f9a0c1d.'
'Finding your way'
'Contents: every sheet, with a link to it'
'Notes: what notes and shorthand mean; [note 1] holds for the whole workbook'
"
    );
    assert_eq!(
        dump(&bytes, "Contents"),
        "\
'Contents'
'2 tables and the notes on them.'
'Back to cover'
'Sheet' | 'What it holds' | 'Rows'
'Notes' | 'What notes and shorthand mean' | 5
'Position by project' | 'Position by project, 2022-23' | 3
'Payments' | 'Payments' | 3
"
    );
    assert_eq!(
        dump(&bytes, "Notes"),
        "\
'Notes'
'What the notes and shorthand in the tables mean.'
'Back to contents'
'Note' | 'Sheets' | 'What it means'
'[note 1]' | 'All sheets' | 'Sample: annual figures as published in July 2023; monthly detail is illustrative.'
'[note 2]' | 'Position by project and Payments' | 'Budget less spend to date.'
'[note 3]' | 'Payments' | 'Journals are marked JNL.'
'Blank cell' | 'All sheets' | 'Not given in the source workbook, or could not be read (then a finding says so).'
'[x]' | 'All sheets' | 'Not available.'
"
    );
    let links = part(&bytes, "xl/worksheets/sheet2.xml");
    assert!(links.contains("location=\"'Position by project'!A1\""), "{links}");
}

#[test]
fn marked_up_as_tables_and_set_for_print() {
    let bytes = written(PLAN, &Rows::new());
    let mut workbook = opened(&bytes);
    workbook.load_tables().unwrap();
    assert_eq!(workbook.table_names(), ["Contents_list", "Notes_list", "Position_by_project", "Payments"]);
    let table = part(&bytes, "xl/tables/table3.xml");
    for words in [
        "ref=\"A4:F8\" totalsRowCount=\"1\"",
        "name=\"Budget\" totalsRowFunction=\"sum\"",
        "name=\"Ref\" totalsRowLabel=\"Total\"",
    ] {
        assert!(table.contains(words), "{words} in {table}");
    }
    assert!(!table.contains("autoFilter"), "{table}");
    let sheet = part(&bytes, "xl/worksheets/sheet4.xml");
    for words in [
        "fitToPage=\"1\"",
        "fitToHeight=\"0\"",
        "paperSize=\"9\"",
        "&amp;LSWCSP 2022-23&amp;R&amp;A",
        "&amp;LApril 2022 to March 2023&amp;RPage &amp;P of &amp;N",
    ] {
        assert!(sheet.contains(words), "{words} in {sheet}");
    }
    assert!(!sheet.contains("mergeCell") && !sheet.contains("<pane "), "{sheet}");
    let payments = part(&bytes, "xl/worksheets/sheet5.xml");
    assert!(payments.contains("orientation=\"landscape\""), "ten columns are wide");
    let book = part(&bytes, "xl/workbook.xml");
    assert!(book.contains("'Position by project'!$4:$4"), "{book}");
    assert!(!book.contains("activeTab"), "the first sheet is the active one: {book}");
    let core = part(&bytes, "docProps/core.xml");
    for words in [
        "<dc:title>SWCSP consolidated workbook 2022-23</dc:title>",
        "<dc:subject>Financial year 2022-23, April 2022 to March 2023</dc:subject>",
        "<dc:creator>South Worcestershire Community Safety Partnership</dc:creator>",
        "<dcterms:created xsi:type=\"dcterms:W3CDTF\">2023-03-31T00:00:00Z</dcterms:created>",
        "<dc:language>en-GB</dc:language></cp:coreProperties>",
    ] {
        assert!(core.contains(words), "{words} in {core}");
    }
    let styles = part(&bytes, "xl/styles.xml");
    for code in ["£#,##0.00", "dd/mm/yyyy", "mmm yyyy", "0.0%"] {
        assert!(styles.contains(code), "{code} in {styles}");
    }
    assert!(styles.contains("<font><sz val=\"12\"/><color theme=\"1\"/><name val=\"Arial\"/>"), "{styles}");
}

#[test]
fn same_in_same_out() {
    assert_eq!(written(PLAN, &Rows::new()), written(PLAN, &Rows::new()));
    let other = written(PLAN, &Rows::with("UPDATE spend SET amount = 21 WHERE _row = 10"));
    assert_ne!(written(PLAN, &Rows::new()), other);
}

#[test]
fn a_table_without_rows() {
    let bytes = written(PLAN, &Rows::with("DELETE FROM spend"));
    let payments = dump(&bytes, "Payments");
    assert!(payments.contains("This table has no rows. Read [note 2]"), "{payments}");
    assert!(payments.ends_with("\n'No rows'\n"), "{payments}");
    assert!(dump(&bytes, "Contents").contains("'Payments' | 'Payments' | 0\n"));
    assert!(!part(&bytes, "xl/tables/table4.xml").contains("totalsRowCount"));
}

#[test]
fn a_text_that_is_too_long_is_cut_and_a_note_says_so() {
    let bytes =
        written(PLAN, &Rows::with("UPDATE spend SET payee = replace(hex(zeroblob(20000)), '0', 'a') WHERE _row = 10"));
    let payments = dump(&bytes, "Payments");
    assert!(payments.contains("aaaa[…]'"), "the text is cut");
    assert!(payments.contains("Read [note 2], [note 3] and [note 4]."));
    assert!(
        dump(&bytes, "Notes").contains("'[note 4]' | 'Payments' | 'A text is longer than a cell of Excel can hold")
    );
}

#[test]
fn values_that_do_not_fit_their_format_are_told_together() {
    let yaml = PLAN.replace("title: Ref}", "title: Ref, format: date}").replace("AS share", ", 'most' AS share");
    let error = consolidated(&plan(&yaml), &yaml, &tables(), &Rows::new(), &face(), &Silent).unwrap_err();
    let WorkbookError::Plan(mistakes) = &error else { panic!("{error}") };
    let told: Vec<String> = mistakes.all().iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "consolidated.yaml, line 17, sheets[0].columns[0]: the value PCC-05 in row 1 of Ref on the sheet Position by \
             project is not a date. Allowed: texts such as 2022-04-30.",
            "consolidated.yaml, line 22, sheets[0].columns[5]: the value most in row 1 of Variance (%) on the sheet Position \
             by project is not a number. Allowed: numbers, or shorthand such as [x].",
        ]
    );
}

#[test]
fn a_total_beyond_exact_pence() {
    let set = |pence: &str| Rows::with(&format!("UPDATE spend SET amount = {pence} WHERE _row IN (10, 11)"));
    let payments =
        format!("title: Payments\nsheets:\n  - name: Payments{}", PLAN.split_once("  - name: Payments").unwrap().1);
    let error = consolidated(&plan(&payments), &payments, &tables(), &set("9223372036854775807"), &face(), &Silent)
        .unwrap_err();
    assert_eq!(error.to_string(), "The total of Amount [£] on the sheet Payments is too large to be added exactly.");
    let bytes = written(&payments, &set("100000000000001"));
    assert!(dump(&bytes, "Payments").contains("-> 1999999999999.99"), "{}", dump(&bytes, "Payments"));
    // In the first sheet of the whole plan it is the query's own sum that is too large.
    let error = consolidated(&plan(PLAN), PLAN, &tables(), &set("9223372036854775807"), &face(), &Silent).unwrap_err();
    assert!(error.to_string().starts_with("The sheet Position by project could not be filled: "), "{error}");
}
