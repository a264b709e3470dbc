//! Cells one at a time, and columns of them: types, constraints, windows, personal data.

use crosscast::schema::Pack;

use super::support::pack_of;
use super::{HEADINGS, SPEND, judged, lines, messages, not_run, spend, spend_pack, suggestions};

#[test]
fn one_cell_at_a_time() {
    let rows: [(&str, &str, &[&str]); 52] = [
        ("a whole row", "2022-04-15|INV-0001|Hate Crime|Final|12|£5.00|Yes|2022-04", &[]),
        ("a row of what may be empty", "2022-04-15|INV-0001|||||", &[]),
        ("error value", "2022-04-15|INV-0001||||#REF!", &["error error-value Spend!F2"]),
        ("error value in a text", "2022-04-15|INV-0001|#N/A|", &["error error-value Spend!C2"]),
        ("impossible date", "\"31/02/2022\"|INV-0001", &["error impossible-date Spend!A2"]),
        ("bare year", "2022|INV-0001", &["error not-a-date Spend!A2"]),
        ("words for a date", "mid April|INV-0001", &["error not-a-date Spend!A2"]),
        ("date as text", "\"15/04/2022\"|INV-0001", &["warning date-as-text Spend!A2"]),
        ("month without a year", "2022-04-15|INV-0001||||||April", &["error not-a-month Spend!H2"]),
        ("month as text", "2022-04-15|INV-0001||||||\"Apr-22\"", &["warning month-as-text Spend!H2"]),
        ("words for an amount", "2022-04-15|INV-0001||||about £5", &["error not-an-amount Spend!F2"]),
        ("euros", "2022-04-15|INV-0001||||€500", &["error foreign-currency Spend!F2"]),
        ("fraction of a penny", "2022-04-15|INV-0001||||10.004", &["error fraction-of-penny Spend!F2"]),
        ("pennies of a floating point", "2022-04-15|INV-0001||||0.30000000000000004", &[]),
        ("too large an amount", "2022-04-15|INV-0001||||10000000000000000", &["error amount-too-large Spend!F2"]),
        ("amount as text", "2022-04-15|INV-0001||||\"£1,250.00\"", &["warning amount-as-text Spend!F2"]),
        ("words for a number", "2022-04-15|INV-0001|||about 20", &["error not-a-number Spend!E2"]),
        ("half a person", "2022-04-15|INV-0001|||12.5", &["error not-a-whole-number Spend!E2"]),
        ("number as text", "2022-04-15|INV-0001|||\"12\"", &["warning number-as-text Spend!E2"]),
        ("neither yes nor no", "2022-04-15|INV-0001|||||Soon", &["error not-yes-or-no Spend!G2"]),
        ("never calculated", "2022-04-15|INV-0001||||=2+3", &["error formula-without-result Spend!F2"]),
        ("calculated", "2022-04-15|INV-0001||||=2+3 -> £5.00", &[]),
        ("required", "|INV-0001|Hate Crime|", &["error required-value Spend!A2"]),
        ("required, spaces alone", "\" \\u{a0} \"|INV-0001|Hate Crime|", &["error required-value Spend!A2"]),
        ("pattern", "2022-04-15|INV 12", &["error pattern-mismatch Spend!B2"]),
        ("the whole text has the pattern", "2022-04-15|INV-00012", &["error pattern-mismatch Spend!B2"]),
        ("not in the list", "2022-04-15|INV-0001||With Home Ofice", &["error not-in-list Spend!D2"]),
        ("in the list, with spaces", "2022-04-15|INV-0001||\" Final\"", &[]),
        ("below the minimum", "2022-04-15|INV-0001|||-3", &["error too-small Spend!E2"]),
        ("at the minimum", "2022-04-15|INV-0001|||0|-£1,000.00", &[]),
        ("a penny below the minimum", "2022-04-15|INV-0001||||-£1,000.01", &["error too-small Spend!F2"]),
        ("above the maximum", "2022-04-15|INV-0001|||501", &["error too-large Spend!E2"]),
        ("at the maximum", "2022-04-15|INV-0001|||500", &[]),
        ("too short", "2022-04-15|INV-0001|HC", &["error too-short Spend!C2"]),
        ("as short as may be", "2022-04-15|INV-0001|HCr", &[]),
        ("as long as may be", "2022-04-15|INV-0001|Integrated Offender Management, county c", &[]),
        (
            "too long by a letter",
            "2022-04-15|INV-0001|Integrated Offender Management, county ce",
            &["error too-long Spend!C2"],
        ),
        ("too long", "2022-04-15|INV-0001|Integrated Offender Management in the county", &["error too-long Spend!C2"]),
        ("outside the month", "2023-01-15|INV-0001", &["error date-outside-month Spend!A2"]),
        ("the month's last day", "2022-04-30|INV-0001", &[]),
        ("the month's first day", "2022-04-01|INV-0001", &[]),
        ("the day before the month", "2022-03-31|INV-0001", &["error date-outside-month Spend!A2"]),
        ("the day after the month", "2022-05-01|INV-0001", &["error date-outside-month Spend!A2"]),
        ("outside the year", "2022-04-15|INV-0001||||||2023-04", &["error date-outside-year Spend!H2"]),
        ("the month before the year", "2022-04-15|INV-0001||||||2022-03", &["error date-outside-year Spend!H2"]),
        ("the year's last month", "2022-04-15|INV-0001||||||2023-03", &[]),
        ("email address", "2022-04-15|INV-0001|ask jo@example.org", &["error personal-data Spend!C2"]),
        ("NHS number in its groups", "2022-04-15|INV-0001|943 476 5919", &["error personal-data Spend!C2"]),
        ("number that passes for an NHS number", "2022-04-15|INV-0001|9434765919", &[]),
        ("postcode", "2022-04-15|INV-0001|flat at WR1 2EY", &["error personal-data Spend!C2"]),
        (
            "telephone number among amounts",
            "2022-04-15|INV-0001||||ring 07700 900123",
            &["error not-an-amount Spend!F2", "error personal-data Spend!F2"],
        ),
        ("measure texts", "2022-04-15|INV-0001|HO-02 of 2022-23 (PCC-01)", &[]),
    ];
    for (name, cells, expected) in rows {
        assert_eq!(lines(&spend(cells)), expected, "{name}");
    }
}

