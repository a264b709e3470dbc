//! Where a table is looked for, and headings on several rows.

use crosscast::model::{Origin, Value, WhyAbsent, Workbook};

use super::{findings, read_by, shown, the_table};

/// Payments of which each has a name and an amount.
fn payments(options: &str) -> String {
    format!(
        "fields:
  - {{name: name, title: Name, type: string}}
  - {{name: amount, title: Amount, type: number, crosscast: {{unit: GBP}}}}
crosscast: {{title: Payments{options}}}
"
    )
}

/// The names and amounts of the rows, each with its cell.
fn rows(options: &str, text: &str) -> Vec<Vec<String>> {
    shown(&the_table(&read_by(&[("payments", "Sheet", &payments(options))], text), "payments"))
}

/// Why the table was not found.
fn why(options: &str, text: &str) -> WhyAbsent {
    let mut read = read_by(&[("payments", "Sheet", &payments(options))], text);
    assert_eq!(read.tables, []);
    read.absent.remove(0).why
}

/// Cells with their texts: `A3 Date paid`.
fn cells(why: &WhyAbsent) -> Vec<String> {
    let cells = match why {
        WhyAbsent::NotLocated { near, .. } => near,
        WhyAbsent::Ambiguous(ambiguity) => &ambiguity.candidates,
        other => panic!("{other:?}"),
    };
    cells.iter().map(|cell| format!("{} {}", cell.position, cell.text)).collect()
}

fn said(options: &str, text: &str) -> Vec<String> {
    findings(&[("payments", "Sheet", &payments(options))], text)
}

/// Two tables below each other, each with a title.
const STACKED: &str = "# Sheet
Section A
Name | Amount
Rent | £1.00
Heat | £2.00

Section B
Name | Amount
Books | £3.00
Total | £3.00
";

/// Two tables beside each other.
const BESIDE: &str = "# Sheet
Grants | | | | Loans
Name | Amount | Note | | Name | Amount | Note
Rent | £1.00 | a | | Books | £3.00 | c
Heat | £2.00 | b
Total | £3.00 | | | Paper | £4.00 | d
";

// Survey: stacked tables on a sheet.
#[test]
fn tables_below_each_other() {
    assert_eq!(rows(", locate: {nth: 1}", STACKED), [["A3 Rent", "B3 1"], ["A4 Heat", "B4 2"]]);
    assert_eq!(rows(", locate: {nth: 2}", STACKED), [["A8 Books", "B8 3"]]);
    assert_eq!(rows(", locate: {after: section a}", STACKED), [["A3 Rent", "B3 1"], ["A4 Heat", "B4 2"]]);
    assert_eq!(rows(", locate: {after: Section B}", STACKED), [["A8 Books", "B8 3"]]);
    assert_eq!(rows(", locate: {before: Section B}", STACKED), [["A3 Rent", "B3 1"], ["A4 Heat", "B4 2"]]);
    let between = ", locate: {after: Section A, before: 'Section .*'}";
    assert_eq!(rows(between, STACKED), [["A3 Rent", "B3 1"], ["A4 Heat", "B4 2"]]);
}

#[test]
fn of_two_tables_neither_is_read_unless_the_pack_tells_which() {
    let why = why("", STACKED);
    assert_eq!(cells(&why), ["A2 Name", "A7 Name"]);
    assert_eq!(
        said("", STACKED),
        [
            "ambiguous-table : The headings of Payments stand twice on this sheet: in A2 (“Name”) and A7 (“Name”). It cannot \
          be told which is meant, so neither was read."
        ]
    );
    // A table with one of the headings alone is none.
    let one = STACKED.replace("Section B\nName | Amount", "Section B\nName | Value");
    assert_eq!(rows("", &one).len(), 5);
}

#[test]
fn more_tables_than_are_there() {
    let why = why(", locate: {nth: 3}", STACKED);
    assert_eq!(cells(&why), ["A2 Name", "A7 Name"]);
    assert_eq!(
        said(", locate: {nth: 3}", STACKED),
        [
            "table-not-located : Table 3 with the headings of Payments is not on this sheet, so Payments was not read. The \
          nearest to it are A2 (“Name”) and A7 (“Name”)."
        ]
    );
}

