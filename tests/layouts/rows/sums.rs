//! Subtotals, totals, and totals mixed with their parts.

use crosscast::checks::{Context, check_workbook};
use crosscast::model::{Finding, StatedSum, SumOf, Table};
use crosscast::reconcile::{fold, suggest};

use super::super::{read_by, support};
use super::{budget, found, read, shown};

/// The stated sums of a table: `C5 Adults total: 1,2`, the rows by their number from 1.
fn stated(table: &Table) -> Vec<String> {
    let of = |sum: &StatedSum| {
        let rows: Vec<String> = sum.rows.iter().map(|row| (row + 1).to_string()).collect();
        format!("{} {}: {}", sum.cell.position, sum.label, rows.join(","))
    };
    table.stated.iter().map(of).collect()
}

pub(super) const SUBTOTALS: &str = "    sections: [{field: service, match: 'Adults|Children'}]
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
    assert!(counted[..2].iter().all(|found| found.starts_with("sum-among-records A")), "{counted:?}");
    assert!(
        counted[2].starts_with("total-mismatch B9: The total says £350.00; B3:B8 add up to £700.00."),
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
    let pack = support::pack(&[("budget", "Budget", &budget(SUBTOTALS))]);
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
    let lacks = FORMULAS.replace("=SUM(C5,C8) -> 6", "=SUM(C3,C8) -> 3");
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
    assert_eq!(
        found(without, foot),
        [
            "expected-sum-missing : This table has no row of totals: every row of figures has a label.",
            "required-value B4: Enter the line."
        ]
    );
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
    let pack = support::pack(&tables);
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
        [
            "subtotal-mismatch B5: B4 (£200.00, Home care) left out of the subtotal; B3 (£100.00, Day care) with its sign \
          turned"
        ]
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

// Survey: totals mixed with their parts (18): a total of subtotals is right where the formula of one of them forgets a line.
#[test]
fn a_subtotal_that_forgets_a_line_is_to_blame_and_not_the_total_that_adds_it() {
    let text = "# Budget
        Line | Budget | Staff
        Adults
        Day care | £100.00 | 2
        Home care | £200.00 | 3
        Meals | £30.00 | 1
        Adults total | =SUM(B3:B4) -> £300.00 | 6
        Children
        Fostering | £50.00 | 1
        Children total | =SUM(B8:B8) -> £50.00 | 1
        Total | =B6+B9 -> £350.00 | =C6+C9 -> 7";
    let found = reconciled(SUBTOTALS, text);
    assert!(found[0].starts_with("subtotal-mismatch B6: B5 (£30.00, Meals)"), "{found:?}");
    assert_eq!(found.len(), 1, "{found:?}");
    // Near miss: the total itself forgets a line of no subtotal's.
    let right = text.replace("=SUM(B3:B4) -> £300.00", "=SUM(B3:B5) -> £330.00");
    let found = reconciled(SUBTOTALS, &right.replace("=B6+B9 -> £350.00", "=B6 -> £330.00"));
    assert!(found.len() == 1 && found[0].starts_with("total-mismatch B10: "), "{found:?}");
    assert_eq!(reconciled(SUBTOTALS, &right.replace("£350.00", "£380.00")), [""; 0]);
}

// Survey: totals mixed with their parts (18): one that the pack does not know is a record, and warned of.
#[test]
fn a_sum_that_was_read_as_a_record_is_warned_of() {
    let text = "# Budget
        Service | Line | Budget | Staff
        Adults | Care | £1.00 | 1
        Children | Homes | £2.00 | 2
        All wards | Sum | =SUM(C2:C3) -> £3.00 | 3
        Net total | | £3.00 | 3";
    assert_eq!(
        found("    skip: []", text),
        [
            "sum-among-records A4:A5: A4:A5 say “All wards” and “Net total”, and look like sums of other rows, but were read \
             as records and counted beside them.",
            "required-value B5: Enter the line.",
        ]
    );
    // Near miss: named in the pack; and a formula that adds within its own row, or goes on from the row above.
    assert_eq!(found("    subtotals: {match: 'All wards|Net total'}", text), [""; 0]);
    let other = text.replace("=SUM(C2:C3) -> £3.00", "=C3 -> £2.00").replace("Net total | |", "Network | Wires |");
    assert_eq!(found("    skip: []", &other), [""; 0]);
}

// Survey: subtotal rows (21), section rows (22): what stands below the sum of a section is none of it.
#[test]
fn a_subtotal_that_names_a_section_ends_it() {
    let text = "# Budget
        Line | Budget | Staff
        Adults
        Day care | £10.00 | 1
        Staff total | £10.00 |
        Meals | £5.00 | 1
        Total Adults | £15.00 | 2
        Central reserve | £90.00 | 3
        Grand total | £105.00 | 5";
    let rows = "    sections: [{field: service}]
    subtotals: {match: 'Total .+|.+ total'}
    totals: {match: Grand total}";
    assert_eq!(
        shown(&read(rows, text)),
        [
            ["A2 Adults", "A3 Day care", "B3 10", "C3 1"],
            // Near miss: a subtotal that does not name its section leaves it open.
            ["A2 Adults", "A5 Meals", "B5 5", "C5 1"],
            ["A7", "A7 Central reserve", "B7 90", "C7 3"],
        ]
    );
    assert_eq!(found(rows, text), ["required-value A7: Enter the service."]);
    // So it is where the subtotal is not checked, and where what stands above its rows names it nothing ends.
    let service = |rows: &str| read(rows, text).rows[2].cells[0].raw.shown();
    assert_eq!(service(&rows.replace("total'}", "total', do: drop}")), "");
    assert_eq!(service(&rows.replace("total'}", "total', at: above}")), "Adults");
}

// Survey: section rows (22), of several levels: the sum of an inner one leaves the outer open.
#[test]
fn a_subtotal_ends_the_section_that_it_names_and_those_inside_it() {
    let text = "# Budget
        Line | Budget | Staff
        Adults
        Care
        Day care | £10.00 | 1
        Total Care | £10.00 | 1
        Meals | £5.00 | 1
        Total Adults | £15.00 | 2
        Reserve | £90.00 | 3
        Grand total | £105.00 | 5";
    let rows = "    sections: [{field: service, match: Adults}, {field: team, match: Care}]
    subtotals: {match: 'Total .+'}
    totals: {match: Grand total}";
    let schema = budget(rows).replace("crosscast:\n  rows:", "  - {name: team, type: string}\ncrosscast:\n  rows:");
    let workbook = read_by(&[("budget", "Budget", &schema)], text);
    let given = |row: &crosscast::model::Row| [0, 4].map(|field: usize| row.cells[field].raw.shown());
    let sections: Vec<[String; 2]> = super::the_table(&workbook, "budget").rows.iter().map(given).collect();
    assert_eq!(sections, [["Adults", "Care"], ["Adults", ""], ["", ""]]);
}