#[test]
fn one_fault_over_a_range_is_one_finding() {
    let row = |number: usize, date: &str| format!("{date}|INV-{number:04}|Hate Crime\n");
    let column = |dates: &[&str]| dates.iter().enumerate().map(|(index, date)| row(index, date)).collect::<String>();
    let (text, date) = ("\"15/04/2022\"", "2022-04-15");

    let forty = spend(&column(&[text; 40]));
    assert_eq!(lines(&forty), ["warning date-as-text Spend!A2:A41"]);
    assert_eq!(messages(&forty), ["A2:A41 hold dates typed as text: “15/04/2022”. Read as day, month, year."]);

    let apart = spend(&column(&[text, text, date, text]));
    assert_eq!(lines(&apart), ["warning date-as-text Spend!A2:A3", "warning date-as-text Spend!A5"]);

    let scattered = spend(&column(&[text, date, text, date, text, date, text, date]));
    assert_eq!(lines(&scattered), ["warning date-as-text Spend!A2:A8"]);
    assert_eq!(
        messages(&scattered),
        ["4 cells of A2:A8 hold dates typed as text: “15/04/2022”. Read as day, month, year."]
    );

    let blanks = spend(&column(&["", "", date]));
    assert_eq!(messages(&blanks), ["Enter the date paid in each of A2:A3."]);

    let faults = spend(&column(&["2023-01-15", "2023-01-16"]));
    assert_eq!(messages(&faults), ["Date paid must be in April 2022; A2:A3 say 15/01/2023 and 16/01/2023."]);
}

#[test]
fn what_the_messages_say() {
    for (cells, message, fix) in [
        ("|INV-0001|Hate Crime", "Enter the date paid.", "Fill in A2, or delete the row if it is not needed."),
        (
            "2023-01-15|INV-0001",
            "Date paid must be in April 2022; the cell says 15/01/2023.",
            "Correct A2, or move the row where the date belongs.",
        ),
        (
            "2022-04-15|INV 12\n2022-04-15|INV-0002",
            "Reference must have the form of the others, such as “INV-0002”; B2 says “INV 12”.",
            "Correct B2.",
        ),
        (
            "2022-04-15|INV-0001||||€500",
            "Amount must be in pounds; F2 says “€500”.",
            "Type the amount in pounds into F2.",
        ),
        (
            "2022-04-15|INV-0001||||#REF!",
            "F2 shows the Excel error #REF! instead of the amount.",
            "Correct the formula in F2, or type the value.",
        ),
        ("2022-04-15|INV-0001||||-£2,000.00", "Amount must be -£1,000.00 or more; F2 says -£2,000.00.", "Correct F2."),
        (
            "2022-04-15|INV-0001||jo@example.org",
            "D2 holds what looks like an email address: j***@e***.org.",
            "Remove it from D2: nothing that identifies or reaches a person may be published.",
        ),
    ] {
        let outcome = spend(cells);
        let found = outcome.findings.iter().find(|finding| finding.message == message);
        let found = found.unwrap_or_else(|| panic!("{:?}", messages(&outcome)));
        assert_eq!(found.fix, fix);
        for finding in &outcome.findings {
            assert!(!format!("{finding:?}").contains("jo@example.org"), "{finding:?}");
        }
    }
}

