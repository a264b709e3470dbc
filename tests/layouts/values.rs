//! Shorthand, factors, brackets, figures as they are shown.

use crosscast::checks::{Context, check_workbook};
use crosscast::model::{Cell, Converted, Table, Unreadable, Value};

use crate::{findings, read_by, support, the_table};

/// The cells of a field, from the top down.
fn cells(table: &Table, field: usize) -> Vec<Cell> {
    table.rows.iter().map(|row| row.cells[field].clone()).collect()
}

/// What the cells of a field mean, each with its place: `B2 £5.00`, `B3 (not held)`, `B4 unreadable`.
fn meant(table: &Table, field: usize) -> Vec<String> {
    let said = |cell: &Cell| match (&cell.value, &cell.converted) {
        (Value::Null, Some(Converted::Shorthand { meaning: Some(meaning) })) => format!("({meaning})"),
        (_, Some(Converted::Unreadable(why))) => format!("{why:?}"),
        (Value::Money(money), _) => money.to_string(),
        (Value::Integer(number), _) => number.to_string(),
        (Value::Number(number), _) => number.to_string(),
        (Value::Text(text), _) => text.to_string(),
        (Value::Date(day), _) => day.to_string(),
        (Value::Month(month), _) => month.iso(),
        (Value::Boolean(value), _) => value.to_string(),
        (Value::Null, _) => "empty".to_owned(),
    };
    cells(table, field).iter().map(|cell| format!("{} {}", cell.position, said(cell))).collect()
}

fn table(yaml: &str, text: &str) -> Table {
    the_table(&read_by(&[("returns", "Returns", yaml)], text), "returns")
}

fn found(yaml: &str, text: &str) -> Vec<String> {
    findings(&[("returns", "Returns", yaml)], text)
}

/// What to do about what is found, by the messages.
fn fixes(yaml: &str, text: &str) -> Vec<String> {
    let tables = [("returns", "Returns", yaml)];
    let (pack, workbook) = (support::pack(&tables), read_by(&tables, text));
    let context = Context { pack: &pack, year: &pack.partnership.years[0], month: workbook.month_in_name };
    check_workbook(&workbook, &context).findings.into_iter().map(|finding| finding.fix).collect()
}

const WORDS: &str = "
fields:
  - {name: area, title: Area, type: string}
  - name: spend
    title: Spend
    type: number
    constraints: {required: true}
    crosscast: {unit: GBP, shorthand: {NIL: 0, '[x]': not available}}
  - {name: visits, title: Visits, type: integer}
  - {name: checked_on, title: Checked, type: date}
crosscast: {shorthand: {'-': 0, '..': not collected, Not held: not held}}
";

/// Survey: words where numbers belong (30).
#[test]
fn words_stand_for_figures_or_for_none_with_what_they_mean() {
    let text = "# Returns
        Area | Spend | Visits | Checked
        North | £10.00 | 3 | 2022-04-15
        -  | nil  | \"-\" | ..
        NIL | [X] | not  HELD | 2022-04-16
        South | -£2.50 | .. | 2022-04-17
        Total | =SUM(B2:B5) -> £7.50 | =SUM(C2:C5) -> 3 |";
    let table = table(WORDS, text);
    assert_eq!(meant(&table, 0), ["A2 North", "A3 -", "A4 NIL", "A5 South"], "a text may be any text");
    assert_eq!(meant(&table, 1), ["B2 £10.00", "B3 £0.00", "B4 (not available)", "B5 -£2.50"]);
    assert_eq!(meant(&table, 2), ["C2 3", "C3 0", "C4 (not held)", "C5 (not collected)"]);
    assert_eq!(meant(&table, 3), ["D2 2022-04-15", "D3 (not collected)", "D4 2022-04-16", "D5 2022-04-17"]);
    assert_eq!(cells(&table, 1)[1].converted, Some(Converted::Shorthand { meaning: None }));
    // A text that says why there is no value fills a cell that must be filled in, and adds nothing to the total.
    assert_eq!(found(WORDS, text), [""; 0]);
}

