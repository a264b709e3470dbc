//! Types: cells that cannot be read as what their column holds, and those that only just can.

use super::registry::{About, Check};
use super::runs::{Fault, Run, gather};
use super::view::ColumnView;
use super::words::{in_sentence, named, quoted};
use crate::model::{Cell, Converted, Outcome, Severity, Unreadable};
use crate::schema::FieldKind;

/// An error that no explanation can cover: what cannot be read is in no figure.
const fn error(code: &'static str, title: &'static str, about: About) -> Check {
    Check { code, severity: Severity::Error, explainable: false, title, about }
}

const fn warning(code: &'static str, title: &'static str, about: About) -> Check {
    Check { code, severity: Severity::Warning, explainable: false, title, about }
}

const ERROR_VALUE: Check = error(
    "error-value",
    "A cell shows an Excel error",
    About {
        meaning: "The cell holds an error such as #REF! or #N/A instead of a value.",
        why: "The cell has no value, and every formula that uses it shows the error too.",
        example: "#REF! in Summary!F6, because a row that its formula used was deleted.",
        mend: "Correct the cell's formula, or type the value.",
    },
);

const IMPOSSIBLE_DATE: Check = error(
    "impossible-date",
    "A date is in no calendar",
    About {
        meaning: "The cell holds a day or a month that does not exist.",
        why: "Nobody can tell which day was meant, so the row belongs to no month.",
        example: "31/02/2023, or 15/13/2022.",
        mend: "Look the day up in the invoice or the bank statement and type it.",
    },
);

const NOT_A_DATE: Check = error(
    "not-a-date",
    "A cell that should hold a date does not",
    About {
        meaning: "The cell holds a text, a bare number or a year where a day is wanted.",
        why: "The row cannot be put into a month.",
        example: "2022, or mid April, under Date paid.",
        mend: "Type the day as dd/mm/yyyy.",
    },
);

const NOT_A_MONTH: Check = error(
    "not-a-month",
    "A cell that should hold a month does not",
    About {
        meaning: "The cell holds something that is not a month of a year.",
        why: "The figures beside it cannot be put into a month.",
        example: "April, without a year.",
        mend: "Type the month with its year, such as April 2022.",
    },
);

/// What is not an amount at all.
pub(super) const NOT_AN_AMOUNT: Check = error(
    "not-an-amount",
    "A cell that should hold an amount does not",
    About {
        meaning: "The cell holds something that cannot be read as pounds and pence.",
        why: "It is in no total, and Excel's own sums pass over it without a word.",
        example: "1O0.00, with the letter O in it.",
        mend: "Type the amount as a number.",
    },
);

const FOREIGN_CURRENCY: Check = error(
    "foreign-currency",
    "An amount is not in pounds",
    About {
        meaning: "The cell holds an amount in another currency.",
        why: "Amounts in two currencies cannot be added.",
        example: "€500 under Amount.",
        mend: "Type the amount in pounds that was paid.",
    },
);

const FRACTION_OF_PENNY: Check = error(
    "fraction-of-penny",
    "An amount has digits beyond the penny",
    About {
        meaning: "The cell shows two decimals but holds more.",
        why: "Columns that look right then fail to add up by a penny or more.",
        example: "33.333333 from a division by three.",
        mend: "Round the amount to the penny, with ROUND(…,2) if it is a formula.",
    },
);

const AMOUNT_TOO_LARGE: Check = error(
    "amount-too-large",
    "A number is too large to be meant",
    About {
        meaning: "The number is beyond what can be added exactly.",
        why: "A total that it is part of could not be right to the penny.",
        example: "1E+18 under Amount.",
        mend: "Type the number that was meant.",
    },
);

const NOT_A_NUMBER: Check = error(
    "not-a-number",
    "A cell that should hold a number does not",
    About {
        meaning: "The cell holds something that cannot be read as a number.",
        why: "It is in no total.",
        example: "about 20 under Value.",
        mend: "Type the number alone, and put remarks in another cell.",
    },
);

const NOT_A_WHOLE_NUMBER: Check = error(
    "not-a-whole-number",
    "A count is not a whole number",
    About {
        meaning: "The cell holds a text, or a number with decimals, where a count is wanted.",
        why: "Half a person cannot be counted, so the figure must be a slip or stand in the wrong column.",
        example: "12.5 referrals.",
        mend: "Type the count as a whole number.",
    },
);

const NOT_YES_OR_NO: Check = error(
    "not-yes-or-no",
    "A cell that should say yes or no does not",
    About {
        meaning: "The cell holds something that means neither yes nor no.",
        why: "What depends on it, such as whether a review is published, cannot be told.",
        example: "Soon, under Published.",
        mend: "Type Yes or No.",
    },
);

