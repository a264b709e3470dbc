//! Sections, keys given once, subtotals, filler, ends.

use crosscast::checks::{Context, check_workbook};
use crosscast::model::{Finding, Origin, SumOf, Table};
use crosscast::reconcile::{fold, suggest};

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

// Survey: subtotal rows (21): one that is wrong is named with the cells of its lines, and what follows from it is not said again.
#[test]
fn a_wrong_subtotal_is_a_finding_that_names_its_lines() {
    let wrong = WITH_SUBTOTALS.replace("Adults total | £300.00 | 5", "Adults total | £310.00 | 5");
    assert_eq!(
        found(SUBTOTALS, &wrong),
        ["subtotal-mismatch B5: The subtotal “Adults total” says £310.00; B3:B4 add up to £300.00. The difference is \
          £10.00."]
    );
    // A subtotal of one line, and one in another column.
    let wrong = WITH_SUBTOTALS.replace("Children total | £50.00 |", "Children total | £50.00 | 2");
    assert_eq!(
        found(SUBTOTALS, &wrong),
        ["subtotal-mismatch C8: The subtotal “Children total” says 2; C7 comes to 1. The difference is 1."]
    );
    // What cannot be read is no sum, and nothing that was judged.
    let text = WITH_SUBTOTALS.replace("Home care | £200.00", "Home care | tbc");
    let pack = crate::support::pack(&[("budget", "Budget", &budget(SUBTOTALS))]);
    let context = Context { pack: &pack, year: &pack.partnership.years[0], month: None };
    let outcome = check_workbook(&read_by(&[("budget", "Budget", &budget(SUBTOTALS))], &text), &context);
    let why: Vec<&str> =
        outcome.not_run.iter().filter(|it| it.check == "subtotal-mismatch").map(|it| &*it.why).collect();
    assert_eq!(why, ["Budget!B4 could not be read (2022-04 April.xlsx)."]);
    assert!(outcome.findings.iter().all(|finding| finding.code != "subtotal-mismatch"), "{:?}", outcome.findings);
}

// Survey: subtotal rows (21), of several levels: one directly below another is of the outer section.
#[test]
fn subtotals_of_outer_sections_and_by_their_names() {
    let rows = "    sections: [{field: service, match: 'Adults|Children'}]
    subtotals: {match: '.*total.*'}
    totals: {match: Council}";
    let text = "# Budget
        Line | Budget | Staff
        Adults
        Day care | £100.00 | 2
        Subtotal | £100.00 |
        Home care | £200.00 | 3
        Subtotal | £200.00 |
        Total Adults | £300.00 | 5
        Children
        Fostering | £50.00 | 1
        Subtotal | £50.00 |
        Total of both | £350.00 | 6
        Council | £350.00 | 6";
    let table = read(rows, text);
    assert_eq!(
        stated(&table),
        [
            "B4 Subtotal: 1",
            "B6 Subtotal: 2",
            "B7 Total Adults: 1,2",
            "C7 Total Adults: 1,2",
            "B10 Subtotal: 3",
            "B11 Total of both: 1,2,3",
            "C11 Total of both: 1,2,3"
        ]
    );
    assert_eq!(found(rows, text), [""; 0]);
    // The lines of an outer sum are named without the sums between them.
    assert_eq!(
        found(rows, &text.replace("Total of both | £350.00", "Total of both | £351.00")),
        ["subtotal-mismatch B11: The subtotal “Total of both” says £351.00; B3, B5 and B9 add up to £350.00. The \
          difference is £1.00."]
    );
}

const FORMULAS: &str = "# Budget
        Line | Budget | Staff
        Adults
        Day care | £100.00 | 2
        Home care | £200.00 | 3
        Adults total | =SUM(B3:B4) -> £300.00 | 5
        Children
        Fostering | £50.00 | 1
        Children total | =SUM(B7:B7) -> £50.00 | 1
        Total | =SUM(B5,B8) -> £350.00 | =SUM(C5,C8) -> 6";

