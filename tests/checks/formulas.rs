//! Formulas: what totals add, columns that are broken, and what formulas use.

use crosscast::checks::{Context, check_workbook};
use crosscast::model::{Cause, Difference, Outcome};
use crosscast::read::read;
use crosscast::schema::Pack;

use super::support::package::edit_parts;
use super::support::{pack, workbook};
use super::{lines, messages};

const POSITION: &str = "
fields:
  - {name: name, title: Name, type: string}
  - {name: budget, title: Budget, type: number, crosscast: {unit: GBP}}
  - {name: spend, title: Spend, type: number, crosscast: {unit: GBP}}
  - {name: left, title: Left, type: number, crosscast: {unit: GBP}}
";

fn position() -> Pack {
    pack(&[("position", "Position", POSITION)])
}

/// What is found of the formulas in a sheet Position, whose headings are in row 1, and in sheets after it.
fn found(rows: &str) -> Outcome {
    found_in(&workbook(&format!("# Position\nName | Budget | Spend | Left\n{rows}")))
}

/// The same without the warning of each subtotal that the pack does not name.
fn beside_sums(rows: &str) -> Outcome {
    let mut outcome = found(rows);
    outcome.findings.retain(|finding| finding.code != "sum-among-records");
    outcome
}

fn found_in(bytes: &[u8]) -> Outcome {
    let pack = position();
    let workbook = read("position.xlsx", bytes, &pack);
    assert_eq!(workbook.absent, []);
    let mut outcome =
        check_workbook(&workbook, &Context { pack: &pack, year: &pack.partnership.years[0], month: None });
    // What the figures themselves say is told by other tests.
    let of_figures =
        ["total-mismatch", "stale-result", "not-an-amount", "amount-as-text", "error-value", "unknown-heading"];
    outcome.findings.retain(|finding| !of_figures.contains(&finding.code.as_str()));
    outcome
}

/// Three lines of £1.00, £2.00 and £4.00 under Budget, and a total with this formula and result in B5.
fn totals(formula: &str) -> Outcome {
    found(&format!("Rent | £1.00\nHeat | £2.00\nLight | £4.00\nTotal | {formula}"))
}

fn causes(outcome: &Outcome) -> Vec<(&str, Option<String>)> {
    let said = |cause: &'_ Cause| cause.difference.map(Difference::plain);
    let each = outcome.findings.iter().filter_map(|finding| finding.cause.as_ref());
    each.map(|cause| (cause.suggestion.text.as_str(), said(cause))).collect()
}

#[test]
fn what_a_total_adds() {
    let rows: [(&str, &str, &[&str]); 24] = [
        ("all lines", "=SUM(B2:B4) -> £7.00", &[]),
        ("all lines one by one", "=B2+B3+B4 -> £7.00", &[]),
        ("all lines, rounded", "=ROUND(SUM(B2:B4),2) -> £7.00", &[]),
        ("the heading too", "=SUM(B1:B4) -> £7.00", &[]),
        ("a subtotal of all", "=SUBTOTAL(9,B2:B4) -> £7.00", &[]),
        ("fixed by dollars", "=SUM($B$2:$B$4) -> £7.00", &[]),
        ("the last left out", "=SUM(B2:B3) -> £3.00", &["error total-leaves-lines-out Position!B5"]),
        ("the first left out", "=SUM(B3:B4) -> £6.00", &["error total-leaves-lines-out Position!B5"]),
        ("the middle left out", "=B2+B4 -> £5.00", &["error total-leaves-lines-out Position!B5"]),
        ("left out by a subtotal", "=SUBTOTAL(109,B2:B3) -> £3.00", &["error total-leaves-lines-out Position!B5"]),
        ("one twice", "=SUM(B2:B4)+B3 -> £9.00", &["error total-counts-twice Position!B5"]),
        ("overlapping areas", "=SUM(B2:B3,B3:B4) -> £9.00", &["error total-counts-twice Position!B5"]),
        ("areas side by side", "=SUM(B2:B3,B4) -> £7.00", &[]),
        ("another column too", "=SUM(A2:B4) -> £7.00", &[]),
        ("a typed figure", "=SUM(B2:B4)+0.50 -> £7.50", &["error total-adjusted-by-hand Position!B5"]),
        ("a typed nought", "=SUM(B2:B4)+0 -> £7.00", &[]),
        ("a typed nought taken away", "=SUM(B2:B4)-0.00 -> £7.00", &[]),
        ("a typed penny", "=SUM(B2:B4)+0.01 -> £7.01", &["error total-adjusted-by-hand Position!B5"]),
        ("a typed figure taken away", "=SUM(B2:B4)-1 -> £6.00", &["error total-adjusted-by-hand Position!B5"]),
        ("other sums, which are not judged", "=SUMIF(A2:A3,\"R*\",B2:B3) -> £1.00", &[]),
        ("an average is no total", "=AVERAGE(B2:B3) -> £1.50", &[]),
        ("a total of its own row", "=SUM(C5:D5) -> £0.00", &[]),
        (
            "two faults",
            "=SUM(B2:B3)+B3 -> £5.00",
            &["error total-counts-twice Position!B5", "error total-leaves-lines-out Position!B5"],
        ),
        ("whole columns", "=SUM(B:B) -> £7.00", &["error circular-reference Position!B5"]),
    ];
    for (name, formula, expected) in rows {
        assert_eq!(lines(&totals(formula)), expected, "{name}");
    }
}

