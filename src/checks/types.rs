//! Types: cells that cannot be read as what their column holds, and those that only just can.

use std::collections::{BTreeMap, BTreeSet};

use super::Context;
use super::runs::{Fault, Run, gather};
use super::usual_words;
use super::values::{self, as_shown};
use super::view::ColumnView;
use super::window::american_order;
use super::words::{in_sentence, named, quoted};
use crate::formula::{Target, parse};
use crate::model::{About, Cell, Check, Converted, Kinds, Outcome, Over, Position, RawValue, Unreadable};
use crate::schema::{Field, FieldKind};

/// What Excel shows where a formula reckons with a text.
const WRONG_KIND: &str = "#VALUE!";
/// What keeps errors that follow from other cells apart from those that do not.
const FOLLOWS: &str = "follows";
/// Of the cells from which a cell has its error so many are named.
const MOST_SOURCES: usize = 6;

/// A check of how cells could be read, with the message and the fix for a run of cells that fail it.
pub(super) struct TypeCheck {
    /// What it is known by.
    pub check: Check,
    words: fn(&Run, ColumnView<'_>) -> (String, String),
}

static ERROR_VALUE: TypeCheck = TypeCheck {
    check: Check::error(
        "error-value",
        "A cell shows an Excel error",
        About {
            meaning: "The cell holds an error such as #REF! or #N/A instead of a value.",
            why: "The cell has no value, and every formula that uses it shows the error too.",
            example: "#REF! in Summary!F6, because a row that its formula used was deleted.",
            mend: "Correct the cell's formula, or type the value.",
        },
    )
    .over(Over::Cells(Kinds::Any)),
    words: |run, column| {
        let shows = run.either("shows", "show");
        let field = in_sentence(column.field.heading());
        (
            format!("{} {shows} the Excel error {} instead of the {field}.", run.ranges(), named(&run.shown)),
            format!("Correct the formula in {}, or type the value.", run.each()),
        )
    },
};

static IMPOSSIBLE_DATE: TypeCheck = TypeCheck {
    check: Check::error(
        "impossible-date",
        "A date is in no calendar",
        About {
            meaning: "The cell holds a day or a month that does not exist.",
            why: "Nobody can tell which day was meant, so the row belongs to no month.",
            example: "31/02/2023, or 15/13/2022.",
            mend: "Look the day up in the invoice or the bank statement and type it.",
        },
    )
    .over(Over::Cells(Kinds::DayOrMonth)),
    words: |run, column| (must(run, column, "be a day that exists"), type_in(run, "the right day as dd/mm/yyyy")),
};

static NOT_A_DATE: TypeCheck = TypeCheck {
    check: Check::error(
        "not-a-date",
        "A cell that should hold a date does not",
        About {
            meaning: "The cell holds a text, a bare number or a year where a day is wanted.",
            why: "The row cannot be put into a month.",
            example: "2022, or mid April, under Date paid.",
            mend: "Type the day as dd/mm/yyyy.",
        },
    )
    .over(Over::Cells(Kinds::Day)),
    words: |run, column| (must(run, column, "be a date"), type_in(run, "the day as dd/mm/yyyy")),
};

static NOT_A_MONTH: TypeCheck = TypeCheck {
    check: Check::error(
        "not-a-month",
        "A cell that should hold a month does not",
        About {
            meaning: "The cell holds something that is not a month of a year.",
            why: "The figures beside it cannot be put into a month.",
            example: "April, without a year.",
            mend: "Type the month with its year, such as April 2022.",
        },
    )
    .over(Over::Cells(Kinds::Month)),
    words: |run, column| {
        let must = must(run, column, "be a month with its year, such as April 2022");
        (must, type_in(run, "the month, such as April 2022,"))
    },
};

/// What is not an amount at all.
pub(super) static NOT_AN_AMOUNT: TypeCheck = TypeCheck {
    check: Check::error(
        "not-an-amount",
        "A cell that should hold an amount does not",
        About {
            meaning: "The cell holds something that cannot be read as pounds and pence.",
            why: "It is in no total, and Excel's own sums pass over it without a word.",
            example: "1O0.00, with the letter O in it.",
            mend: "Type the amount as a number.",
        },
    )
    .over(Over::Cells(Kinds::Amount)),
    words: |run, column| {
        (must(run, column, "be an amount in pounds and pence"), type_in(run, "the amount as a number"))
    },
};

static FOREIGN_CURRENCY: TypeCheck = TypeCheck {
    check: Check::error(
        "foreign-currency",
        "An amount is not in pounds",
        About {
            meaning: "The cell holds an amount in another currency.",
            why: "Amounts in two currencies cannot be added.",
            example: "€500 under Amount.",
            mend: "Type the amount in pounds that was paid.",
        },
    )
    .over(Over::Cells(Kinds::Amount)),
    words: |run, column| (must(run, column, "be in pounds"), type_in(run, "the amount in pounds")),
};

static FRACTION_OF_PENNY: TypeCheck = TypeCheck {
    check: Check::error(
        "fraction-of-penny",
        "An amount has digits beyond the penny",
        About {
            meaning: "The cell shows two decimals but holds more.",
            why: "Columns that look right then fail to add up by a penny or more.",
            example: "33.333333 from a division by three.",
            mend: "Round the amount to the penny, with ROUND(…,2) if it is a formula.",
        },
    )
    .over(Over::Cells(Kinds::Amount)),
    words: |run, column| {
        let fix = format!("Round {} to the penny; if it is a formula, with ROUND(…,2).", run.each());
        (hidden_decimals(run, column, "be in whole pence"), fix)
    },
};

static AMOUNT_TOO_LARGE: TypeCheck = TypeCheck {
    check: Check::error(
        "amount-too-large",
        "A number is too large to be meant",
        About {
            meaning: "The number is beyond what can be added exactly.",
            why: "A total that it is part of could not be right to the penny.",
            example: "1E+18 under Amount.",
            mend: "Type the number that was meant.",
        },
    )
    .over(Over::Cells(Kinds::Figure)),
    words: |run, column| (must(run, column, "be a smaller number"), type_in(run, "the number that was meant")),
};

static NOT_A_NUMBER: TypeCheck = TypeCheck {
    check: Check::error(
        "not-a-number",
        "A cell that should hold a number does not",
        About {
            meaning: "The cell holds something that cannot be read as a number.",
            why: "It is in no total.",
            example: "about 20 under Value.",
            mend: "Type the number alone, and put remarks in another cell.",
        },
    )
    .over(Over::Cells(Kinds::Number)),
    words: |run, column| (must(run, column, "be a number"), type_in(run, "the number alone")),
};

static NOT_A_WHOLE_NUMBER: TypeCheck = TypeCheck {
    check: Check::error(
        "not-a-whole-number",
        "A count is not a whole number",
        About {
            meaning: "The cell holds a text, or a number with decimals, where a count is wanted.",
            why: "Half a person cannot be counted, so the figure must be a slip or stand in the wrong column.",
            example: "12.5 referrals.",
            mend: "Type the count as a whole number.",
        },
    )
    .over(Over::Cells(Kinds::Count)),
    words: |run, column| {
        (hidden_decimals(run, column, "be a whole number"), type_in(run, "the count as a whole number"))
    },
};

static NOT_YES_OR_NO: TypeCheck = TypeCheck {
    check: Check::error(
        "not-yes-or-no",
        "A cell that should say yes or no does not",
        About {
            meaning: "The cell holds something that means neither yes nor no.",
            why: "What depends on it, such as whether a review is published, cannot be told.",
            example: "Soon, under Published.",
            mend: "Type Yes or No.",
        },
    )
    .over(Over::Cells(Kinds::YesOrNo)),
    words: |run, column| (must(run, column, "be Yes or No"), type_in(run, "Yes or No")),
};

static FORMAT_NOT_UNDERSTOOD: TypeCheck = TypeCheck {
    check: Check::error(
        "format-not-understood",
        "It cannot be told which number a cell shows",
        About {
            meaning: "The column is read as its cells show it, and the cell has a number format of which that cannot be \
                      told: one with words, a condition, a fraction or a power of ten.",
            why: "What the cell holds may have more digits than a reader sees, so the figure could be another than the \
                  one that was meant.",
            example: "788083.05 with the format 0.0,\"k\", which shows 788.1k.",
            mend: "Give the cell a plain number format, such as #,##0.00 or 0%.",
        },
    ),
    words: |run, column| {
        let says = run.either("holds", "hold");
        (
            format!(
                "{} must be the number that is shown; {} {says} {}, with a number format of which that cannot be told.",
                column.field.heading(),
                run.ranges(),
                named(&run.shown)
            ),
            format!("Give {} a plain number format, such as #,##0.00.", run.ranges()),
        )
    },
};

/// A formula of which the file holds no result.
pub(super) static FORMULA_WITHOUT_RESULT: TypeCheck = TypeCheck {
    check: Check::error(
        "formula-without-result",
        "A formula was never calculated",
        About {
            meaning: "The cell holds a formula, but the file holds no result for it.",
            why: "The figure that you would see in Excel is not in the file, so it is in no total.",
            example: "A workbook that another program wrote, and that was never opened in Excel.",
            mend: "Open the workbook in Excel, press F9, and save it.",
        },
    )
    .over(Over::Cells(Kinds::Any)),
    words: |run, _| never_calculated(run),
};

/// The message and the fix for formulas that were never calculated, in a table or beside it.
pub(super) fn never_calculated(run: &Run) -> (String, String) {
    let hold = run.either("holds", "hold");
    (
        format!("{} {hold} a formula that was never calculated, so its result is not in the file.", run.ranges()),
        "Open the workbook in Excel, press F9, and save it.".to_owned(),
    )
}

static DATE_AS_TEXT: TypeCheck = TypeCheck {
    check: Check::warning(
        "date-as-text",
        "Dates are typed as text",
        About {
            meaning: "The cells hold texts that look like dates. They were read as day, month, year.",
            why: "Excel sorts and filters such cells wrongly, and a program with American settings swaps day and month.",
            example: "'15/04/2022 with an apostrophe, in A4:A10.",
            mend: "Select the cells, choose Data, Text to Columns, Date: DMY, and save.",
        },
    )
.over(Over::Cells(Kinds::Day)),
    words: |run, _| {
        let fix = format!("Select {}, choose Data, Text to Columns, Date: DMY, and save.", run.ranges());
        (format!("{} Read as day, month, year.", typed_as_text(run, "a date", "dates")), fix)
    },
};

static MONTH_AS_TEXT: TypeCheck = TypeCheck {
    check: Check::warning(
        "month-as-text",
        "Months are typed as text",
        About {
            meaning: "The cells hold texts that name a month. They were read as such.",
            why: "Excel sorts such cells by the alphabet: April, August, December.",
            example: "Apr-22 typed as text, under Month.",
            mend: "Type the first day of the month as a date, and let the cell's format show the month.",
        },
    )
    .over(Over::Cells(Kinds::Month)),
    words: |run, _| (typed_as_text(run, "a month", "months"), type_in(run, "the month as a date")),
};

pub(super) static CHECKS: [&TypeCheck; 15] = [
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
    &FORMAT_NOT_UNDERSTOOD,
    &FORMULA_WITHOUT_RESULT,
    &DATE_AS_TEXT,
    &MONTH_AS_TEXT,
];

/// The check that says whether a field's values have its type; any text is a text.
pub(super) fn asked_by(field: &Field) -> Option<&'static Check> {
    let asked = match field.kind() {
        FieldKind::Text => return None,
        FieldKind::Integer => &NOT_A_WHOLE_NUMBER,
        FieldKind::Number | FieldKind::Percentage => &NOT_A_NUMBER,
        FieldKind::Money => &NOT_AN_AMOUNT,
        FieldKind::Date => &NOT_A_DATE,
        FieldKind::Month => &NOT_A_MONTH,
        FieldKind::Boolean => &NOT_YES_OR_NO,
    };
    Some(&asked.check)
}

