//! Values that look right and are not: each check with a case that it finds and one that comes near and is right.

use crosscast::checks::check_keys;
use crosscast::model::{Difference, Finding, Money, Outcome};
use crosscast::read::read;
use crosscast::schema::Pack;

use super::support::one_kind::pack;
use super::support::pack::{pack_of, partnership};
use super::support::store::sealed_store;
use super::support::workbook;
use super::{judged, lines, messages, not_run, suggestions};

const PAYMENTS: &str = "
fields:
  - {name: paid_on, title: Date paid, type: date, crosscast: {window: month}}
  - {name: reference, title: Reference, type: string, constraints: {pattern: '(INV|JNL)-\\d{4}'}}
  - {name: payee, title: Payee, type: string}
  - {name: people, title: People, type: integer}
  - {name: amount, title: Amount, type: number, crosscast: {unit: GBP, usually: positive}}
  - {name: share, title: Share, type: number, crosscast: {unit: percent}}
  - {name: checked_on, title: Date checked, type: date}
  - {name: note, title: Note, type: string}
";

const HEADINGS: &str = "Date paid | Reference | Payee | People | Amount | Share | Date checked | Note";

/// The rows with a note in the last column, without which one value alone would be no row.
fn noted(rows: &str) -> String {
    let line = |row: &str| format!("{row}{}n\n", "|".repeat(7 - row.matches('|').count()));
    rows.lines().map(line).collect()
}

fn payments_pack() -> Pack {
    pack(&[("payments", "Payments", PAYMENTS)])
}

/// What is found in the rows of a Payments sheet in the workbook for April 2022; its headings are in row 1.
fn payments(rows: &str) -> Outcome {
    judged(&payments_pack(), "2022-04 April.xlsx", &format!("# Payments\n{HEADINGS}\n{}", noted(rows)))
}

fn only(outcome: &Outcome) -> &Finding {
    assert_eq!(outcome.findings.len(), 1, "{:?}", messages(outcome));
    &outcome.findings[0]
}

