//! Sections, keys given once, subtotals, filler, ends.

use crosscast::model::{Origin, SumOf, Table};

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

/// The stated sums of a table: `C5 Adults total: 1,2`, the rows by their number from 1.
fn stated(table: &Table) -> Vec<String> {
    let of = |sum: &crosscast::model::StatedSum| {
        let rows: Vec<String> = sum.rows.iter().map(|row| (row + 1).to_string()).collect();
        format!("{} {}: {}", sum.cell.position, sum.label, rows.join(","))
    };
    table.stated.iter().map(of).collect()
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

const SUBTOTALS: &str = "    sections: [{field: service, match: 'Adults|Children'}]
    subtotals: {match: '.* total'}";

const WITH_SUBTOTALS: &str = "# Budget
        Line | Budget | Staff
        Adults
        Day care | £100.00 | 2
        Home care | £200.00 | 3
        Adults total | £300.00 | 5
        Children
        Fostering | £50.00 | 1
        Children total | £50.00 |
        Total | £350.00 | 6";

// Survey: subtotal rows (21).
#[test]
fn subtotals_are_no_records_and_must_be_the_sum_of_their_section() {
    let table = read(SUBTOTALS, WITH_SUBTOTALS);
    let lines: Vec<String> = table.rows.iter().map(|row| row.cells[1].raw.shown()).collect();
    assert_eq!(lines, ["Day care", "Home care", "Fostering"]);
    assert_eq!(stated(&table), ["B5 Adults total: 1,2", "C5 Adults total: 1,2", "B8 Children total: 3"]);
    assert!(table.stated.iter().all(|sum| sum.of == SumOf::Part && sum.rows.len() < 3));
    assert_eq!(table.total.as_ref().unwrap().cells[2].position.to_string(), "B9");
    assert_eq!(found(SUBTOTALS, WITH_SUBTOTALS), [""; 0]);
}

// Survey: subtotal rows (21): dropped, kept, and told by nothing.
#[test]
fn subtotals_are_dropped_or_kept_as_the_pack_says() {
    let drop = SUBTOTALS.replace("total'", "total', do: drop");
    let table = read(&drop, WITH_SUBTOTALS);
    assert_eq!((table.rows.len(), table.stated.len()), (3, 0));
    let keep = SUBTOTALS.replace("total'", "total', do: keep");
    assert_eq!(read(&keep, WITH_SUBTOTALS).rows.len(), 5);
    // Near miss: without the word they are records, and the total is not the sum of these.
    let none = "    sections: [{field: service, match: 'Adults|Children'}]";
    let counted = found(none, WITH_SUBTOTALS);
    assert!(
        counted[0].starts_with("total-mismatch B9: The total says £350.00; B3:B8 add up to £700.00."),
        "{counted:?}"
    );
}

// Survey: totals mixed with their parts (18): sums above their parts, each of which begins a section.
#[test]
fn sums_above_their_parts() {
    let rows = "    sections: [{field: service, match: 'Adults|Children'}]
    subtotals: {match: 'Adults|Children|All services', at: above}";
    let text = "# Budget
        Line | Budget | Staff
        All services | £350.00 | 6
        Adults | £300.00 | 5
        Day care | £100.00 | 2
        Home care | £200.00 | 3
        Children | £50.00 | 1
        Fostering | £50.00 | 1

        Source: ledger";
    let table = read(rows, text);
    assert_eq!(
        shown(&table),
        [
            ["A3 Adults", "A4 Day care", "B4 100", "C4 2"],
            ["A3 Adults", "A5 Home care", "B5 200", "C5 3"],
            ["A6 Children", "A7 Fostering", "B7 50", "C7 1"],
        ]
    );
    assert_eq!(
        stated(&table),
        [
            "B2 All services: 1,2,3",
            "C2 All services: 1,2,3",
            "B3 Adults: 1,2",
            "C3 Adults: 1,2",
            "B6 Children: 3",
            "C6 Children: 3"
        ]
    );
    assert_eq!(found(rows, text), [""; 0]);
}

// Survey: totals mixed with their parts (18): rows that are passed over by their label.
#[test]
fn rows_that_are_sums_of_others_are_passed_over() {
    let rows = "    skip: ['England|.* region', 'of which:?']";
    let text = "# Budget
        Service | Line | Budget | Staff
        England | | £6.00 | 6
        North region | | £3.00 | 3
        Leeds | a | £1.00 | 1
        of which:
        York | a | £2.00 | 2
        South region | | £3.00 | 3
        Kent | a | £3.00 | 3";
    let table = read(rows, text);
    let services: Vec<String> = table.rows.iter().map(|row| row.cells[0].raw.shown()).collect();
    assert_eq!(services, ["Leeds", "York", "Kent"]);
    assert_eq!(found(rows, text), [""; 0]);
    // Near miss: the whole label must match.
    assert_eq!(read(rows, &text.replace("England", "New England")).rows.len(), 4);
}