#[test]
fn what_is_said_of_totals() {
    let last = totals("=SUM(B2:B3) -> £3.00");
    assert_eq!(messages(&last), ["The total in B5 leaves out B4 (£4.00, Light): its formula is =SUM(B2:B3)."]);
    assert_eq!(last.findings[0].fix, "Change the formula in B5 to =SUM(B2:B4).");
    assert_eq!(last.findings[0].difference.map(Difference::plain).as_deref(), Some("-4.00"));
    assert_eq!(causes(&last), [("B4 (£4.00, Light), which SUM(B2:B3) leaves out", Some("-4.00".to_owned()))]);
    let both = totals("=SUM(B2:B2) -> £1.00");
    assert_eq!(messages(&both), ["The total in B5 leaves out B3:B4 (£6.00 together): its formula is =SUM(B2:B2)."]);
    let twice = totals("=SUM(B2:B3,B3:B4) -> £9.00");
    assert_eq!(messages(&twice), ["The total in B5 counts B3 (£2.00, Heat) twice: its formula is =SUM(B2:B3,B3:B4)."]);
    assert_eq!(causes(&twice)[0].1.as_deref(), Some("2.00"));
    let typed = totals("=SUM(B2:B4)-1 -> £6.00");
    assert_eq!(messages(&typed), ["The total in B5 takes away a typed £1.00: its formula is =SUM(B2:B4)-1."]);
    assert_eq!(causes(&typed)[0].1.as_deref(), Some("-1.00"));

    // A line without an amount makes no figure wrong yet.
    let empty = found("Rent | £1.00\nHeat | £2.00\nLight |\nTotal | =SUM(B2:B3) -> £3.00");
    assert_eq!(lines(&empty), ["warning total-leaves-lines-out Position!B5"]);
    assert_eq!(messages(&empty), ["The total in B5 leaves out B4 (£0.00, Light): its formula is =SUM(B2:B3)."]);
}