#[test]
fn one_cell_at_a_time() {
    let rows: [(&str, &str, &[&str]); 45] = [
        ("letter O in an amount", "||||386.75O", &["error look-alike-characters Payments!E2"]),
        ("letter l in a count", "|||l2", &["error look-alike-characters Payments!D2"]),
        ("letter O in a date", "15/O4/2022", &["error look-alike-characters Payments!A2"]),
        ("words with an o in them", "||||to follow", &["error not-an-amount Payments!E2"]),
        ("full-width digits", "||||\"１２.50\"", &["error look-alike-characters Payments!E2"]),
        ("letter O in a reference", "|INV-O001", &["error look-alike-characters Payments!B2"]),
        ("letter I in a reference", "|INV-000I", &["error look-alike-characters Payments!B2"]),
        ("digit 1 in a reference", "|1NV-0001", &["error look-alike-characters Payments!B2"]),
        ("a reference of another form", "|INV-00011", &["error pattern-mismatch Payments!B2"]),
        ("a reference with a Cyrillic letter", "|\u{406}NV-0001", &["error look-alike-characters Payments!B2"]),
        ("full-width reference", "|ＩＮＶ-0001", &["error look-alike-characters Payments!B2"]),
        ("a letter of another alphabet in a name", "||W\u{43e}rcester", &["warning look-alike-characters Payments!C2"]),
        ("a name in another alphabet", "||\u{41c}\u{43e}\u{441}\u{43a}\u{432}\u{430}", &[]),
        ("accents", "||Café Łódź", &[]),
        ("a zero-width space", "||\"Hate\\u{200b} Crime\"", &["warning invisible-character Payments!C2"]),
        ("a soft hyphen", "||\"Wor\\u{ad}cester\"", &["warning invisible-character Payments!C2"]),
        ("a non-breaking space in a name that is only read", "||\"Hate\\u{a0}Crime\"", &[]),
        (
            "a non-breaking space behind a reference",
            "|\"INV-0001\\u{a0}\"",
            &["warning invisible-character Payments!B2"],
        ),
        ("year of two digits", "15/04/22", &["error two-digit-year Payments!A2"]),
        ("year of two digits in a date that may lie anywhere", "||||||15/04/22", &["error two-digit-year Payments!G2"]),
        ("three numbers that are no day", "45/04/22", &["error not-a-date Payments!A2"]),
        ("a year with zeros", "\"15/04/0022\"", &["error two-digit-year Payments!A2"]),
        ("a hundred years before", "1922-04-15", &["error two-digit-year Payments!A2"]),
        ("a hundred years before another month", "1922-05-15", &["error date-outside-month Payments!A2"]),
        ("a date in 1922 that may lie anywhere", "||||||1922-04-15", &[]),
        ("a number shown as a date", "serial 15", &["error number-as-date Payments!A2"]),
        ("the same where any day may stand", "||||||serial 15", &["error number-as-date Payments!G2"]),
        ("a day of 1901", "||||||serial 367", &[]),
        ("a day with a time", "serial 44666.395833333336", &["warning date-with-time Payments!A2"]),
        ("a day at midnight", "serial 44666", &[]),
        ("a text with a time", "\"15/04/2022 09:30\"", &["warning date-as-text Payments!A2"]),
        ("brackets", "||||(12.50)", &["warning sign-as-text Payments!E2"]),
        ("a minus behind", "||||12.50-", &["warning sign-as-text Payments!E2"]),
        ("a minus behind a count", "|||12-", &["warning sign-as-text Payments!D2"]),
        (
            "a minus before, as text",
            "||||\"-12.50\"",
            &["warning amount-as-text Payments!E2", "warning negative-amount Payments!E2"],
        ),
        ("a negative amount", "||||-£12.50", &["warning negative-amount Payments!E2"]),
        ("nothing", "||||£0.00", &[]),
        ("a negative count where nothing is usual", "|||-3", &[]),
        ("fifty for 50%", "|||||45%\n|||||62%\n|||||50", &["warning percentage-as-whole-number Payments!F4"]),
        ("1200% shown as such", "|||||45%\n|||||62%\n|||||1200%", &[]),
        ("20000% shown as such", "|||||2%\n|||||20000%", &["warning percentage-as-whole-number Payments!F3"]),
        ("a little above 100%", "|||||45%\n|||||62%\n|||||1.2", &[]),
        ("whole numbers throughout", "|||||45\n|||||62\n|||||50", &[]),
        ("a column that goes above 100%", "|||||45%\n|||||120%\n|||||3", &[]),
        ("an amount as text with a sign before", "||||\"£12.50\"", &["warning amount-as-text Payments!E2"]),
    ];
    for (name, cells, expected) in rows {
        assert_eq!(lines(&payments(cells)), expected, "{name}");
    }
}

#[test]
fn what_the_messages_say() {
    for (cells, message, likely) in [
        (
            "||||386.75O",
            "E2 says “386.75O”; its 7th character is the letter O, and the digit 0 is meant.",
            vec!["“386.750”"],
        ),
        (
            "||W\u{43e}rcester",
            "C2 says “W\u{43e}rcester”; its 2nd character is the Cyrillic letter “\u{43e}”, and the letter o is meant.",
            vec!["“Worcester”"],
        ),
        ("|\"INV-0001\\u{a0}\"", "B2 holds a non-breaking space (U+00A0): “INV-0001”, read as a plain space.", vec![]),
        (
            "15/04/22",
            "A2 says “15/04/22”, with a year of two digits, so that the day was not read.",
            vec!["15/04/2022, which lies in April 2022"],
        ),
        (
            "04/15/22",
            "A2 says “04/15/22”, with a year of two digits, so that the day was not read.",
            vec!["15/04/2022, which lies in April 2022"],
        ),
        ("1922-04-15", "A2 says 15/04/1922, with another century.", vec!["15/04/2022, which lies in April 2022"]),
        ("serial 15", "A2 shows 15/01/1900, which is the number 15 shown as a date.", vec![]),
        ("serial 61", "A2 shows 01/03/1900, which is the number 61 shown as a date.", vec![]),
        (
            "\"04/25/2022\"",
            "Date paid must be a day that exists; A2 says “04/25/2022”.",
            vec!["25/04/2022, which lies in April 2022, with day and month the wrong way round"],
        ),
        ("\"05/25/2022\"", "Date paid must be a day that exists; A2 says “05/25/2022”.", vec![]),
        (
            "2026-04-16",
            "Date paid must be in April 2022; the cell says 16/04/2026.",
            vec![
                "15/04/2022, which lies in April 2022, counted by Excel's other calendar, the 1904 date system being four years and one day away",
                "16/04/2022, which lies in April 2022, with the wrong year",
            ],
        ),
        ("||||10.004", "Amount must be in whole pence; E2 says 10.004.", vec![]),
        (
            "||||(12.50)",
            "E2 holds an amount typed as text: “(12.50)”. Read as -£12.50. Excel's sums leave it out.",
            vec![],
        ),
    ] {
        let outcome = payments(cells);
        assert_eq!(messages(&outcome), [message]);
        assert_eq!(suggestions(only(&outcome)), likely, "{cells}");
    }
}

