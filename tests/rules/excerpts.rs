//! The cells near findings, as Excel shows them, and nothing personal among them.

use crosscast::model::Position;
use crosscast::pipeline::Ran;

use super::year::{APRIL, Change, MAY, To, Year, report};

/// What is seen in cells near the finding of a code at a cell; nothing where a cell is empty.
fn seen(ran: &Ran, code: &str, at: &str, cells: &[&str]) -> Vec<String> {
    let finding = ran.report.findings.iter().find(|one| one.code == code && one.place.in_workbook() == at);
    let finding = finding.unwrap_or_else(|| panic!("no {code} at {at} among {:#?}", report(ran)));
    let excerpt = ran.excerpts.around(&finding.place).unwrap_or_else(|| panic!("nothing is known round {at}"));
    let text = |at: &&str| excerpt.cell(at.parse::<Position>().unwrap()).map(|cell| cell.text.to_string());
    cells.iter().map(|at| text(at).unwrap_or_default()).collect()
}

#[test]
fn what_stands_round_a_wrong_total() {
    let ran = Year::to(To::May).with(&[Change(MAY, "Total | £1,500.00\n", "Total | £1,600.00\n")]).run();
    let cells = ["C2", "F2", "F3", "E4", "F4", "A3"];
    assert_eq!(
        seen(&ran, "total-mismatch", "Spend!F4", &cells),
        // A3 lies too far to the left.
        ["Dawn Project", "£1,000.00", "£500.00", "Total", "£1,600.00", ""]
    );
    let excerpt = ran.excerpts.around(&ran.report.findings[0].place).unwrap();
    assert!(excerpt.cell("F4".parse().unwrap()).unwrap().is_number);
    assert!(!excerpt.cell("E4".parse().unwrap()).unwrap().is_number);
}

#[test]
fn days_as_the_sheet_shows_them() {
    let ran = Year::to(To::May).with(&[Change(MAY, "2022-05-10 | INV-0201", "2022-07-10 | INV-0201")]).run();
    assert_eq!(
        seen(&ran, "date-outside-month", "Spend!A2", &["A1", "A2", "A3"]),
        ["Date paid", "10/07/2022", "10/05/2022"]
    );
}

#[test]
fn personal_data_in_a_table_and_beside_it() {
    let edits = [
        Change(APRIL, "Description | Amount\n", "Description | Amount | DOB | Phone | Note\n"),
        Change(APRIL, "| £1,000.00\n", "| £1,000.00 | 1990-03-12 | 7700900123 | see jo@example.org\n"),
        Change(
            APRIL,
            "Hate Crime | Supplier | Grant | £500.00\n",
            "Hate Crime | Supplier | ring 07700 900123 | £500.00 | | | plain\n",
        ),
    ];
    let ran = Year::to(To::May).with(&edits).run();
    let near = seen(&ran, "personal-data", "Spend!G2", &["F2", "G1", "G2", "H2", "I2", "E3", "I3"]);
    assert_eq!(near, ["£1,000.00", "DOB", "**/**/****", "77***3", "see j***@e***.org", "ring 07***3", "plain"]);
}

#[test]
fn a_hidden_sheet_shows_its_addresses_masked() {
    let hidden = "# Old list (hidden)\nWho | Amount\nsend to WR1 2EY | £250.00\n\n# Summary\n";
    let ran = Year::to(To::May).with(&[Change(APRIL, "# Summary\n", hidden)]).run();
    assert_eq!(seen(&ran, "personal-data", "Old list!A2", &["A2", "B2"]), ["send to WR* ***", "£250.00"]);
}
