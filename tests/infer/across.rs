//! Periods across: crosstabs.

use crate::program::drafts;

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