#[test]
fn forty_rows_are_one_finding() {
    let column = |cell: &str, count: usize| std::iter::repeat_n(format!("{cell}\n"), count).collect::<String>();
    for (cell, expected) in [
        ("15/04/22", "error two-digit-year Payments!A2:A41"),
        ("||||(12.50)", "warning sign-as-text Payments!E2:E41"),
        ("||W\u{43e}rcester", "warning look-alike-characters Payments!C2:C41"),
        ("|||l2", "error look-alike-characters Payments!D2:D41"),
        ("||||-£5.00", "warning negative-amount Payments!E2:E41"),
    ] {
        assert_eq!(lines(&payments(&column(cell, 40))), [expected]);
    }
    // Of a column with a time here and there, one finding.
    let times = payments("serial 44666.5\n2022-04-15\nserial 44666.5\n2022-04-15\nserial 44667.25");
    assert_eq!(messages(&times), ["3 cells of A2:A6 hold days with a time of day: 12:00 and 06:00."]);
    assert_eq!(
        only(&times).fix,
        "Type the days alone into 3 cells of A2:A6; or put =INT(A2) into an empty column beside that row, fill it down, copy \
         it, and paste it over the dates as values."
    );
    assert_eq!(only(&payments("serial 44666.5")).fix, "Type the day alone into A2.");
    // A whole column from a workbook of the other calendar, and one in American order.
    let moved = payments("2026-04-16\n2026-04-20\n2026-04-21");
    assert!(suggestions(only(&moved))[0].starts_with("all of them counted by Excel's other calendar"));
    let american = payments("\"04/25/2022\"\n\"04/26/2022\"");
    assert_eq!(
        suggestions(only(&american)),
        ["all of them with day and month the wrong way round, as in American dates"]
    );
}

#[test]
fn what_excels_sum_leaves_out() {
    let of = |total: &str| payments(&format!("||A||£5.00\n||B||\"£7.50\"\n||C||\"£1.25\"\n||Total||{total}"));
    let lacking = of("=SUM(E2:E4) -> £5.00");
    let text = lacking.findings.iter().find(|finding| finding.code == "amount-as-text").unwrap();
    assert_eq!(
        text.message,
        "E3:E4 hold amounts typed as text: “£7.50” and “£1.25”. Excel's sums leave them out: the total in E5 lacks £8.75."
    );
    let cause = text.cause.as_ref().unwrap();
    assert_eq!(cause.suggestion.text, "E3:E4 (£8.75 together) typed as text, which Excel's sums leave out");
    assert_eq!(cause.difference, Some(Difference::Money(Money::from_pence(-875))));

    // A total that is right as it stands lacks nothing.
    let typed = of("£13.75");
    let text = typed.findings.iter().find(|finding| finding.code == "amount-as-text").unwrap();
    assert_eq!(text.message, "E3:E4 hold amounts typed as text: “£7.50” and “£1.25”. Excel's sums leave them out.");

    let one = payments("||Dawn Project||\"£7.50\"");
    let cause = only(&one).cause.as_ref().unwrap();
    assert_eq!(cause.suggestion.text, "E2 (£7.50, Dawn Project) typed as text, which Excel's sums leave out");
}

#[test]
fn what_a_sum_has_from_its_lines_is_no_second_finding() {
    let of = |line: &str, total: &str| payments(&format!("||A||£5.00\n||B||{line}\n||C||£1.00\n||Total||{total}"));
    let decimals = of("10.004", "=SUM(E2:E4) -> £16.004");
    assert_eq!(lines(&decimals), ["error fraction-of-penny Payments!E3"]);
    assert_eq!(decimals.findings[0].related[0].in_workbook(), "Payments!E5");
    assert_eq!(lines(&of("#REF!", "=SUM(E2:E4) -> #REF!")), ["error error-value Payments!E3"]);
    // What is typed, or is wrong without its lines, is a fault of its own.
    assert!(lines(&of("10.004", "£16.004")).contains(&"error fraction-of-penny Payments!E5".to_owned()));
    assert!(lines(&of("£10.00", "=SUM(E2:E4) -> £16.004")).contains(&"error fraction-of-penny Payments!E5".to_owned()));
}

