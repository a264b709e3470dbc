//! Hidden sheets that a pattern matches.

use super::findings;

/// The staff of a month, on a sheet of its name.
const STAFF: &str = "fields:
  - {name: month, title: Month, type: yearmonth}
  - {name: team, title: Team, type: string}
  - {name: people, title: People, type: integer}
";

const MONTHS: &str = "{match: '(?P<month>[A-Z][a-z]+ \\d{4})'}";

// Survey: the same table on many sheets; hidden sheets.
#[test]
fn a_hidden_sheet_that_is_left_out_is_said() {
    let text = "# April 2022\nTeam | People\nParks | 1\n# May 2022 (hidden)\nTeam | People\nParks | 2";
    let said = |sheets: &str, text: &str| findings(&[("staff", sheets, STAFF)], text);
    let left_out =
        ["hidden-sheet-left-out : The sheet “May 2022” is hidden, so it was not read, though its name is like those \
                     that are."];
    assert_eq!(said(MONTHS, text), left_out);
    assert_eq!(said(MONTHS, &text.replace("# May 2022", "# Lists")), [""; 0]);
    let with_hidden = said(&MONTHS.replace("'}", "', hidden: true}"), text);
    assert!(!with_hidden.iter().any(|line| line.starts_with("hidden-sheet-left-out")), "{with_hidden:?}");
}
