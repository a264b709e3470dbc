//! Sections, keys given once, filler, ends; subtotals and totals below.

mod sums;

use crosscast::model::{Origin, Table};

use super::{findings, read_by, shown, the_table};

/// A budget by service: the fields, and what the pack says of the rows.
fn budget(rows: &str) -> String {
    format!(
        "
fields:
  - {{name: service, title: Service, type: string, constraints: {{required: true}}, crosscast: {{optional: true}}}}
  - {{name: line, title: Line, type: string, constraints: {{required: true}}}}
  - {{name: budget, title: Budget, type: number, constraints: {{required: true}}, crosscast: {{unit: GBP}}}}
  - {{name: staff, title: Staff, type: integer}}
crosscast:
  rows:
{}",
        rows.trim_matches('\n')
    )
}

/// The table of a budget on the sheet Budget.
fn read(rows: &str, text: &str) -> Table {
    the_table(&read_by(&[("budget", "Budget", &budget(rows))], text), "budget")
}

/// What is found in it.
fn found(rows: &str, text: &str) -> Vec<String> {
    findings(&[("budget", "Budget", &budget(rows))], text)
}

const SECTIONS: &str = "    sections: [{field: service}]";

// Survey: section rows inside the table (22).
#[test]
fn section_rows_give_a_field_to_the_rows_below_them() {
    let text = "# Budget
        Budget 2022-23

        Line | Budget | Staff
        Adults
        Day care | £100.00 | 2
        Home care | £200.00 | 3

        Children
        Fostering | £50.00 | 1
        Total | £350.00 | 6";
    let table = read(SECTIONS, text);
    assert_eq!(
        shown(&table),
        [
            ["A4 Adults", "A5 Day care", "B5 100", "C5 2"],
            ["A4 Adults", "A6 Home care", "B6 200", "C6 3"],
            ["A8 Children", "A9 Fostering", "B9 50", "C9 1"],
        ]
    );
    let service = table.columns[0].as_ref().unwrap();
    assert_eq!((service.heading.to_string(), &*service.text, service.origin), ("A4".into(), "Adults", Origin::Section));
    assert_eq!(table.total.as_ref().unwrap().line, 9);
    assert_eq!(found(SECTIONS, text), [""; 0]);
    // A section's label is a cell of the table, and no text beside it.
    let texts = read_by(&[("budget", "Budget", &budget(SECTIONS))], text).texts;
    let texts: Vec<&str> = texts.iter().map(|text| &*text.text).collect();
    assert_eq!(texts, ["Budget 2022-23"]);
}

// Survey: section rows inside the table (22), with a label before the first column, merged over it.
#[test]
fn a_section_may_stand_before_the_first_column_and_its_pattern_tells_its_value() {
    let rows = "    sections: [{field: service, match: 'Service: (?P<service>.*)'}]";
    let text = "# Budget
        @merge A2:C2
        | Line | Budget | Staff
        \"Service:  Adults\"
        | Day care | £100.00 | 2
        SERVICE: Children
        | Fostering | £50.00 | 1";
    let table = read(rows, text);
    assert_eq!(
        shown(&table),
        [["A2 Adults", "B3 Day care", "C3 100", "D3 2"], ["A4 Children", "B5 Fostering", "C5 50", "D5 1"]]
    );
    // Near miss: a label that the pattern does not match is a record that lacks what a record must have.
    assert_eq!(found(rows, text), [""; 0]);
    let near_miss = text.replace("SERVICE: Children", "| Services");
    assert_eq!(found(rows, &near_miss), ["required-value C4: Enter the budget."]);
    assert_eq!(shown(&read(rows, &near_miss))[1], ["A2 Adults", "B4 Services", "C4", "D4"]);
}

// Survey: section rows inside the table (22), in two levels.
#[test]
fn a_new_outer_section_ends_the_inner() {
    let yaml = "
fields:
  - {name: directorate, title: Directorate, type: string, crosscast: {optional: true}}
  - {name: service, title: Service, type: string, crosscast: {optional: true}}
  - {name: line, title: Line, type: string}
  - {name: budget, title: Budget, type: number, crosscast: {unit: GBP}}
crosscast:
  rows:
    sections: [{field: directorate, match: '.* directorate'}, {field: service}]
";
    let read = read_by(
        &[("budget", "Budget", yaml)],
        "# Budget
        Line | Budget
        People directorate
        Adults
        Day care | £1.00
        Children
        Fostering | £2.00
        Place directorate
        Roads | £3.00",
    );
    assert_eq!(
        shown(&the_table(&read, "budget")),
        [
            ["A2 People directorate", "A3 Adults", "A4 Day care", "B4 1"],
            ["A2 People directorate", "A5 Children", "A6 Fostering", "B6 2"],
            ["A7 Place directorate", "A8", "A8 Roads", "B8 3"],
        ]
    );
}

const FILL_DOWN: &str = "    fill_down: [service]";