// Survey: totals mixed with their parts (18): what the formula of a total may add, and may not.
#[test]
fn a_total_may_add_subtotals_and_not_their_lines_as_well() {
    // Formulas in column B; typed subtotals in column C.
    assert_eq!(found(SUBTOTALS, FORMULAS), [""; 0]);
    let all = FORMULAS.replace("=SUM(B5,B8) -> £350.00", "=SUM(B3:B8) -> £700.00");
    let codes = |text: &str| -> Vec<String> {
        found(SUBTOTALS, text).iter().map(|found| found.split(':').next().unwrap().to_owned()).collect()
    };
    assert_eq!(codes(&all), ["total-mismatch B9", "total-takes-others-in B9"]);
    let all = FORMULAS.replace("=SUM(C5,C8) -> 6", "=SUM(C3:C8) -> 12");
    assert_eq!(codes(&all), ["total-mismatch C9", "total-takes-others-in C9"]);
    // Near miss: a SUBTOTAL over SUBTOTALs adds each line once.
    let nested = FORMULAS.replace("=SUM(B3:B4)", "=SUBTOTAL(9,B3:B4)").replace("=SUM(B7:B7)", "=SUBTOTAL(9,B7:B7)");
    let nested = nested.replace("=SUM(B5,B8)", "=SUBTOTAL(9,B3:B8)");
    assert_eq!(found(SUBTOTALS, &nested), [""; 0]);
    let lacks = FORMULAS.replace("=SUM(B5,B8) -> £350.00", "=SUM(B5,B7) -> £350.00");
    assert_eq!(found(SUBTOTALS, &lacks), [""; 0], "a line in place of its subtotal");
    let lacks = FORMULAS.replace("=SUM(C5,C8) -> 6", "=SUM(C5,C6) -> 5");
    assert_eq!(codes(&lacks), ["total-leaves-lines-out C9", "total-mismatch C9"]);
}

// Survey: total at the foot (26), at the top (11), without a label (2).
#[test]
fn a_total_at_the_foot_at_the_top_or_without_a_label() {
    let foot = "# Budget
        Service | Line | Budget | Staff
        Adults | Care | £1.00 | 1
        Children | Homes | £2.00 | 2
        All services | | £3.00 | 3
        Checked by finance";
    let rows = "    totals: {match: All services}";
    assert_eq!(read(rows, foot).total.unwrap().line, 3);
    assert_eq!(found(rows, foot), [""; 0]);
    let top = "# Budget
        Service | Line | Budget | Staff
        All services | | £3.00 | 3
        Adults | Care | £1.00 | 1
        Children | Homes | £2.00 | 2

        Checked by finance";
    let at_top = "    totals: {match: All services, at: above}";
    let table = read(at_top, top);
    assert_eq!((table.total.as_ref().unwrap().line, table.rows.len(), table.after_total.len()), (1, 2, 0));
    assert_eq!(found(at_top, top), [""; 0]);
    assert_eq!(
        found(at_top, &top.replace("£3.00", "£4.00")),
        ["total-mismatch C2: The total says £4.00; C3:C4 add up to £3.00. The difference is £1.00."]
    );
    // Near miss: a total at the top is none at the foot, where it would end the table.
    assert_eq!(
        found(rows, top),
        [
            "total-mismatch C2: The total says £3.00; there are no lines above it, which come to £0.00. The difference is \
             £3.00.",
            "total-mismatch D2: The total says 3; there are no lines above it, which come to 0. The difference is 3.",
            "row-after-total A3:D4: A3:D4 stands below the total and looks like data; it is in no figure.",
        ]
    );
    // Both: the one at the foot is held against the same lines.
    let both = top.replace("2\n\n", "2\n        All services | | £5.00 | 3\n\n");
    assert_eq!(
        found(at_top, &both),
        ["total-mismatch C5: The total “All services” says £5.00; C3:C4 add up to £3.00. The difference is £2.00."]
    );
    let unlabelled = foot.replace("All services", "");
    let without = "    totals: {match: ''}";
    assert_eq!(read(without, &unlabelled).total.unwrap().line, 3);
    assert_eq!(found(without, &unlabelled), [""; 0]);
    // Near miss: with a text it is a record; and without the word so are figures alone.
    assert_eq!(found(without, foot), ["required-value B4: Enter the line."]);
    assert_eq!(
        found("    skip: []", &unlabelled),
        ["required-value A4: Enter the service.", "required-value B4: Enter the line."]
    );
}