/// The check of formats, if a field is read as its cells show it.
pub(super) fn shown_by(field: &Field) -> Option<&'static Check> {
    (field.crosscast.display && field.kind().is_numeric()).then_some(&FORMAT_NOT_UNDERSTOOD.check)
}

/// Judges how a column's cells could be read, the stated total's included where the column is one of numbers.
pub(super) fn check(column: ColumnView<'_>, context: &Context<'_>, outcome: &mut Outcome) {
    let total = column.total().filter(|_| column.kind().is_numeric());
    let mut faults: BTreeMap<&str, (&TypeCheck, Vec<Fault>)> = BTreeMap::new();
    let mut passed_on: Option<(&str, Position)> = None;
    let mut follows: BTreeSet<(Position, Position)> = BTreeSet::new();
    for (line, cell) in column.numbered_with(total) {
        let Some(failed) = check_of(cell, column.kind()) else { continue };
        if values::takes(column, cell, context) {
            continue;
        }
        // A sum over lines that hold an error, or too many decimals, has them too: that follows from the lines.
        let is_total = total.is_some_and(|total| total.position == cell.position);
        if is_total && cell.formula.is_some() && passes_on(failed) && faults.contains_key(failed.check.code) {
            passed_on = Some((failed.check.code, cell.position));
            continue;
        }
        // Cells that only show what others hold are no fault of the same kind as those that hold it.
        let sources = if std::ptr::eq(failed, &ERROR_VALUE) { error_sources(column, cell) } else { Vec::new() };
        let cause = if sources.is_empty() { String::new() } else { FOLLOWS.to_owned() };
        follows.extend(sources.into_iter().map(|source| (cell.position, source)));
        let fault = Fault { line, position: cell.position, cause, shown: said(cell) };
        faults.entry(failed.check.code).or_insert_with(|| (failed, Vec::new())).1.push(fault);
    }
    for (failed, faults) in faults.into_values() {
        for run in gather(&failed.check, faults) {
            let (message, mut fix) = (failed.words)(&run, column);
            if let Some(added) = usual_words::what_to_add(&run, column).filter(|_| is_of_words(failed)) {
                fix = format!("{fix} {added}");
            }
            let mut finding = run.finding(column, message, fix);
            if run.is_single() {
                finding.actual = run.shown.first().cloned();
            }
            if std::ptr::eq(failed, &IMPOSSIBLE_DATE) {
                let cells = column.cells().filter(|cell| run.area.contains(cell.position) && cell.is_marked());
                let texts: Vec<String> = cells.map(|cell| cell.raw.shown()).collect();
                let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
                finding.suggestions.extend(american_order(&texts, column.field, context));
            }
            if run.cause == FOLLOWS {
                let sources = follows.iter().filter(|(position, _)| run.area.contains(*position));
                let sources: BTreeSet<Position> = sources.map(|(_, source)| *source).collect();
                finding.related.extend(sources.into_iter().map(|source| column.of.place(source)));
            }
            let total = passed_on.filter(|(code, _)| *code == failed.check.code);
            finding.related.extend(total.map(|(_, position)| column.of.place(position)));
            outcome.findings.push(finding);
        }
    }
}