#[test]
fn a_unit_that_each_row_says() {
    let schema = "fields:\n  - {name: value, title: Value, type: number, crosscast: {unit_in: unit}}\n  - {name: unit, \
                  title: Unit, type: string}\n";
    let judge = |rows: &str| {
        let text = format!("# Figures\nValue|Unit\n{rows}");
        judged(&pack(&[("figures", "Figures", schema)]), "2022-04 April.xlsx", &text)
    };
    let found = |rows: &str| lines(&judge(rows));
    assert_eq!(found("463|people\n200|percent"), ["warning percentage-as-whole-number Figures!A3"]);
    assert_eq!(
        messages(&judge("463|people\n200|percent")),
        ["A3 holds 200, which to Excel is 20,000%; 200% could be meant."]
    );
    assert_eq!(found("463|people\n20000%|%"), ["warning percentage-as-whole-number Figures!A3"]);
    assert_eq!(found("463|people\n2|percent\n200%|Per cent"), [""; 0]);
}

#[test]
fn a_sign_that_was_turned_is_a_cause() {
    let found = payments("||Dawn Project||-£12.50");
    let cause = only(&found).cause.as_ref().unwrap();
    assert_eq!(cause.suggestion.text, "E2 (-£12.50, Dawn Project) with its sign turned");
    assert_eq!(cause.difference, Some(Difference::Money(Money::from_pence(2500))));
}

#[test]
fn a_threshold_of_the_pack() {
    let schema = PAYMENTS.replace(
        "crosscast: {unit: percent}",
        "crosscast: {unit: percent, checks: {percentage-as-whole-number: {threshold: 1.1}}}",
    );
    let found = |cell: &str| {
        let text = format!("# Payments\n{HEADINGS}\n{}", noted(&format!("|||||45%\n|||||{cell}")));
        lines(&judged(&pack(&[("payments", "Payments", &schema)]), "2022-04 April.xlsx", &text))
    };
    assert_eq!(found("1.2"), ["warning percentage-as-whole-number Payments!F3"]);
    assert_eq!(found("1.1"), [""; 0]);
}

#[test]
fn a_check_that_is_off_leaves_the_cell_to_the_others() {
    let schema = PAYMENTS
        .replace("usually: positive", "checks: {look-alike-characters: {off: true}}")
        .replace("crosscast: {window: month}", "crosscast: {window: month, checks: {two-digit-year: {off: true}}}");
    let found = |cells: &str| {
        let text = format!("# Payments\n{HEADINGS}\n{}", noted(cells));
        lines(&judged(&pack(&[("payments", "Payments", &schema)]), "2022-04 April.xlsx", &text))
    };
    assert_eq!(found("||||386.75O"), ["error not-an-amount Payments!E2"]);
    assert_eq!(found("15/04/22"), ["error not-a-date Payments!A2"]);
    assert_eq!(found("1922-04-15"), ["error date-outside-month Payments!A2"]);
}

/// A return with its front sheet and a payment, in the workbook of April 2022.
fn prepared(prepared: &str, paid: &str) -> Outcome {
    let kinds = "  - name: return\n    files: '(?P<month>\\d{4}-\\d{2}).*'\n    frequency: monthly\n    prepared: \
                 front.prepared_on\n    tables: [{table: front, sheet: Front}, {table: payments, sheet: Payments}]\n";
    let pack = pack_of(&[
        (
            "tables/front.yaml",
            "fields:\n  - {name: title, title: Title, type: string}\n  - {name: prepared_on, title: \
                               Date prepared, type: date}\ncrosscast: {layout: form}\n",
        ),
        ("tables/payments.yaml", PAYMENTS),
        ("partnership.yaml", &partnership(kinds)),
    ]);
    let front = format!("# Front\nTitle | Payments\nDate prepared | {prepared}");
    judged(&pack, "2022-04 April.xlsx", &format!("{front}\n# Payments\n{HEADINGS}\n{}", noted(paid)))
}