/// Near miss of the row above: words that the pack says nothing of, and the message that names what to add.
#[test]
fn a_word_that_the_pack_says_nothing_of_is_no_figure() {
    let text = "# Returns
        Area | Spend | Visits | Checked
        North | [z] | NIL | -
        South |  | about 20 | 2022-04-17
        East | £1.00 | 2 | soon";
    assert_eq!(
        found(WORDS, text),
        [
            "not-an-amount B2: Spend must be an amount in pounds and pence; B2 says “[z]”.",
            "not-a-number C2:C3: Visits must be a number; C2:C3 say “NIL” and “about 20”.",
            "not-a-date D2: Checked must be a date; D2 says “-”.",
            "required-value B3: Enter the spend.",
            "not-a-date D4: Checked must be a date; D4 says “soon”.",
        ]
    );
    assert_eq!(
        fixes(WORDS, text),
        [
            "Type the amount as a number into B2. If “[z]” means that there is no figure, add shorthand: {\"[z]\": not \
             applicable} to the field spend in the pack.",
            "Type the number alone into each of C2:C3. If “NIL” stands for nothing, add shorthand: {NIL: 0} to the field \
             visits in the pack.",
            "Type the day as dd/mm/yyyy into D2. If “-” means that there is none, add shorthand: {\"-\": none} to the \
             field checked_on in the pack.",
            "Fill in B3, or delete the row if it is not needed.",
            "Type the day as dd/mm/yyyy into D4.",
        ]
    );
}

const THOUSANDS: &str = "
fields:
  - {name: service, title: Service, type: string}
  - {name: budget, title: Budget, type: number, crosscast: {unit: GBP, factor: 1000}}
  - {name: homes, title: Homes, type: integer, crosscast: {factor: 1000}}
";

/// Survey: unit in its own row or corner (19): figures in thousands of which the pack says so.
#[test]
fn a_factor_multiplies_exactly() {
    let table = table(
        THOUSANDS,
        "# Returns
        Service | Budget | Homes
        Roads | 788.083 | 1.5
        Parks | -12.1 | 0.001
        Debt | \"(1,250.505)\" | \"2,000\"
        Waste | \"£0.005\" | 12.0005
        Loans | 0.000001 | 1
        Total | 478.973005 | 2001.501",
    );
    assert_eq!(
        meant(&table, 1),
        ["B2 £788,083.00", "B3 -£12,100.00", "B4 -£1,250,505.00", "B5 £5.00", "B6 FractionOfPenny"]
    );
    assert_eq!(meant(&table, 2), ["C2 1500", "C3 1", "C4 2000000", "C5 NotAWholeNumber", "C6 1000"]);
    let total = table.total.unwrap();
    assert_eq!(total.cells[1].converted, Some(Converted::Unreadable(Unreadable::FractionOfPenny)));
    assert_eq!(total.cells[2].value, Value::Integer(2_001_501));
}

const SHOWN: &str = "
fields:
  - {name: service, title: Service, type: string}
  - {name: budget, title: Budget (£ thousand), type: number, crosscast: {unit: GBP}}
  - {name: forecast, title: Forecast (£ thousand), type: number, crosscast: {unit: GBP, display: true, factor: 1000}}
  - {name: share, title: Share, type: number, crosscast: {unit: percent, display: true}}
";

/// Survey, traps: a number format that hides the scale. What the title says and the format shows changes nothing.
#[test]
fn a_format_that_hides_the_scale_multiplies_nothing() {
    let table = table(
        SHOWN,
        "# Returns
        Service | Budget (£ thousand) | Forecast (£ thousand) | Share
        Roads | 788083.05 as #,##0, | 788083.05 as #,##0, | 0.12345 as 0.0%
        Parks | 1234.5 as #,##0,;(#,##0,) | -1500 as #,##0,;(#,##0,) | 0.5
        Waste | 0 as 0.0,\"k\" | 1234.5 as 0.0,\"k\" | 1 as # ?/?",
    );
    assert_eq!(meant(&table, 1), ["B2 £788,083.05", "B3 £1,234.50", "B4 £0.00"]);
    // Where the pack asks for what is shown: 788 thousand, and -1.5 thousand shown as (2).
    assert_eq!(meant(&table, 2), ["C2 £788,000.00", "C3 -£2,000.00", "C4 FormatNotUnderstood"]);
    assert_eq!(meant(&table, 3), ["D2 0.123", "D3 0.5", "D4 FormatNotUnderstood"]);
}

/// Near miss of the row above: the finding says what cannot be told.
#[test]
fn a_format_of_which_the_number_cannot_be_told_is_a_finding() {
    let text = "# Returns
        Service | Budget (£ thousand) | Forecast (£ thousand) | Share
        Waste | £5.00 | 1234.5 as 0.0,\"k\" | 0.5";
    assert_eq!(
        found(SHOWN, text),
        ["format-not-understood C2: Forecast (£ thousand) must be the number that is shown; C2 holds 1234.5, with a \
          number format of which that cannot be told."]
    );
}