#[test]
fn a_table_that_follows_far_below_is_seen_too() {
    let far = format!("# Sheet\nName | Amount\n{}\nName | Amount\nLast | £9.00", "Rent | £1.00\n".repeat(400));
    assert_eq!(cells(&why("", &far)), ["A2 Name", "A403 Name"].map(|cell| cell.replace("A2 ", "A1 ")));
    assert_eq!(rows(", locate: {nth: 2}", &far), [["A404 Last", "B404 9"]]);
    assert_eq!(rows(", locate: {nth: 1}", &far).len(), 400);
}

#[test]
fn rows_that_two_tables_read() {
    let table = |title: &str, locate: &str| payments(&format!(", locate: {locate}")).replace("Payments", title);
    let said = |b: &str, c: &str, text: &str| {
        findings(&[("b", "Sheet", &table("Payments B", b)), ("c", "Sheet", &table("Payments C", c))], text)
    };
    let twice = ["cells-read-twice B8: B8 is read twice: as Payments B and as Payments C."];
    let (after_a, after_b) = ("{after: Section A}", "{after: Section B}");
    let renamed = STACKED.replacen("Name | Amount", "Who | Sum", 1);
    assert_eq!(said(after_a, after_b, &renamed), twice);
    assert_eq!(said("{nth: 2}", "{nth: 2}", STACKED), twice);
    assert_eq!(said(after_a, after_b, STACKED), [""; 0]);
    // Labels alone are in no sum, so that two tables may share them.
    let other = table("Payments C", "{nth: 1}").replace("title: Amount", "title: Other");
    let text = "# Sheet\nName | Amount | Other\nRent | £1.00 | £2.00";
    let lines = findings(&[("b", "Sheet", &table("Payments B", "{nth: 1}")), ("c", "Sheet", &other)], text);
    assert!(!lines.iter().any(|line| line.starts_with("cells-read-twice")), "{lines:?}");
}

// Survey: heading row repeated mid-table.
#[test]
fn headings_that_stand_again_are_of_one_table_where_the_pack_says_so() {
    let pages = "# Sheet\nName | Amount\nRent | £1.00\nName | Amount\nHeat | £2.00";
    assert_eq!(rows(", rows: {repeated_headings: true}", pages), [["A2 Rent", "B2 1"], ["A4 Heat", "B4 2"]]);
    assert_eq!(cells(&why("", pages)), ["A1 Name", "A3 Name"]);
    // In other columns they are another table's.
    let moved = "# Sheet\nName | Amount\nRent | £1.00\n | | Name | Amount\n | | Heat | £2.00";
    assert_eq!(cells(&why(", rows: {repeated_headings: true}", moved)), ["A1 Name", "C3 Name"]);
}

// Survey: tables side by side.
#[test]
fn tables_beside_each_other() {
    assert_eq!(rows(", locate: {nth: 1}", BESIDE), [["A3 Rent", "B3 1"], ["A4 Heat", "B4 2"]]);
    // The total of the left table does not end the right one.
    assert_eq!(rows(", locate: {nth: 2}", BESIDE), [["E3 Books", "F3 3"], ["E5 Paper", "F5 4"]]);
    assert_eq!(rows(", locate: {range: 'E:G'}", BESIDE), [["E3 Books", "F3 3"], ["E5 Paper", "F5 4"]]);
    assert_eq!(
        said("", BESIDE),
        [
            "ambiguous-table : The headings of Payments stand twice on this sheet: in A2 (“Name”) and E2 (“Name”). It cannot \
          be told which is meant, so neither was read."
        ]
    );
    let read = read_by(&[("payments", "Sheet", &payments(", locate: {nth: 2}"))], BESIDE);
    let unknown = &the_table(&read, "payments").unknown_headings;
    assert_eq!(unknown.iter().map(|heading| heading.position.to_string()).collect::<Vec<_>>(), ["G2"]);
}

#[test]
fn one_heading_alone_that_stands_twice_is_repeated() {
    let twice = "# Sheet\nName | Amount | Amount\nRent | £1.00 | £2.00";
    assert_eq!(
        said("", twice),
        ["repeated-heading C1: The heading “Amount” repeats “Amount” in B1, so this column was not read."]
    );
}

// Survey: a title above each table; anchors.
#[test]
fn anchors_that_are_not_there() {
    let slip = STACKED.replace("Section B", "Sectoin B");
    let why = why(", locate: {after: Section B}", &slip);
    assert_eq!(cells(&why), ["A6 Sectoin B"]);
    assert_eq!(
        said(", locate: {after: Section B}", &slip),
        [
            "table-not-located : The text “Section B” is not on this sheet, so Payments was not read. The nearest to it is A6 \
          (“Sectoin B”)."
        ]
    );
    // It must be the whole text of a cell.
    assert_eq!(cells(&self::why(", locate: {after: Section}", STACKED)), ["A1 Section A"]);
}