#[test]
fn the_day_of_preparation() {
    let rows: [(&str, [&str; 2], &[&str]); 8] = [
        ("before", ["2022-05-04", "2022-04-28"], &[]),
        ("the same day", ["2022-04-28", "2022-04-28"], &[]),
        ("a day later", ["2022-04-27", "2022-04-28"], &["warning date-after-prepared Payments!A2"]),
        ("later and in another month", ["2022-04-27", "2022-06-28"], &["error date-outside-month Payments!A2"]),
        (
            "long after the month, and soon after it the other way",
            ["2022-10-05", "2022-04-28"],
            &["warning day-and-month-swapped Front!B2"],
        ),
        ("long after the month either way", ["2022-10-09", "2022-04-28"], &[]),
        ("long after the month, and no other way to read it", ["2022-10-25", "2022-04-28"], &[]),
        ("soon after the month either way", ["2022-06-05", "2022-04-28"], &[]),
    ];
    for (name, [day, paid], expected) in rows {
        assert_eq!(lines(&prepared(day, paid)), expected, "{name}");
    }
    let later = prepared("2022-04-27", "2022-04-28");
    assert_eq!(
        messages(&later),
        ["A2 says 28/04/2022, later than 27/04/2022, when the workbook was prepared (Front!B2)."]
    );
    let missing = prepared("", "2022-04-28");
    assert!(not_run(&missing).iter().any(|line| line.starts_with("date-after-prepared: There is no date prepared")));
    assert!(missing.not_run.iter().all(|check| check.check != "date-after-prepared" || !check.required));
}

#[test]
fn dates_that_count_from_1904() {
    let pack = payments_pack();
    let mut book =
        read("2022-04 April.xlsx", &workbook(&format!("# Payments\n{HEADINGS}\n{}", noted("2022-04-15"))), &pack);
    let judge = |book: &crosscast::model::Workbook| {
        let year = &pack.partnership.years[0];
        super::check_workbook(book, &super::Context { pack: &pack, year, month: book.month_in_name })
    };
    let mut settings = crosscast::model::Settings::default();
    book.settings = Some(settings.clone());
    assert_eq!(lines(&judge(&book)), [""; 0]);
    settings.counts_from_1904 = true;
    book.settings = Some(settings);
    assert_eq!(lines(&judge(&book)), ["warning other-date-system"]);
    // Of a format that does not tell it nothing is said here.
    // Where the days would lie in the month if they were counted from 1900, that is the fault, and an error.
    let moved = format!("# Payments\n{HEADINGS}\n{}", noted("2026-04-16\n2026-04-20"));
    let mut moved = read("2022-04 April.xlsx", &workbook(&moved), &pack);
    moved.settings = book.settings.clone();
    let outcome = judge(&moved);
    assert_eq!(lines(&outcome), ["error other-date-system"]);
    assert_eq!(outcome.findings[0].related[0].in_workbook(), "Payments!A2:A3");
}

#[test]
fn what_a_format_hides() {
    let sheet = workbook(&format!("# Payments\n{HEADINGS}\n{}", noted("|||12.5|£10.004")));
    let outcome = {
        let pack = payments_pack();
        let mut book = read("2022-04 April.xlsx", &sheet, &pack);
        let format = |cell: &mut crosscast::model::GridCell, code: &str| cell.format = Some(code.into());
        let grid = book.sheets[0].grid.as_ref().unwrap();
        let cells = grid.cells().map(|(position, cell)| {
            let mut cell = cell.clone();
            match position.to_string().as_str() {
                "D2" => format(&mut cell, "0"),
                "E2" => format(&mut cell, "£#,##0.00"),
                _ => {}
            }
            (position, cell)
        });
        book.sheets[0].grid = Some(crosscast::model::Grid::new(cells.collect()).unwrap());
        let year = &pack.partnership.years[0];
        super::check_workbook(&book, &super::Context { pack: &pack, year, month: book.month_in_name })
    };
    assert_eq!(
        messages(&outcome),
        [
            "People must be a whole number; D2 shows 12 and holds 12.5.",
            "Amount must be in whole pence; E2 shows £10.00 and holds 10.004.",
        ]
    );
}