#[test]
fn likely_dates_and_texts() {
    for (cells, expected) in [
        ("2022-05-04|INV-0001", "05/04/2022, which lies in April 2022, with day and month the wrong way round"),
        ("2021-04-15|INV-0001", "15/04/2022, which lies in April 2022, with the wrong year"),
        ("2022-04-15|INV-0001||With Home Ofice", "“With Home Office”"),
    ] {
        assert_eq!(suggestions(&spend(cells).findings[0]), [expected], "{cells}");
    }
    assert_eq!(suggestions(&spend("2021-01-15|INV-0001").findings[0]), [""; 0]);
}

#[test]
fn a_month_that_is_not_known_is_not_judged() {
    let outcome = judged(&spend_pack(), "April.xlsx", &format!("# Spend\n{HEADINGS}\n2023-01-15 | INV-0001"));
    assert_eq!(lines(&outcome), [""; 0]);
    assert_eq!(
        not_run(&outcome),
        ["date-outside-month: The month of the workbook is not known, so no date paid could be judged (April.xlsx)."]
    );
}

#[test]
fn the_pack_weighs_and_switches_off() {
    let mut pack = spend_pack();
    let judge =
        |pack: &Pack| judged(pack, "2022-04 April.xlsx", &format!("# Spend\n{HEADINGS}\n | INV-0001 || Fnal | x"));
    assert_eq!(
        lines(&judge(&pack)),
        ["error required-value Spend!A2", "error not-in-list Spend!D2", "error not-a-number Spend!E2"]
    );
    let checks = "checks:\n  required-value: {severity: info}\n  not-in-list: {off: true}\n  too-small: {required: \
                  false}\n  too-large: {off: true}\n";
    let file = format!("{}{checks}", pack.files.text("partnership.yaml").unwrap());
    pack = pack_of(&[("partnership.yaml", &file), ("tables/spend.yaml", SPEND)]);
    let outcome = judge(&pack);
    assert_eq!(lines(&outcome), ["info required-value Spend!A2", "error not-a-number Spend!E2"]);
    let not_run: Vec<(&str, bool)> =
        outcome.not_run.iter().map(|not_run| (not_run.check.as_str(), not_run.required)).collect();
    assert_eq!(not_run, [("too-small", false)]);
}

#[test]
fn errors_that_follow_from_other_cells() {
    let rows: [(&str, &str, &[&str]); 7] = [
        ("from a text", "TBC|=E2*2 -> #VALUE!", &["Spend!E2"]),
        ("from the same error", "#REF!|=E2*2 -> #REF!", &["Spend!E2"]),
        ("from the same error in a range", "#N/A|=SUM(D2:E2) -> #N/A", &["Spend!E2"]),
        ("near miss: another error", "#REF!|=E2*2 -> #N/A", &[]),
        ("near miss: a sum passes over a text in a range", "TBC|=SUM(D2:E2) -> #VALUE!", &[]),
        ("near miss: a cell of another sheet", "TBC|=Rates!E2*2 -> #VALUE!", &[]),
        ("near miss: a number", "12|=E2*2 -> #VALUE!", &[]),
    ];
    for (name, cells, expected) in rows {
        let outcome = spend(&format!("2022-04-15|INV-0001|||{cells}"));
        let found = outcome
            .findings
            .iter()
            .find(|finding| finding.code == "error-value" && finding.place.in_workbook() == "Spend!F2");
        let found = found.unwrap_or_else(|| panic!("{name}: {:?}", lines(&outcome)));
        let related: Vec<String> = found.related.iter().map(|place| place.in_workbook()).collect();
        assert_eq!(related, expected, "{name}");
    }
    // One that follows is no fault of one kind with another that does not.
    let two = spend("2022-04-15|INV-0001|||TBC|=E2*2 -> #VALUE!\n2022-04-15|INV-0002|||12|#VALUE!");
    let of_errors: Vec<String> = lines(&two).into_iter().filter(|line| line.contains("error-value")).collect();
    assert_eq!(of_errors, ["error error-value Spend!F2", "error error-value Spend!F3"]);
}