#[test]
fn anchors_that_are_there_twice() {
    let twice = STACKED.replace("Section B", "Section A");
    let WhyAbsent::Ambiguous(ambiguity) = why(", locate: {after: Section A}", &twice) else { panic!("it is not told") };
    assert_eq!(ambiguity.add, "locate: {range: '1:5'}");
    assert_eq!(
        said(", locate: {after: Section A}", &twice),
        [
            "ambiguous-table : The text “Section A” stands twice on this sheet: in A1 (“Section A”) and A6 (“Section A”). It \
          cannot be told which is meant, so Payments was not read."
        ]
    );
    let told = ", locate: {after: Section A, range: '1:5'}";
    assert_eq!(rows(told, &twice), [["A3 Rent", "B3 1"], ["A4 Heat", "B4 2"]]);
    // Twice in one row is one row.
    let beside = STACKED.replace("Section B", "Section B | Section B");
    assert_eq!(rows(", locate: {after: Section B}", &beside), [["A8 Books", "B8 3"]]);
}

// Survey: a named range on the data.
#[test]
fn defined_names() {
    let named = |refers_to: &str| STACKED.replace("# Sheet\n", &format!("# Sheet\n@name Paid = {refers_to}\n"));
    let by_name = ", locate: {name: paid}";
    assert_eq!(rows(by_name, &named("Sheet!$A$7:$B$9")), [["A8 Books", "B8 3"]]);
    assert_eq!(rows(by_name, &named("Sheet!$A$2:$B$4")), [["A3 Rent", "B3 1"], ["A4 Heat", "B4 2"]]);
    // It begins at the body, and misses a column.
    assert_eq!(rows(by_name, &named("Sheet!$A$3:$B$3")), [["A3 Rent", "B3 1"]]);
    assert_eq!(rows(by_name, &named("Sheet!$A$3:$A$4")), [["A3 Rent", "B3 1"], ["A4 Heat", "B4 2"]]);

    let why = |refers_to: &str, options: &str| why(options, &named(refers_to));
    let WhyAbsent::NotLocated { what, near } = why("Sheet!$A$7:$B$9", ", locate: {name: Payd}") else {
        panic!("found")
    };
    assert_eq!((&*what, near.len(), near[0].position.to_string()), ("the defined name Payd", 1, "A7".to_owned()));
    // Cells of another sheet, and a formula.
    let elsewhere = named("Other!$A$1:$B$2") + "\n# Other\nName | Amount\nRent | £1.00";
    let WhyAbsent::NotLocated { what, .. } = self::why(by_name, &elsewhere) else { panic!("found") };
    assert_eq!(what, "cells of the defined name paid");
    assert!(matches!(why("OFFSET(Sheet!$A$2,0,0,3,2)", by_name), WhyAbsent::NotLocated { .. }));
}

#[test]
fn a_column_beside_a_name_is_taken_in_only_where_it_is_missed() {
    // The left table is whole: nothing of the right one is its own.
    let beside = "# Sheet\n@name Paid = Sheet!$A$2:$B$3\nGrants | | Loans\nName | Amount | Name | Amount\nRent | £1.00 | Books | £3.00";
    let read = read_by(&[("payments", "Sheet", &payments(", locate: {name: Paid}"))], beside);
    let table = the_table(&read, "payments");
    assert_eq!(
        (shown(&table), table.repeated_headings.len()),
        (vec![vec!["A3 Rent".to_owned(), "B3 1".to_owned()]], 0)
    );
    // A column without a heading parts them.
    let apart = "# Sheet\n@name Paid = Sheet!$A$1:$A$2\nName | | Amount\nRent | | £3.00";
    assert_eq!(why(", locate: {name: Paid}", apart), WhyAbsent::NoHeadings(vec!["Amount".to_owned()]));
}

// Survey: an Excel table.
#[test]
fn excel_tables() {
    let text = "# Sheet\n@table Grants A2:B3\n@table Loans D2:E3\nPaid\nName | Amount | | Name | Amount\nRent | £1.00 | | Books | £3.00";
    assert_eq!(rows(", locate: {table: grants}", text), [["A3 Rent", "B3 1"]]);
    assert_eq!(rows(", locate: {table: Loans}", text), [["D3 Books", "E3 3"]]);
    let why = why(", locate: {table: Loan}", text);
    assert_eq!(cells(&why), ["D2 Loans"]);
    assert_eq!(
        said(", locate: {table: Loan}", text),
        [
            "table-not-located : The Excel table Loan is not on this sheet, so Payments was not read. The nearest to it is D2 \
          (“Loans”)."
        ]
    );
}