// Survey: key given once for a group of rows (8).
#[test]
fn a_key_given_once_holds_for_the_rows_below() {
    let text = "# Budget
        Service | Line | Budget | Staff
        =\"Adu\"&\"lts\" -> Adults | Day care | £100.00 | 2
        | Home care | £200.00 | 3
        Children | Fostering | £50.00 | 1
        | Adoption | £60.00 | 1";
    let table = read(FILL_DOWN, text);
    assert_eq!(
        shown(&table),
        [
            ["A2 Adults", "B2 Day care", "C2 100", "D2 2"],
            ["A2 Adults", "B3 Home care", "C3 200", "D3 3"],
            ["A4 Children", "B4 Fostering", "C4 50", "D4 1"],
            ["A4 Children", "B5 Adoption", "C5 60", "D5 1"],
        ]
    );
    assert!(table.rows[0].cells[0].formula.is_some() && table.rows[1].cells[0].formula.is_none());
    assert_eq!(found(FILL_DOWN, text), [""; 0]);
    // Near miss: nothing stands above the first row, and without the word nothing is filled.
    let first_empty = text.replace("=\"Adu\"&\"lts\" -> Adults", "");
    assert_eq!(found(FILL_DOWN, &first_empty), ["required-value A2:A3: Enter the service in each of A2:A3."]);
    assert_eq!(found("    skip: []", text).len(), 2);
}

// Survey: key given once (8) within section rows (22): what a section gives ends with it.
#[test]
fn a_section_ends_what_is_filled_down() {
    let rows = "    sections: [{field: service}]\n    fill_down: [line]";
    let text = "# Budget
        Line | Budget | Staff
        Adults
        Care | £1.00 | 1
        | £2.00 | 2
        Children
        | £3.00 | 3";
    assert_eq!(
        shown(&read(rows, text)),
        [
            ["A2 Adults", "A3 Care", "B3 1", "C3 1"],
            ["A2 Adults", "A3 Care", "B4 2", "C4 2"],
            ["A5 Children", "A6", "B6 3", "C6 3"],
        ]
    );
}

// Survey: heading row repeated mid-table (5).
#[test]
fn headings_that_stand_again_are_passed_over() {
    let rows = "    repeated_headings: true";
    let text = "# Budget
        Service | Line | Budget | Staff
        Adults | Care | £1.00 | 1
        Page 2
        SERVICE | line | Budget |
        Children | Line | £2.00 | 2
        Total | | £3.00 | 3";
    let table = read("    repeated_headings: true\n    skip: ['Page \\d+']", text);
    assert_eq!(shown(&table), [["A2 Adults", "B2 Care", "C2 1", "D2 1"], ["A5 Children", "B5 Line", "C5 2", "D5 2"]]);
    assert_eq!(found("    repeated_headings: true\n    skip: ['Page \\d+']", text), [""; 0]);
    // Near miss: other texts are no headings, and without the word headings are no amounts.
    let near_miss = found(rows, &text.replace("Page 2\n", "").replace("SERVICE | line", "Service | Home"));
    assert_eq!(near_miss[0].split(':').next(), Some("not-an-amount C3"), "{near_miss:?}");
    let without = found("    skip: ['Page \\d+']", text);
    assert!(without.iter().any(|found| found.starts_with("not-an-amount C4")), "{without:?}");
}