#[test]
fn what_a_total_takes_in() {
    let above = found_in(&workbook(
        "# Position\nCarried over | £10.00\nName | Budget | Spend | Left\nRent | £1.00\nHeat | £2.00\nTotal | =SUM(B1:B4) -> £13.00",
    ));
    assert_eq!(lines(&above), ["error total-takes-others-in Position!B5"]);
    assert_eq!(
        messages(&above),
        ["The total in B5 also adds B1 (£10.00), outside the lines of its column: its formula is =SUM(B1:B4)."]
    );
    assert_eq!(causes(&above)[0].1.as_deref(), Some("10.00"));

    let rows =
        |total: &str| format!("Rent | £1.00 | £5.00\nHeat | £2.00 | £6.00\nTotal | =SUM(B2:B3) -> £3.00 | {total}");
    let other = found(&rows("=SUM(B2:B3) -> £3.00"));
    assert_eq!(lines(&other), ["error total-takes-others-in Position!C4"]);
    assert_eq!(
        messages(&other),
        ["The total in C4 adds B2:B3 instead of the lines above it: its formula is =SUM(B2:B3)."]
    );
    assert_eq!(causes(&other)[0].1.as_deref(), Some("-8.00"));
    assert_eq!(lines(&found(&rows("=SUM(B2:C3) -> £14.00"))), ["error total-takes-others-in Position!C4"]);
    assert_eq!(lines(&found(&rows("=SUM(C2:C3) -> £11.00"))), [""; 0]);
}

#[test]
fn subtotals_between_the_lines() {
    let rows = |subtotal: &str, total: &str| {
        format!("Rent | £1.00\nHeat | £2.00\nHouse | {subtotal}\nLight | £4.00\nTotal | {total}")
    };
    let subtotal = found(&rows("=SUM(B2:B3) -> £3.00", "=B4+B5 -> £7.00"));
    assert_eq!(lines(&subtotal), ["warning sum-among-records Position!A4"]);
    let with = |subtotal, total| lines(&beside_sums(&rows(subtotal, total)));
    assert_eq!(with("=SUM(B2:B3) -> £3.00", "=B4+B5 -> £7.00"), [""; 0]);
    assert_eq!(with("=SUBTOTAL(9,B2:B3) -> £3.00", "=SUBTOTAL(9,B2:B5) -> £7.00"), [""; 0]);
    let twice = beside_sums(&rows("=SUM(B2:B3) -> £3.00", "=SUM(B2:B5) -> £10.00"));
    assert_eq!(lines(&twice), ["error total-takes-others-in Position!B6"]);
    assert_eq!(
        messages(&twice),
        [
            "The total in B6 adds B4 (£3.00, House), a subtotal of lines that it adds as well: its formula is =SUM(B2:B5)."
        ]
    );
    assert_eq!(causes(&twice)[0].1.as_deref(), Some("3.00"));
    assert_eq!(
        with("=SUBTOTAL(9,B2:B3) -> £3.00", "=SUM(B2:B5) -> £10.00"),
        ["error total-takes-others-in Position!B6"]
    );
}

#[test]
fn totals_that_are_typed() {
    let rows =
        |budget: &str, spend: &str| format!("Rent | £1.00 | £5.00\nHeat | £2.00 | £6.00\nTotal | {budget} | {spend}");
    let with = |budget, spend| lines(&found(&rows(budget, spend)));
    assert_eq!(with("=SUM(B2:B3) -> £3.00", "=SUM(C2:C3) -> £11.00"), [""; 0]);
    assert_eq!(with("=SUM(B2:B3) -> £3.00", "£11.00"), ["warning total-typed-over Position!C4"]);
    // Wrong ones, beside which none is a formula, are found by what they should be.
    assert_eq!(with("", "£12.00 | | =1+1 -> £2.00"), [""; 0]);
    assert_eq!(with("", "£11.00 | | =1+1 -> £2.00"), ["info total-typed-over Position!C4"]);
    assert_eq!(with("£3.00", "£11.00 | | =1+1 -> £2.00"), ["info total-typed-over Position!B4:C4"]);
    // A workbook without any formula was made by a program.
    assert_eq!(with("£3.00", "£11.00"), [""; 0]);
    // Beside a sum over a table of Excel's, or a name, but not beside another formula that uses one.
    assert_eq!(with("=SUBTOTAL(109,Table1[Budget]) -> £3.00", "£11.00"), ["warning total-typed-over Position!C4"]);
    assert_eq!(with("=SUM(Budgets) -> £3.00", "£11.00"), ["warning total-typed-over Position!C4"]);
    assert_eq!(with("=Rate*3 -> £3.00", "£11.00"), ["info total-typed-over Position!C4"]);
    let wrong = found(&rows("=SUM(B2:B3) -> £3.00", "£12.00"));
    assert_eq!(
        messages(&wrong),
        ["The total in C4, £12.00, is a typed number; B4 beside it is the formula =SUM(B2:B3)."]
    );
    assert_eq!(wrong.findings[0].fix, "Put the formula =SUM(C2:C3) into C4.");
    assert_eq!(causes(&wrong)[0].1.as_deref(), Some("1.00"));
}