/// The cells of its sheet from which a cell has its error: those that its formula names and that hold the same error, or, of
/// `#VALUE!`, a text that is named by itself. Excel's sums pass over texts, so one within a range is no reason.
fn error_sources(column: ColumnView<'_>, cell: &Cell) -> Vec<Position> {
    let (RawValue::Error(shown), Some(text), Some(grid)) = (&cell.raw, &cell.formula, column.grid()) else {
        return Vec::new();
    };
    let Ok(formula) = parse(text) else { return Vec::new() };
    let own = column.of.table.sheet.to_lowercase();
    let mut found = Vec::new();
    for reference in formula.references() {
        let Target::Cells(cells) = &reference.target else { continue };
        if cells.sheet_from(&own).to_lowercase() != own {
            continue;
        }
        let gives_it = |raw: &RawValue| match raw {
            RawValue::Error(other) => other == shown,
            RawValue::Text(_) => cells.is_single() && &**shown == WRONG_KIND,
            _ => false,
        };
        let named = grid.within(cells.area).filter(|(at, _)| *at != cell.position);
        found.extend(named.filter(|(_, cell)| gives_it(&cell.raw)).map(|(at, _)| at).take(MOST_SOURCES));
    }
    found.truncate(MOST_SOURCES);
    found
}

/// Whether a sum fails a check as soon as one of its lines does.
fn passes_on(failed: &'static TypeCheck) -> bool {
    [&ERROR_VALUE, &FRACTION_OF_PENNY, &NOT_A_WHOLE_NUMBER].iter().any(|check| std::ptr::eq(*check, failed))
}