#[test]
fn ranges() {
    assert_eq!(rows(", locate: {range: 'A7:B9'}", STACKED), [["A8 Books", "B8 3"]]);
    assert_eq!(rows(", locate: {range: '7:9'}", STACKED), [["A8 Books", "B8 3"]]);
    let WhyAbsent::NoHeadings(missing) = why(", locate: {range: 'B:B'}", STACKED) else { panic!("found") };
    assert_eq!(missing, ["Name"]);
}

#[test]
fn headings_that_another_table_knows_better_are_its_own() {
    let income = "fields:
  - {name: name, title: Name, type: string}
  - {name: amount, title: Amount, type: number, crosscast: {unit: GBP}}
  - {name: payer, title: Payer, type: string}
";
    let text = "# Sheet\nName | Amount | Payer\nFees | £5.00 | School\n\nName | Amount\nRent | £1.00";
    let read = read_by(&[("payments", "Sheet", &payments("")), ("income", "Sheet", income)], text);
    assert_eq!(shown(&the_table(&read, "payments")), [["A5 Rent", "B5 1"]]);
    assert_eq!(shown(&the_table(&read, "income")), [["A2 Fees", "B2 5", "C2 School"]]);
}

/// A budget with a forecast and an actual figure for two months.
fn budget(april: &str, options: &str) -> String {
    format!(
        "fields:
  - {{name: service, title: Service, type: string}}
  - {{name: april, title: April, type: number, crosscast: {{unit: GBP, {april}}}}}
crosscast: {{title: Budget, headings: {{rows: 2{options}}}}}
"
    )
}

const FORECAST: &str = "# Budget
@merge B2:C2
@merge D2:E2
Budget monitor 2022-23
 | Forecast | | Actual |
Service | April | May | April | May
Parks | £1.00 | £2.00 | £3.00 | £4.00
";

// Survey: headings on several rows.
#[test]
fn a_path_tells_columns_with_the_same_lowest_heading_apart() {
    let read = |april: &str, options: &str, text: &str| {
        let read = read_by(&[("budget", "Budget", &budget(april, options))], text);
        let table = the_table(&read, "budget");
        let column = table.columns[1].as_ref().map(|column| format!("{} {}", column.heading, column.text));
        (shown(&table), column)
    };
    let (rows, column) = read("path: [Forecast, April]", "", FORECAST);
    assert_eq!(rows, [["A4 Parks", "B4 1"]]);
    assert_eq!(column.as_deref(), Some("B3 Forecast > April"));
    let (rows, column) = read("path: [actual, april]", "", FORECAST);
    assert_eq!(
        (rows, column.as_deref()),
        (vec![vec!["A4 Parks".to_owned(), "D4 3".to_owned()]], Some("D3 Actual > April"))
    );

    // May stands below a cell that is merged with Forecast.
    let may = budget("path: [Forecast, May]", "").replace("title: April", "title: May");
    assert_eq!(shown(&the_table(&read_by(&[("budget", "Budget", &may)], FORECAST), "budget")), [["A4 Parks", "C4 2"]]);

    // Without merged cells the pack says how far a heading reaches.
    let plain = FORECAST.replace("@merge B2:C2\n@merge D2:E2\n", "");
    let may = budget("path: [Actual, May]", ", fill: right").replace("title: April", "title: May");
    let table = the_table(&read_by(&[("budget", "Budget", &may)], &plain), "budget");
    assert_eq!(shown(&table), [["A4 Parks", "E4 4"]]);
    let may = budget("path: [Actual, May]", "").replace("title: April", "title: May");
    let read = read_by(&[("budget", "Budget", &may)], &plain);
    assert_eq!(read.absent[0].why.missing_headings(), ["Actual > May"]);
}

