//! Periods across: crosstabs.

use crate::program::{Folder, drafts, drafts_and_faults, repository};

// Row of the survey: years, quarters or halves across.
#[test]
fn months_across_with_a_total() {
    insta::assert_snapshot!(drafts(
        "
        # Visits
        Site    | Ward  | April | May | June | Total
        Library | North | 10    | 11  | 12   | =SUM(C2:E2) -> 33
        Museum  | South | 20    | 21  | 22   | =SUM(C3:E3) -> 63
        Pool    | North | 30    | 31  | 32   | =SUM(C4:E4) -> 93
        Total   |       | 60    | 63  | 66   | 189
        "
    ));
}

// Rows of the survey: years across; headings on several rows.
#[test]
fn actual_and_forecast_by_month() {
    insta::assert_snapshot!(drafts(
        "
        # Monitor
        @merge B3:D3
        @merge E3:G3
        Budget monitor 2022-23

                | Actual     |          |           | Forecast   |          |
        Service | April 2022 | May 2022 | June 2022 | April 2022 | May 2022 | June 2022
        Parks   | £10.00     | £11.00   | £12.00    | £13.00     | £14.00   | £15.00
        Streets | £20.00     | £21.00   | £22.00    | £23.00     | £24.00   | £25.00
        Housing | £30.00     | £31.00   | £32.00    | £33.00     | £34.00   | £35.00
        "
    ));
}

// Two years side by side are two columns, and no crosstab.
#[test]
fn two_years_are_columns() {
    let drafted = drafts(
        "
        # Visits
        Site    | 2021-22 | 2022-23
        Library | 10      | 11
        Museum  | 20      | 21
        Pool    | 30      | 31
        ",
    );
    assert!(!drafted.contains("across") && drafted.contains("- name: n2021_22"), "{drafted}");
}

// A column whose formulas add the months is a sum that is checked, whatever it is called.
#[test]
fn a_sum_across_with_a_name_of_its_own() {
    let table = "
        # Visits
        Site    | April | May | June | Full amount | Spring
        Library | 10    | 11  | 12   | =SUM(B2:D2) -> 33 | =B2+C2 -> 21
        Museum  | 20    | 21  | 22   | =B3+C3+D3 -> 63   | =B3+C3 -> 41
        Pool    | 30    | 31  | 32   | =SUM(B4:D4) -> 93 | =B4+C4 -> 61
        ";
    let drafted = drafts(table);
    let totals = "    totals: {match: 'Full amount'}  # each states the sum of its row: E2:E4\n";
    // Near miss: a column that adds some of the months is passed over.
    let skipped = "    skip_columns: ['Spring']  # figures beside the values that are no sum of them: F2:F4\n";
    assert!(drafted.contains(totals) && drafted.contains(skipped), "{drafted}");
    let wrong = drafts_and_faults(&table.replace("=SUM(B4:D4) -> 93", "=SUM(B4:C4) -> 61"));
    assert_eq!(wrong.status, 1);
    assert!(wrong.err.starts_with("To mend in the workbook: Visits!E4 of Payments 2022-23.xlsx: "), "{}", wrong.err);
}

// The council's workbooks with faults: what is wrong with their sums comes out of a draft.
#[test]
fn the_council_with_faults() {
    let folder = Folder::of(&[]);
    let sample = repository("samples/council/with-faults");
    let ended = folder.crosscast(&["infer", sample.to_str().unwrap(), "--output", "pack"]);
    assert_eq!(ended.status, 1);
    assert!(
        ended.err.contains("To mend in the workbook: Monitor!O20 of Budget monitor 2024-25.xlsx: "),
        "{}",
        ended.err
    );
    let monitor = &folder.files("pack")["tables/monitor.yaml"];
    assert!(
        monitor.contains("    totals: {match: 'Net cost of services'}  # it states the sum of all: A30\n"),
        "{monitor}"
    );
    assert!(
        monitor.contains("    totals: {match: 'Full year'}  # each states the sum of its row: O8:O27\n"),
        "{monitor}"
    );
}