const FORMULA_WITHOUT_RESULT: Check = error(
    "formula-without-result",
    "A formula was never calculated",
    About {
        meaning: "The cell holds a formula, but the file holds no result for it.",
        why: "The figure that you would see in Excel is not in the file, so it is in no total.",
        example: "A workbook that another program wrote, and that was never opened in Excel.",
        mend: "Open the workbook in Excel, press F9, and save it.",
    },
);

const DATE_AS_TEXT: Check = warning(
    "date-as-text",
    "Dates are typed as text",
    About {
        meaning: "The cells hold texts that look like dates. They were read as day, month, year.",
        why: "Excel sorts and filters such cells wrongly, and a program with American settings swaps day and month.",
        example: "'15/04/2022 with an apostrophe, in A4:A10.",
        mend: "Select the cells, choose Data, Text to Columns, Date: DMY, and save.",
    },
);

const AMOUNT_AS_TEXT: Check = warning(
    "amount-as-text",
    "Amounts are typed as text",
    About {
        meaning: "The cells hold texts that are plainly amounts. They were read as such.",
        why: "Excel's SUM leaves such cells out without a word, so the total beneath them is too small.",
        example: "£1,250.00 typed as text in F6.",
        mend: "Type the amount as a number, and let the cell's format show the pound sign.",
    },
);

const NUMBER_AS_TEXT: Check = warning(
    "number-as-text",
    "Numbers are typed as text",
    About {
        meaning: "The cells hold texts that are plainly numbers. They were read as such.",
        why: "Excel's SUM leaves such cells out without a word.",
        example: "'12 with an apostrophe, under Value.",
        mend: "Select the cells, choose Convert to Number at the green mark, and save.",
    },
);

const MONTH_AS_TEXT: Check = warning(
    "month-as-text",
    "Months are typed as text",
    About {
        meaning: "The cells hold texts that name a month. They were read as such.",
        why: "Excel sorts such cells by the alphabet: April, August, December.",
        example: "Apr-22 typed as text, under Month.",
        mend: "Type the first day of the month as a date, and let the cell's format show the month.",
    },
);

pub(super) static CHECKS: [&Check; 16] = [
    &ERROR_VALUE,
    &IMPOSSIBLE_DATE,
    &NOT_A_DATE,
    &NOT_A_MONTH,
    &NOT_AN_AMOUNT,
    &FOREIGN_CURRENCY,
    &FRACTION_OF_PENNY,
    &AMOUNT_TOO_LARGE,
    &NOT_A_NUMBER,
    &NOT_A_WHOLE_NUMBER,
    &NOT_YES_OR_NO,
    &FORMULA_WITHOUT_RESULT,
    &DATE_AS_TEXT,
    &AMOUNT_AS_TEXT,
    &NUMBER_AS_TEXT,
    &MONTH_AS_TEXT,
];

/// Judges how a column's cells could be read, the stated total's included where the column is one of numbers.
pub(super) fn check(column: ColumnView<'_>, outcome: &mut Outcome) {
    let total = column.total().filter(|_| column.kind().is_numeric());
    let faults = column.cells().chain(total).enumerate().filter_map(|(line, cell)| {
        let check = check_of(cell, column.kind())?;
        Some(Fault { check, line, position: cell.position, cause: String::new(), shown: said(cell, check) })
    });
    for run in gather(faults) {
        let (message, fix) = words(&run, column);
        let mut finding = run.finding(column, message, fix);
        if run.is_single() {
            finding.actual = run.shown.first().cloned();
        }
        outcome.findings.push(finding);
    }
}

/// The check that a cell fails, if any.
fn check_of(cell: &Cell, kind: FieldKind) -> Option<&'static Check> {
    match cell.converted.as_ref()? {
        Converted::FromText => match kind {
            FieldKind::Date => Some(&DATE_AS_TEXT),
            FieldKind::Month => Some(&MONTH_AS_TEXT),
            FieldKind::Money => Some(&AMOUNT_AS_TEXT),
            FieldKind::Integer | FieldKind::Number | FieldKind::Percentage => Some(&NUMBER_AS_TEXT),
            // A text in a column of texts, or of yes and no, is what it should be.
            FieldKind::Text | FieldKind::Boolean => None,
        },
        Converted::Unreadable(why) => Some(match why {
            Unreadable::ErrorValue => &ERROR_VALUE,
            Unreadable::ImpossibleDate => &IMPOSSIBLE_DATE,
            Unreadable::NumberNotDate | Unreadable::NotADate => &NOT_A_DATE,
            Unreadable::NotAMonth => &NOT_A_MONTH,
            Unreadable::NotAWholeNumber => &NOT_A_WHOLE_NUMBER,
            Unreadable::NotANumber => &NOT_A_NUMBER,
            Unreadable::NotAnAmount => &NOT_AN_AMOUNT,
            Unreadable::ForeignCurrency => &FOREIGN_CURRENCY,
            Unreadable::FractionOfPenny => &FRACTION_OF_PENNY,
            Unreadable::TooLarge => &AMOUNT_TOO_LARGE,
            Unreadable::NotYesOrNo => &NOT_YES_OR_NO,
            Unreadable::FormulaWithoutResult => &FORMULA_WITHOUT_RESULT,
        }),
    }
}