#[test]
fn a_lowest_heading_that_stands_twice_is_an_error_that_helps() {
    let budget = budget("aliases: []", "");
    let read = read_by(&[("budget", "Budget", &budget)], FORECAST);
    let table = the_table(&read, "budget");
    let [(1, ambiguity)] = table.ambiguous.as_slice() else { panic!("{:?}", table.ambiguous) };
    assert_eq!(ambiguity.add, "path: [Forecast, April]");
    assert_eq!(table.columns[1], None);
    let said = findings(&[("budget", "Budget", &budget)], FORECAST);
    let said: Vec<&String> = said.iter().filter(|line| !line.starts_with("unknown-heading")).collect();
    assert_eq!(
        said,
        [
            "ambiguous-heading B3: The heading April stands twice on this sheet: in B3 (“Forecast > April”) and D3 (“Actual > \
          April”). It cannot be told which is meant, so neither was read."
        ]
    );
    // What the finding says to add tells it.
    let told = self::budget(&ambiguity.add, "");
    assert_eq!(shown(&the_table(&read_by(&[("budget", "Budget", &told)], FORECAST), "budget")), [["A4 Parks", "B4 1"]]);
}

#[test]
fn the_whole_path_comes_before_one_that_ends_alike() {
    let text = "# Budget\n@merge C1:D1\n | | Actual |\nService | April | April | May\nParks | £1.00 | £3.00 | £4.00";
    let told = budget("path: [April]", "");
    assert_eq!(shown(&the_table(&read_by(&[("budget", "Budget", &told)], text), "budget")), [["A3 Parks", "B3 1"]]);
}

// Survey: headings on several rows; a title above.
#[test]
fn a_month_among_the_headings_is_no_title() {
    let text = "# Budget\n@merge B2:C2\nMonitor of April 2022\n | May 2022 | | June 2022\nService | Spent | Left | April\nParks | £1.00 | £2.00 | £3.00";
    let schema = budget("aliases: []", "");
    let titles = |text: &str| -> Vec<String> {
        let all = findings(&[("budget", "Budget", &schema)], text);
        all.into_iter().filter(|line| line.starts_with("other-month-in-title")).collect()
    };
    assert_eq!(titles(text), [""; 0]);
    assert_eq!(titles(&text.replace("Monitor of April", "Monitor of March")).len(), 1, "a title is one");
}

// Survey: headings that are merely wrapped over several rows.
#[test]
fn a_heading_wrapped_over_rows_is_its_words_joined() {
    let schema = "fields:
  - {name: paid_on, title: Date paid, type: date}
  - {name: amount, title: Amount (£), type: number, crosscast: {unit: GBP}}
  - {name: payee, title: Payee, type: string}
crosscast: {headings: {rows: 2}}
";
    let text = "# Sheet\nDate | Amount |\npaid | (£) | Payee\n2022-04-15 | £1.00 | Dawn";
    let table = the_table(&read_by(&[("payments", "Sheet", schema)], text), "payments");
    assert_eq!(shown(&table), [["A3 15/04/2022", "B3 1", "C3 Dawn"]]);
    // A line break within one cell is a space.
    let one_row = schema.replace("crosscast: {headings: {rows: 2}}\n", "");
    let text = "# Sheet\n\"Date\\npaid\" | \"Amount\\n(£)\" | Payee\n2022-04-15 | £1.00 | Dawn";
    assert_eq!(shown(&the_table(&read_by(&[("payments", "Sheet", &one_row)], text), "payments")).len(), 1);
    // Words of other headings between are no part of it.
    let text = "# Sheet\nDate | Amount |\n| (£) | Payee\npaid\n2022-04-15 | £1.00 | Dawn";
    assert_eq!(the_table(&read_by(&[("payments", "Sheet", schema)], text), "payments").columns[0], None);
}

// Survey: unit in its own row; footnote marks in labels; rows above the headings.
#[test]
fn units_below_headings_and_marks_of_footnotes() {
    let text = "# Sheet\nPayments\n\nName [note 1] | Amount*\n | £\nRent | £1.00";
    assert_eq!(rows(", headings: {strip: footnotes, skip_rows: 1}", text), [["A5 Rent", "B5 1"]]);
    let WhyAbsent::NoHeadings(missing) = why(", headings: {skip_rows: 1}", text) else { panic!("found") };
    assert_eq!(missing, ["Name", "Amount"]);
    // Not skipped, the row of units is a row like any other.
    assert_eq!(rows(", headings: {strip: footnotes}", text).len(), 2);
    // A bracket that is no mark is a part of the heading.
    let band = text.replace("Amount*", "Amount (A)");
    let WhyAbsent::NoHeadings(missing) = why(", headings: {strip: footnotes}", &band) else { panic!("found") };
    assert_eq!(missing, ["Amount"]);
}