const MARKED: &str = "
fields:
  - {name: year, title: Year, type: integer, crosscast: {strip: footnotes}}
  - {name: area, title: Area, type: string, crosscast: {strip: footnotes, shorthand: {'[x]': not available}}}
  - {name: spend, title: Spend, type: number, crosscast: {unit: GBP, strip: footnotes}}
";

/// Survey: footnote marks in labels (19): “20062” is 2006, note 2.
#[test]
fn marks_of_footnotes_are_left_out() {
    let text = "# Returns
        Year | Area | Spend
        20062 | Wales [note 2] | 20062
        \"2007 [note 1]\" | Wales (2) | \"£5.00*\"
        2008 | \"[x]\" | \"(2)\"
        20093 | England² | £3.00";
    let table = table(MARKED, text);
    assert_eq!(meant(&table, 0), ["A2 2006", "A3 2007", "A4 2008", "A5 2009"]);
    assert_eq!(meant(&table, 1), ["B2 Wales", "B3 Wales", "B4 (not available)", "B5 England"]);
    assert_eq!(meant(&table, 2), ["C2 £20,062.00", "C3 £5.00", "C4 -£2.00", "C5 £3.00"], "an amount is no year");
    // Near miss: without the word, the mark is part of the text, and of the number.
    let plain = MARKED.replace("strip: footnotes", "display: false");
    let table = self::table(&plain, text);
    assert_eq!(meant(&table, 0), ["A2 20062", "A3 NotANumber", "A4 2008", "A5 20093"]);
    assert_eq!(meant(&table, 1)[0], "B2 Wales [note 2]");
}

const TYPED: &str = "
fields:
  - {name: paid_on, title: Date paid, type: date}
  - {name: amount, title: Amount, type: number, crosscast: {unit: GBP}}
";

/// Survey: money as text, dates as text, mixed in one column (9, 9, 4); brackets as negative.
#[test]
fn money_and_dates_as_text_among_others() {
    let text = "# Returns
        Date paid | Amount
        2022-04-15 | £10.00
        \"16/04/2022\" | \"£1,250.00\"
        \"17/04/2022 09:30\" | \"(12.50)\"
        2022-04-18 | \"12.50-\"
        soon | 1O.00";
    let table = table(TYPED, text);
    assert_eq!(meant(&table, 0), ["A2 2022-04-15", "A3 2022-04-16", "A4 2022-04-17", "A5 2022-04-18", "A6 NotADate"]);
    assert_eq!(meant(&table, 1), ["B2 £10.00", "B3 £1,250.00", "B4 -£12.50", "B5 -£12.50", "B6 NotAnAmount"]);
    let lines = found(TYPED, text);
    let codes: Vec<&str> = lines.iter().filter_map(|line| line.split(": ").next()).collect();
    assert_eq!(
        codes,
        ["date-as-text A3:A4", "amount-as-text B3", "sign-as-text B4:B5", "not-a-date A6", "look-alike-characters B6"]
    );
}

// Survey: shorthand for no value: a sum of figures that are not given is neither right nor wrong.
#[test]
fn a_total_of_figures_that_are_not_given_is_not_judged() {
    let schema = "
fields:
  - {name: ward, title: Ward, type: string}
  - {name: cases, title: Cases, type: integer, crosscast: {shorthand: {'[c]': fewer than five, '-': 0}}}";
    let said = |text: &str| findings(&[("wards", "Wards", schema)], text);
    let text = "# Wards\nWard | Cases\nNorth | [c]\nSouth | [c]\nWest | 4\nTotal | 7";
    assert_eq!(
        said(text),
        [
            "sum-with-unknown-parts B5: The total says 7; 2 of the cells that it adds, B2:B3, stand for no figure (fewer than \
          five), so it could not be checked."
        ]
    );
    assert_eq!(
        said(&text.replace("South | [c]", "South | 1")),
        [
            "sum-with-unknown-parts B5: The total says 7; B2, one of the cells that it adds, stands for no figure (fewer than \
          five), so it could not be checked."
        ]
    );
    // Where it agrees, nothing is said.
    assert_eq!(said(&text.replace("Total | 7", "Total | 4")), [""; 0]);
    // Near miss: shorthand for a figure is known.
    assert_eq!(
        said(&text.replace("[c]", "-")),
        ["total-mismatch B5: The total says 7; B2:B4 add up to 4. The difference is 3."]
    );
}