/// What the cell says: its text in quotation marks, a number or an error as it stands.
fn said(cell: &Cell, check: &Check) -> String {
    match (&cell.raw, &cell.formula) {
        (_, Some(formula)) if check.code == FORMULA_WITHOUT_RESULT.code => format!("={formula}"),
        (crate::model::RawValue::Text(text), _) => quoted(text),
        (raw, _) => raw.shown(),
    }
}

/// The message and the fix for a run of cells with one fault.
fn words(run: &Run, column: ColumnView<'_>) -> (String, String) {
    let ranges = run.ranges();
    let says = format!("{ranges} {} {}", if run.is_single() { "says" } else { "say" }, named(&run.shown));
    let heading = column.field.heading();
    let must = |what: &str| format!("{heading} must be {what}; {says}.");
    let here = if run.is_single() { ranges.clone() } else { format!("each of {ranges}") };
    let type_in = |what: &str| format!("Type {what} into {here}.");
    let field = in_sentence(heading);
    match run.check.code {
        "error-value" => (
            format!("{ranges} {} the Excel error {} instead of the {field}.", shows(run), named(&run.shown)),
            format!("Correct the formula in {here}, or type the value."),
        ),
        "impossible-date" => {
            (format!("{heading} must be a day that exists; {says}."), type_in("the right day as dd/mm/yyyy"))
        }
        "not-a-date" => (must("a date"), type_in("the day as dd/mm/yyyy")),
        "not-a-month" => (must("a month with its year, such as April 2022"), type_in("the month, such as April 2022,")),
        "foreign-currency" => (must("in pounds"), type_in("the amount in pounds")),
        "fraction-of-penny" => {
            (must("in whole pence"), format!("Round {here} to the penny; if it is a formula, with ROUND(…,2)."))
        }
        "amount-too-large" => (must("a smaller number"), type_in("the number that was meant")),
        "not-a-number" => (must("a number"), type_in("the number alone")),
        "not-a-whole-number" => (must("a whole number"), type_in("the count as a whole number")),
        "not-yes-or-no" => (must("Yes or No"), type_in("Yes or No")),
        "formula-without-result" => (
            format!("{ranges} {} a formula that was never calculated, so its result is not in the file.", holds(run)),
            "Open the workbook in Excel, press F9, and save it.".to_owned(),
        ),
        "date-as-text" => (
            format!(
                "{ranges} {} typed as text: {}. Read as day, month, year.",
                what_holds(run, "a date", "dates"),
                named(&run.shown)
            ),
            format!("Select {ranges}, choose Data, Text to Columns, Date: DMY, and save."),
        ),
        "month-as-text" => (
            format!("{ranges} {} typed as text: {}.", what_holds(run, "a month", "months"), named(&run.shown)),
            type_in("the month as a date"),
        ),
        "amount-as-text" => (
            format!(
                "{ranges} {} typed as text: {}. Excel's sums leave {} out.",
                what_holds(run, "an amount", "amounts"),
                named(&run.shown),
                it(run)
            ),
            type_in("the amount as a number"),
        ),
        "number-as-text" => (
            format!(
                "{ranges} {} typed as text: {}. Excel's sums leave {} out.",
                what_holds(run, "a number", "numbers"),
                named(&run.shown),
                it(run)
            ),
            type_in("the number without an apostrophe"),
        ),
        _ => (must("an amount in pounds and pence"), type_in("the amount as a number")),
    }
}

fn shows(run: &Run) -> &'static str {
    if run.is_single() { "shows" } else { "show" }
}

fn holds(run: &Run) -> &'static str {
    if run.is_single() { "holds" } else { "hold" }
}

fn it(run: &Run) -> &'static str {
    if run.is_single() { "it" } else { "them" }
}

fn what_holds(run: &Run, one: &str, several: &str) -> String {
    format!("{} {}", holds(run), if run.is_single() { one } else { several })
}