/// Rows of Position whose column Left is made of these formulas or numbers, from row 2 on.
fn left(cells: &[&str]) -> Outcome {
    let rows: String =
        cells.iter().enumerate().map(|(row, cell)| format!("Line {row} | £9.00 | £4.00 | {cell}\n")).collect();
    found(&rows)
}

#[test]
fn columns_of_formulas() {
    let (a, b, c, d) = ("=B2-C2 -> £5.00", "=B3-C3 -> £5.00", "=B4-C4 -> £5.00", "=B5-C5 -> £5.00");
    assert_eq!(lines(&left(&[a, b, c, d])), [""; 0]);
    let typed = left(&[a, b, c, "£5.00"]);
    assert_eq!(lines(&typed), ["warning formula-typed-over Position!D5"]);
    assert_eq!(
        messages(&typed),
        ["D5 holds a typed number, 5; the other cells of the column are formulas like =B2-C2 in D2."]
    );
    let cause = typed.findings[0].cause.as_ref().unwrap();
    assert_eq!(cause.suggestion.text, "a typed number in D5, where the column has formulas");
    let unlike = left(&[a, b, "=B3-C4 -> £5.00", d]);
    assert_eq!(lines(&unlike), ["warning formula-unlike-others Position!D4"]);
    assert_eq!(messages(&unlike), ["D4 says =B3-C4; the other formulas of the column are like =B2-C2 in D2."]);
    let other_text = left(&[
        "=IF(B2>0,\"Cara\",1) -> Cara",
        "=IF(B3>0,\"Cara\",1) -> Cara",
        "=IF(B4>0,\"Bob\",1) -> Bob",
        "=IF(B5>0,\"Cara\",1) -> Cara",
    ]);
    let unlike: Vec<&str> =
        messages(&other_text).into_iter().filter(|message| message.contains("the other formulas")).collect();
    assert_eq!(
        unlike,
        [
            "D4 says =IF(B4>0,\"…\",1); the other formulas of the column are like =IF(B2>0,\"…\",1) in D2, with other texts \
             between the quotation marks."
        ]
    );
    // Two of four are too many to say which is meant, and two formulas are too few.
    assert_eq!(lines(&left(&[a, b, "£5.00", "£5.00"])), [""; 0]);
    assert_eq!(lines(&left(&[a, b, "£5.00"])), [""; 0]);
    assert_eq!(lines(&left(&[a, b, c, ""])), [""; 0]);
    // A running balance begins otherwise.
    let balance = ["£5.00", "=D2+B3 -> £14.00", "=D3+B4 -> £23.00", "=D4+B5 -> £32.00"];
    assert_eq!(lines(&left(&balance)), [""; 0]);
    assert_eq!(
        lines(&left(&[balance[0], balance[1], balance[2], balance[3], "£41.00"])),
        ["warning formula-typed-over Position!D6"]
    );
}