#[test]
fn a_heading_by_its_pattern() {
    let schema =
        payments("").replace("crosscast: {unit: GBP}", "crosscast: {unit: GBP, heading: 'Amount in .* \\d{4}'}");
    let text = "# Sheet\nName | amount in April 2022\nRent | £1.00";
    assert_eq!(shown(&the_table(&read_by(&[("payments", "Sheet", &schema)], text), "payments")), [["A2 Rent", "B2 1"]]);
    // The title no longer counts.
    let plain = "# Sheet\nName | Amount\nRent | £1.00";
    let read = read_by(&[("payments", "Sheet", &schema)], plain);
    assert_eq!(read.absent[0].why.missing_headings(), ["Amount"]);
}

/// The staff of a month, on a sheet of its name.
const STAFF: &str = "fields:
  - {name: month, title: Month, type: yearmonth}
  - {name: team, title: Team, type: string}
  - {name: people, title: People, type: integer}
";

const MONTHS: &str = "{match: '(?P<month>[A-Z][a-z]+ \\d{4})'}";

fn staff(sheets: &str, text: &str) -> Workbook {
    read_by(&[("staff", sheets, STAFF)], text)
}

// Survey: the same table on many sheets, whose names carry a value; hidden sheets.
#[test]
fn twelve_sheets_named_by_their_months() {
    let months = ["April 2022", "May 2022", "June 2022", "July 2022", "August 2022", "September 2022", "October 2022"];
    let months =
        months.iter().chain(&["November 2022", "December 2022", "January 2023", "February 2023", "March 2023"]);
    let mut text = String::from("# Notes\nTeam | People\nNobody | 0\n");
    for (index, month) in months.enumerate() {
        let hidden = if index == 4 { " (hidden)" } else { "" };
        text.push_str(&format!("# {month}{hidden}\nTeam | People\nParks | {index}\n"));
    }
    let read = staff(MONTHS, &text);
    assert_eq!(read.tables.len(), 11, "the hidden one is not asked for, and Notes is no month");
    let first = &read.tables[0];
    assert_eq!(
        (&*first.sheet, shown(first)),
        ("April 2022", vec![["A1 April 2022", "A2 Parks", "B2 0"].map(str::to_owned).to_vec()])
    );
    assert_eq!(first.rows[0].cells[0].value, Value::Month("2022-04".parse().unwrap()));
    assert_eq!(first.columns[0].as_ref().map(|column| column.origin), Some(Origin::Sheet));
    let sheets: Vec<&str> = read.tables.iter().map(|table| &*table.sheet).collect();
    assert!(!sheets.contains(&"August 2022") && !sheets.contains(&"Notes"));

    let with_hidden = MONTHS.replace('}', ", hidden: true}").replacen(", hidden: true}", "}", 1);
    let with_hidden =
        if with_hidden.contains("hidden") { with_hidden } else { MONTHS.replace("'}", "', hidden: true}") };
    assert_eq!(staff(&with_hidden, &text).tables.len(), 12);
}

#[test]
fn a_name_that_gives_no_value_is_a_finding_on_the_sheet() {
    let text = "# Aprill 2022\nTeam | People\nParks | 1\n# May 2022\nTeam | People\nParks | 2";
    assert_eq!(
        findings(&[("staff", MONTHS, STAFF)], text),
        ["sheet-name-not-understood : The name of this sheet gives “Aprill 2022” as the month, which is not a month."]
    );
    let late = STAFF.replace("type: yearmonth", "type: yearmonth, crosscast: {window: year}");
    assert_eq!(
        findings(&[("staff", MONTHS, &late)], &text.replace("Aprill 2022", "April 2021")),
        [
            "sheet-name-not-understood : The name of this sheet gives “April 2021” as the month, which does not lie between 1 \
          April 2022 and 31 March 2023."
        ]
    );
}

#[test]
fn no_sheet_whose_name_is_like_a_pattern() {
    let said = findings(&[("staff", "{match: 'Staff .*'}", STAFF)], "# Sheet\nTeam | People\nParks | 1");
    assert_eq!(said, ["missing-sheet : There is no sheet whose name is like “Staff .*”."]);
}

// Survey: two sheets that are one table with other columns hidden. Reading both doubles it: the keys are then there twice,
// which the checks of the year find; here it is seen that both are read, each with its own columns hidden.
#[test]
fn two_views_of_one_table_are_two_tables() {
    let view = |name: &str, hidden: &str| format!("# Staff {name}\n@hide column {hidden}\nTeam | People\nParks | 1\n");
    let read = staff("{match: 'Staff .*'}", &(view("short", "B") + &view("long", "C")));
    assert_eq!(read.tables.len(), 2);
}