/// Whether cells that fail a check may hold words that stand for a figure, or for none.
fn is_of_words(failed: &'static TypeCheck) -> bool {
    [&NOT_A_NUMBER, &NOT_AN_AMOUNT, &NOT_A_DATE, &NOT_A_MONTH].iter().any(|check| std::ptr::eq(*check, failed))
}

/// The check that a cell fails, if any.
fn check_of(cell: &Cell, kind: FieldKind) -> Option<&'static TypeCheck> {
    match cell.converted.as_ref()? {
        Converted::Shorthand { .. } => None,
        Converted::FromText => match kind {
            FieldKind::Date => Some(&DATE_AS_TEXT),
            FieldKind::Month => Some(&MONTH_AS_TEXT),
            // Figures have checks of their own, by what sums lack of them. A text in a column of texts, or of yes and no,
            // is what it should be.
            _ => None,
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
            Unreadable::FormatNotUnderstood => &FORMAT_NOT_UNDERSTOOD,
            Unreadable::FormulaWithoutResult => &FORMULA_WITHOUT_RESULT,
            // The damage is told by a check of its own.
            Unreadable::Damaged => return None,
        }),
    }
}

/// What the cell says: its text in quotation marks, a number or an error as it stands; its formula, if it has no result.
fn said(cell: &Cell) -> String {
    match (&cell.raw, &cell.formula) {
        (_, Some(formula)) if cell.converted == Some(Converted::Unreadable(Unreadable::FormulaWithoutResult)) => {
            format!("={formula}")
        }
        (RawValue::Text(text), _) => quoted(text),
        (raw, _) => raw.shown(),
    }
}

fn must(run: &Run, column: ColumnView<'_>, what: &str) -> String {
    format!("{} must {what}; {}.", column.field.heading(), run.says())
}

/// What a column must be, and of a single cell what its format shows of the digits that it holds.
fn hidden_decimals(run: &Run, column: ColumnView<'_>, what: &str) -> String {
    let behind = column.grid().and_then(|grid| grid.cell(run.area.first)).filter(|_| run.is_single());
    let shown = behind.and_then(|cell| match cell.raw {
        RawValue::Number(number) => as_shown(number, cell.format.as_deref()?),
        _ => None,
    });
    match shown {
        Some(shown) => {
            let holds = named(&run.shown);
            format!("{} must {what}; {} shows {shown} and holds {holds}.", column.field.heading(), run.ranges())
        }
        None => must(run, column, what),
    }
}

fn type_in(run: &Run, what: &str) -> String {
    format!("Type {what} into {}.", run.each())
}

fn typed_as_text(run: &Run, one: &str, several: &str) -> String {
    let holds = run.either(format!("holds {one}"), format!("hold {several}"));
    format!("{} {holds} typed as text: {}.", run.ranges(), named(&run.shown))
}