/// What is found over workbooks of payments, each a column of payees.
fn labels(books: &[(&str, &[&str])]) -> Outcome {
    let kinds = "  - name: all\n    files: '.*'\n    tables: [{table: payments, sheet: Payments}]\n";
    let schema = "fields:\n  - {name: payee, title: Payee, type: string, crosscast: {label: true}}\n  - {name: note, \
                  title: Note, type: string}\n";
    let pack = pack_of(&[("tables/payments.yaml", schema), ("partnership.yaml", &partnership(kinds))]);
    let sheet = |payees: &[&str]| {
        let rows: String = payees.iter().map(|payee| format!("{payee}|{payee}\n")).collect();
        workbook(&format!("# Payments\nPayee|Note\n{rows}"))
    };
    let books: Vec<_> = books.iter().map(|(path, payees)| read(path, &sheet(payees), &pack)).collect();
    check_keys(&sealed_store(&pack, &books), &pack).unwrap()
}

#[test]
fn names_in_two_spellings() {
    for other in
        ["Dawn project & Co", "Dawn Project and Co", "Dawn-Project & Co", "Dawn  Project & Co", "Dawn Project & Co."]
    {
        let found = labels(&[("a.xlsx", &["Dawn Project & Co", "Dawn Project & Co"]), ("b.xlsx", &[other, other])]);
        assert_eq!(lines(&found), ["warning spelt-two-ways Payments!A2:A3"], "{other}");
        assert_eq!(
            found.findings[0].place.workbook.as_deref(),
            Some("b.xlsx"),
            "{other}: the first in the year is kept"
        );
    }
    let rarer = labels(&[("a.xlsx", &["St Paul’s Trust"]), ("b.xlsx", &["St Paul's Trust", "St Paul's Trust"])]);
    assert_eq!(messages(&rarer), ["A2 says “St Paul’s Trust” as the payee; 2 other rows say “St Paul's Trust”."]);
    assert_eq!(suggestions(&rarer.findings[0]), ["“St Paul's Trust”"]);
    let spaced = labels(&[("a.xlsx", &["Dawn Trust", "Dawn Trust"]), ("b.xlsx", &["Dawn  Trust"])]);
    assert_eq!(
        messages(&spaced),
        [
            "A2 says “Dawn Trust”, with two spaces after “Dawn”, as the payee; 2 other rows say “Dawn Trust”, with one space \
          between the words."
        ]
    );
    for near in ["Dawn Projects & Co", "Dawn Project 2 & Co", "Dawn Projekt & Co"] {
        assert_eq!(lines(&labels(&[("a.xlsx", &["Dawn Project & Co", near])])), [""; 0], "{near}");
    }
}

#[test]
fn a_reference_in_two_alphabets_is_no_unknown_one_as_well() {
    let found = |project: &str, checks: &str| {
        let meetings = format!(
            "fields:\n  - {{name: project, title: Project, type: string{checks}}}\n  - {{name: note, title: Note, type: \
             string}}\nforeignKeys:\n  - fields: [project]\n    reference: {{resource: funding, fields: [project]}}\n"
        );
        let kinds = "  - name: all\n    files: '.*'\n    tables: [{table: funding, sheet: Funding}, {table: meetings, \
                     sheet: Meetings}]\n";
        let pack = pack_of(&[
            ("tables/meetings.yaml", &meetings),
            ("tables/funding.yaml", "fields:\n  - {name: project, title: Project title, type: string}\n"),
            ("partnership.yaml", &partnership(kinds)),
        ]);
        let text = format!("# Funding\nProject title\nHate Crime\n# Meetings\nProject|Note\n{project}|n");
        let book = read("a.xlsx", &workbook(&text), &pack);
        let year = &pack.partnership.years[0];
        let mut outcome = super::check_workbook(&book, &super::Context { pack: &pack, year, month: None });
        outcome.extend(check_keys(&sealed_store(&pack, &[book]), &pack).unwrap());
        lines(&outcome)
    };
    assert_eq!(found("Hate Cr\u{456}me", ""), ["error look-alike-characters Meetings!A2"]);
    assert_eq!(found("Hate Cirme", ""), ["error unknown-reference Meetings!A2"]);
    let off = ", crosscast: {checks: {look-alike-characters: {off: true}}}";
    assert_eq!(found("Hate Cr\u{456}me", off), ["error unknown-reference Meetings!A2"]);
    assert_eq!(found("\"Hate\\u{a0}Crime\"", ""), ["warning invisible-character Meetings!A2"]);
}