#[test]
fn errors_that_formulas_use() {
    let rows: [(&str, &str, &[&str]); 8] = [
        (
            "hidden",
            "Rent | £1.00\nHeat | #N/A\nTotal | =IFERROR(SUM(B2:B3),0) -> £0.00",
            &["error error-hidden-by-formula Position!B4"],
        ),
        ("nothing to hide", "Rent | £1.00\nHeat | £2.00\nTotal | =IFERROR(SUM(B2:B3),0) -> £3.00", &[]),
        ("beside the table", "Rent | =F2*2 -> #DIV/0! | | | | #DIV/0!", &["error error-beside-table Position!F2"]),
        (
            "two in a range, each said once",
            "Rent | =SUM(F2:F3) -> #N/A | | | | #N/A\nHeat | =SUM(F2:F3) -> #N/A | | | | #N/A",
            &["error error-beside-table Position!F2", "error error-beside-table Position!F3"],
        ),
        (
            "one that uses another",
            "Rent | =F2+F3 -> #N/A | | | | #N/A\nHeat | £1.00 | | | | =F2*2 -> #N/A",
            &["error error-beside-table Position!F2"],
        ),
        ("beside the table and not used", "Rent | £1.00 | | | | #DIV/0!", &[]),
        ("cells that were deleted", "Rent | =SUM(#REF!,1) -> £1.00", &["error broken-reference Position!B2"]),
        ("a text that says so", "Rent | =IF(A2=\"#REF!\",1,2) -> £2.00", &[]),
    ];
    for (name, text, expected) in rows {
        assert_eq!(lines(&found(text)), expected, "{name}");
    }
}

#[test]
fn cells_that_formulas_reckon_with() {
    let rows: [(&str, &str, &[&str]); 8] = [
        ("an empty cell", "Rent | £9.00 | | =B2-C2 -> £9.00", &["warning formula-uses-empty-cell Position!D2"]),
        ("filled cells", "Rent | £9.00 | £1.00 | =B2-C2 -> £8.00", &[]),
        ("a nought", "Rent | £9.00 | £0.00 | =B2-C2 -> £9.00", &[]),
        ("a line of a template", "Rent | | | =B2-C2 -> £0.00", &[]),
        ("a range with an empty cell", "Rent | £9.00 | | =SUM(B2:C2) -> £9.00", &[]),
        ("a test for it", "Rent | £9.00 | | =IF(C2=\"\",B2,B2-C2) -> £9.00", &[]),
        ("a heading", "Rent | £9.00 | £1.00 | =SUM(B1,B2) -> £9.00", &["warning formula-uses-text Position!D2"]),
        ("a number typed as text", "Rent | £9.00 | \"£1.00\" | =SUM(B2,C2) -> £9.00", &[]),
    ];
    for (name, text, expected) in rows {
        assert_eq!(lines(&found(text)), expected, "{name}");
    }
    let two = found("Rent | £9.00 | | =B2-C2 -> £9.00\nHeat | £9.00 | | =B3-C3 -> £9.00");
    assert_eq!(lines(&two), ["warning formula-uses-empty-cell Position!D2:D3"]);
    assert_eq!(messages(&two), ["The formulas in D2:D3 use such cells: D2 is =B2-C2 and uses C2, which is empty."]);
}

#[test]
fn cells_that_a_ledger_leaves_empty() {
    // A running balance of money in (Budget) and out (Spend), of which each line has one.
    let ledger = |third: &str, after: &str| {
        lines(&found(&format!(
            "In | £9.00 | | =B2-C2 -> £9.00\nOut | | £4.00 | =D2+B3-C3 -> £5.00\nIn | £1.00 | | {third}\n{after}"
        )))
    };
    let balance = "=D3+B4-C4 -> £6.00";
    assert_eq!(ledger(balance, ""), [""; 0]);
    // Below the lines, beside them where nothing is, and in the one formula of a total.
    assert_eq!(ledger("=D3+B4-C5 -> £6.00", ""), ["warning formula-uses-empty-cell Position!D4"]);
    assert_eq!(ledger("=D3+B4-K4 -> £6.00", ""), ["warning formula-uses-empty-cell Position!D4"]);
    assert_eq!(
        ledger(balance, "Total | =SUM(B2:B4) -> £10.00 | | =B5-C5 -> £10.00"),
        ["warning formula-uses-empty-cell Position!D5"]
    );
}