// Survey: totals mixed with their parts (18): what becomes of a total is for the pack to say.
#[test]
fn a_total_is_dropped_or_kept() {
    let text = "# Budget
        Service | Line | Budget | Staff
        Adults | Care | £1.00 | 1
        Total | All | £9.00 | 9";
    let dropped = read("    totals: {match: Total, do: drop}", text);
    assert_eq!((dropped.rows.len(), dropped.total, dropped.stated.len()), (1, None, 0));
    assert_eq!(found("    totals: {match: Total, do: drop}", text), [""; 0]);
    let kept = read("    totals: {match: Total, do: keep}", text);
    assert_eq!((kept.rows.len(), kept.total), (2, None));
    assert_eq!(found("    totals: {match: Total}", text).len(), 2);
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
    let table = read(SUBTOTALS, text);
    assert_eq!(table.rows.len(), 2);
    assert_eq!(
        found(SUBTOTALS, text),
        ["hidden-rows A4:C4: Row 4 is hidden; the budget in it comes to £200.00, which the total in B6 counts."]
    );
}

// Survey: subtotal rows (21), rows passed over (18): what the pack says is no record is no figure beside the table.
#[test]
fn sums_at_the_foot_are_no_unclaimed_figures() {
    let rows = "    subtotals: {match: '.* total'}\n    skip: ['England']";
    let text = "# Budget
        Service | Line | Budget | Staff
        Adults | Care | £1.00 | 1
        Adults total | | £1.00 | 1
        England | | £8.00 | 8

        Workings | | £9.00 | 9";
    assert_eq!(found(rows, &text.replace("Workings | | £9.00 | 9", "")), [""; 0]);
    // Near miss: a row that is not passed over.
    let near_miss = found(rows, &text.replace("England", "Wales"));
    assert!(near_miss.iter().any(|found| found.starts_with("required-value B4")), "{near_miss:?}");
}

/// What is found in a budget once what follows from another finding is attached to it: `code cell` and what it could be.
fn reconciled(rows: &str, text: &str) -> Vec<String> {
    let tables = [("budget", "Budget", &*budget(rows))];
    let pack = crate::support::pack(&tables);
    let workbook = read_by(&tables, text);
    let context = Context { pack: &pack, year: &pack.partnership.years[0], month: None };
    let mut found = check_workbook(&workbook, &context).findings;
    suggest(&mut found, &[&workbook], &pack);
    let told = |finding: Finding| {
        let could_be: Vec<String> = finding.suggestions.into_iter().map(|suggestion| suggestion.text).collect();
        format!("{} {}: {}", finding.code, finding.place.area.unwrap(), could_be.join("; "))
    };
    fold(found).into_iter().map(told).collect()
}

// Survey: subtotal rows (21): what could explain a difference is looked for in the lines of the subtotal.
#[test]
fn what_could_explain_a_subtotal_names_its_own_lines() {
    let wrong = WITH_SUBTOTALS.replace("Adults total | £300.00", "Adults total | £100.00");
    assert_eq!(
        reconciled(SUBTOTALS, &wrong),
        ["subtotal-mismatch B5: B4 (£200.00, Home care) left out of the subtotal"]
    );
    let wrong = WITH_SUBTOTALS.replace("Adults total | £300.00", "Adults total | £350.00");
    assert_eq!(
        reconciled(SUBTOTALS, &wrong),
        ["subtotal-mismatch B5: B7 (£50.00, Fostering) counted in it, though not one of its lines"]
    );
}

// Survey: totals mixed with their parts (18): a total that is off by as much as a subtotal follows from it.
#[test]
fn a_total_that_follows_from_a_subtotal_is_not_said_again() {
    let wrong = WITH_SUBTOTALS.replace("£300.00", "£307.13").replace("Total | £350.00", "Total | £357.13");
    assert_eq!(reconciled(SUBTOTALS, &wrong), ["subtotal-mismatch B5: "]);
    // Near miss: by another amount it is a finding of its own.
    let wrong = WITH_SUBTOTALS.replace("£300.00", "£307.13").replace("Total | £350.00", "Total | £358.13");
    assert_eq!(reconciled(SUBTOTALS, &wrong), ["subtotal-mismatch B5: ", "total-mismatch B9: "]);
}