// Survey: template filler rows (7).
#[test]
fn filler_is_no_record_and_nothing_below_a_total() {
    let yaml = |rows: &str| format!("missingValues: ['< Select >']\n{}", budget(rows));
    let text = "# Budget
        Service | Line | Budget | Staff
        Adults | Care | £1.00 | 1
        < Select > | | =C2*0 -> 0 | 0
        Children | Homes | £2.00 | 2
        =IF(B5=\"\",\" \",B5) -> \" \" | | 0 |
        Total | | =SUM(C2:C5) -> £3.00 | =SUM(D2:D5) -> 3
        < Select > | | 0 | 0";
    let with = yaml("    require: [service]");
    let table = the_table(&read_by(&[("budget", "Budget", &with)], text), "budget");
    assert_eq!(shown(&table), [["A2 Adults", "B2 Care", "C2 1", "D2 1"], ["A4 Children", "B4 Homes", "C4 2", "D4 2"]]);
    assert_eq!(table.after_total, []);
    assert_eq!(findings(&[("budget", "Budget", &with)], text), [""; 0]);
    // Near miss: a row with another word is a record, and so is filler without the word of the pack.
    let chosen = text.replace("2\n        =IF", "2\n        < Selected > | x | 0 |\n        =IF");
    assert_eq!(the_table(&read_by(&[("budget", "Budget", &with)], &chosen), "budget").rows.len(), 3);
    let without = yaml("    skip: []");
    let found = findings(&[("budget", "Budget", &without)], text);
    assert!(found.iter().any(|found| found.starts_with("row-after-total")), "{found:?}");
    assert!(found.iter().any(|found| found.starts_with("required-value")), "{found:?}");
}

// Survey: template filler rows (7) where a key is given once (8): what the key is filled with counts.
#[test]
fn a_key_that_is_filled_down_is_no_filler() {
    let rows = "    fill_down: [service]\n    require: [service, line]";
    let text = "# Budget
        Service | Line | Budget | Staff
        Adults | Day care | £1.00 | 1
        | Home care | £2.00 | 2
        | | 0 | 0";
    assert_eq!(shown(&read(rows, text)).len(), 2);
    assert_eq!(read("    fill_down: [service]\n    require: [service]", text).rows.len(), 3);
}

// Survey: blank rows inside (21), and where so many of them end the table.
#[test]
fn blank_rows_are_passed_over_and_several_may_end_the_table() {
    let text = "# Budget
        Service | Line | Budget | Staff

        Adults | Care | £1.00 | 1

        Children | Homes | £2.00 | 2


        Adults | Last year | £9.00 | 9";
    assert_eq!(read("    skip: []", text).rows.len(), 3);
    let table = read("    end: {blank_rows: 2}", text);
    assert_eq!(shown(&table), [["A3 Adults", "B3 Care", "C3 1", "D3 1"], ["A5 Children", "B5 Homes", "C5 2", "D5 2"]]);
    // Near miss: one row fewer.
    assert_eq!(read("    end: {blank_rows: 3}", text).rows.len(), 3);
    assert_eq!(read("    end: {blank_rows: 1}", text).rows.len(), 1);
}

// Survey: explicit end marks (5).
#[test]
fn a_mark_ends_the_table() {
    let rows = "    end: {match: 'END|Notes:?'}";
    let text = "# Budget
        Service | Line | Budget | Staff
        Adults | Care | £1.00 | 1
        Children | | |
        | End | |
        Working | figures | £7.00 | 7";
    let table = read(rows, text);
    assert_eq!(shown(&table), [["A2 Adults", "B2 Care", "C2 1", "D2 1"], ["A3 Children", "B3", "C3", "D3"]]);
    assert_eq!(found(rows, text).iter().filter(|found| found.starts_with("required-value")).count(), 2);
    // Near miss: the whole text must be the mark.
    assert_eq!(read(rows, &text.replace("End", "Endowment")).rows.len(), 4);
}

// Survey: plain list (40), rows above the headings (43), notes below (30) and above (5).
#[test]
fn a_plain_list_with_titles_above_and_notes_below() {
    let text = "# Budget
        Somewhere Council
        Budget by service
        Notes: figures are net

        Service | Line | Budget | Staff
        Adults | Care | £1.00 | 1
        Children | Homes | £2.00 | 2

        Note 1. Of which grants.
        Source | the ledger";
    for rows in ["    skip: []", "    sections: [{field: service}]", "    end: {match: 'Note .*'}"] {
        let text = if rows.contains("sections") { text.replace("Source | the ledger", "") } else { text.to_owned() };
        let table = read(rows, &text);
        let of_list = table.rows.iter().filter(|row| row.cells[3].raw.shown() != "").count();
        assert_eq!(of_list, 2, "{rows}");
        assert_eq!(table.rows[0].cells[0].position.to_string(), "A6", "{rows}");
        let texts = read_by(&[("budget", "Budget", &budget(rows))], &text).texts;
        let titles: Vec<&str> = texts.iter().map(|text| &*text.text).take(3).collect();
        assert_eq!(titles, ["Somewhere Council", "Budget by service", "Notes: figures are net"], "{rows}");
    }
}

// Survey: hidden rows or columns (23): rows that a filter passes over, or that are hidden, are data and are reported.
#[test]
fn hidden_rows_are_read_and_reported() {
    let text = "# Budget
        @hide row 4
        Line | Budget | Staff
        Adults
        Day care | £100.00 | 2
        Home care | £200.00 | 3
        Adults total | £300.00 | 5
        Total | £300.00 | 5";
    let table = read(sums::SUBTOTALS, text);
    assert_eq!(table.rows.len(), 2);
    assert_eq!(
        found(sums::SUBTOTALS, text),
        ["hidden-rows A4:C4: Row 4 is hidden; the budget in it comes to £200.00, which the total in B6 counts."]
    );
}

// Survey: section rows inside the table (22): a field that no section gives is missed.
#[test]
fn a_table_without_its_sections_lacks_their_field() {
    let yaml = budget(SECTIONS).replace(", crosscast: {optional: true}", "");
    let text = "# Budget
        Line | Budget | Staff
        Day care | £100.00 | 2
        Home care | £200.00 | 3";
    assert_eq!(
        findings(&[("budget", "Budget", &yaml)], text),
        ["missing-heading : No row of the table says which service the rows below it belong to."]
    );
    let text = text.replace("2\n", "2\n        Adults\n");
    assert_eq!(findings(&[("budget", "Budget", &yaml)], &text), ["required-value A2: Enter the service."]);
}