#[test]
fn links_to_other_workbooks() {
    let linked = found("Rent | =[Budget.xlsx]Sheet1!C4 -> £1.00\nHeat | =[Budget.xlsx]Sheet1!C5 -> £1.00");
    assert_eq!(lines(&linked), ["warning other-workbook-linked Position!B2:B3"]);
    assert_eq!(messages(&linked), ["B2:B3 take their figures from another workbook, “Budget.xlsx”."]);
    assert_eq!(lines(&found("Rent | =Sheet1!C4 -> £1.00\n# Sheet1\nx")), [""; 0]);
}

#[test]
fn formulas_that_go_round() {
    let rows: [(&str, &str, &[&str]); 14] = [
        ("as far as the row above", "Rent | £1.00\nTotal | =SUM(B2:INDEX(B:B,ROW()-1)) -> £1.00", &[]),
        ("counted from itself", "Rent | £1.00\nTotal | =SUM(B2:OFFSET(B3,-1,0)) -> £1.00", &[]),
        ("by the name of the cell", "Rent | £1.00\nTotal | =SUM(INDIRECT(\"B2\"),B3*0) -> £1.00", &[]),
        ("its own row", "Rent | =ROW(B2)-1 -> £1.00 | =COLUMN(C2) -> £3.00", &[]),
        ("rows down to its own", "Rent | =ROWS(B$2:B2) -> £1.00 | =COLUMNS($A2:C2) -> £3.00", &[]),
        ("a column that it finds one cell of", "Rent | £1.00\nHeat | =INDEX(B:B,2) -> £1.00", &[]),
        ("its own row and value", "Rent | =ROW(B2)+B2 -> £1.00", &["error circular-reference Position!B2"]),
        ("by the number of a row", "Rent | =INDEX(C:C,B2) -> £1.00", &["error circular-reference Position!B2"]),
        ("cells joined", "Rent | £1.00\nHeat | =SUM((B2,B3)) -> £1.00", &["error circular-reference Position!B3"]),
        ("in a branch", "Rent | =IF(A2=\"\",B2,1) -> £1.00", &["error circular-reference Position!B2"]),
        ("itself", "Rent | £1.00\nTotal | =SUM(B2:B3) -> £1.00", &["error circular-reference Position!B3"]),
        ("by way of another", "Rent | =C2+1 -> £1.00 | =B2-1 -> £0.00", &["error circular-reference Position!B2"]),
        (
            "by way of another sheet",
            "Rent | =Rates!A1 -> £1.00\n# Rates\n=Position!B2 -> 1",
            &["error circular-reference Position!B2"],
        ),
        ("a chain that ends", "Rent | =C2+1 -> £1.00 | =D2-1 -> £0.00 | £1.00", &[]),
    ];
    for (name, text, expected) in rows {
        assert_eq!(lines(&found(text)), expected, "{name}");
    }
    let itself = found("Rent | £1.00\nTotal | =SUM(B2:B3) -> £1.00");
    assert_eq!(
        itself.findings[0].fix,
        "Correct the formula in B3, =SUM(B2:B3), so that it does not name its own cell."
    );
    let by_way = found("Rent | =C2+1 -> £1.00 | =B2-1 -> £0.00");
    assert_eq!(messages(&by_way), ["Formulas go round in a circle: B2, C2 and again B2, each using the next."]);
}

/// A workbook with a formula, and other settings of calculation.
pub fn calculated(settings: &str) -> Vec<u8> {
    let text = "# Position\nName | Budget | Spend | Left\nRent | £9.00 | £1.00 | =B2-C2 -> £8.00";
    edit_parts(&workbook(text), |name, text| match name {
        "xl/workbook.xml" => {
            assert!(text.contains("<calcPr "), "{text}");
            text.replace("<calcPr ", &format!("<calcPr {settings} "))
        }
        _ => text,
    })
}

#[test]
fn calculation_that_is_not_automatic() {
    assert_eq!(lines(&found_in(&calculated("calcMode=\"manual\""))), ["warning calculation-not-automatic"]);
    assert_eq!(lines(&found_in(&calculated("iterate=\"1\""))), ["warning calculation-not-automatic"]);
    assert_eq!(lines(&found_in(&calculated("calcMode=\"auto\""))), [""; 0]);
}
