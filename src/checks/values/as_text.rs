//! Numbers and amounts that are typed as text: Excel's sums pass over them without a word.

use crate::checks::runs::{Fault, Run, gather};
use crate::checks::sum;
use crate::checks::totals;
use crate::checks::view::ColumnView;
use crate::checks::words::{named, quoted, shortened, shown};
use crate::model::{
    About, Cause, Cell, Check, Converted, Figures, Finding, Kinds, Outcome, Over, RawValue, Suggestion,
};
use crate::schema::FieldKind;

static AMOUNT_AS_TEXT: Check = Check::warning(
    "amount-as-text",
    "Amounts are typed as text",
    About {
        meaning: "The cells hold texts that are plainly amounts. They were read as such.",
        why: "Excel's SUM leaves such cells out without a word, so the total beneath them is too small.",
        example: "£1,250.00 typed as text in F6.",
        mend: "Type the amount as a number, and let the cell's format show the pound sign.",
    },
)
.over(Over::Cells(Kinds::Amount));

static NUMBER_AS_TEXT: Check = Check::warning(
    "number-as-text",
    "Numbers are typed as text",
    About {
        meaning: "The cells hold texts that are plainly numbers. They were read as such.",
        why: "Excel's SUM leaves such cells out without a word.",
        example: "'12 with an apostrophe, under Value.",
        mend: "Select the cells, choose Convert to Number at the green mark, and save.",
    },
)
.over(Over::Cells(Kinds::Number));

static SIGN_AS_TEXT: Check = Check::warning(
    "sign-as-text",
    "Negative figures are typed as text, in brackets or with a minus behind",
    About {
        meaning: "The cells hold texts in brackets, or with a minus sign behind the number, as accounting programs print \
                  negative figures. They were read as negative.",
        why: "Excel's SUM leaves such cells out without a word, and a reader may take brackets for a remark.",
        example: "(12.50) or 12.50- under Amount.",
        mend: "Type the figure as a number with the minus before it, and let the cell's format show brackets.",
    },
)
.over(Over::Cells(Kinds::Figure));

pub(super) static CHECKS: [&Check; 3] = [&AMOUNT_AS_TEXT, &NUMBER_AS_TEXT, &SIGN_AS_TEXT];

/// Whether a cell's sign stands in a text as accounting programs print it: brackets around it, or a minus behind.
pub(super) fn has_sign_of_text(cell: &Cell) -> bool {
    let RawValue::Text(text) = &cell.raw else { return false };
    let text = text.trim();
    let is_bracketed = text.contains('(') && text.ends_with(')');
    is_bracketed || text.ends_with(['-', '\u{2212}'])
}

/// Judges the figures of a column that are texts, the stated total's included.
pub(super) fn check(column: ColumnView<'_>, outcome: &mut Outcome) {
    if !column.kind().is_numeric() {
        return;
    }
    let is_text = |cell: &&Cell| cell.converted == Some(Converted::FromText);
    let plain = if column.kind() == FieldKind::Money { &AMOUNT_AS_TEXT } else { &NUMBER_AS_TEXT };
    let check_of = |cell: &Cell| if has_sign_of_text(cell) { &SIGN_AS_TEXT } else { plain };
    let lack = Lack::of(column);
    for check in [plain, &SIGN_AS_TEXT] {
        let cells = column.numbered_with(column.total()).filter(|(_, cell)| is_text(cell));
        let faults = cells.filter(|(_, cell)| std::ptr::eq(check_of(cell), check)).map(|(line, cell)| Fault {
            line,
            position: cell.position,
            cause: String::new(),
            shown: quoted(&cell.raw.shown()),
        });
        for run in gather(check, faults) {
            outcome.findings.push(finding(check, &run, column, lack.as_ref()));
        }
    }
}

fn finding(check: &'static Check, run: &Run, column: ColumnView<'_>, lack: Option<&Lack<'_>>) -> Finding {
    let cells: Vec<&Cell> = column
        .cells()
        .filter(|cell| run.area.contains(cell.position) && cell.converted == Some(Converted::FromText))
        .filter(|cell| has_sign_of_text(cell) == std::ptr::eq(check, &SIGN_AS_TEXT))
        .collect();
    let figure = column.kind().figures().and_then(|figures| {
        let sum =
            cells.iter().map(|cell| cell.value.figure()).try_fold(0i64, |sum, figure| sum.checked_add(figure?))?;
        Some((figures, sum)).filter(|_| !cells.is_empty())
    });
    let what = column.kind() == FieldKind::Money;
    let (one, several) = if what { ("an amount", "amounts") } else { ("a number", "numbers") };
    let holds = run.either(format!("holds {one}"), format!("hold {several}"));
    let typed = format!("{} {holds} typed as text: {}.", run.ranges(), named(&run.shown));
    let left_out = match (lack, figure) {
        (Some(lack), Some((figures, sum))) => format!(
            "Excel's sums leave {} out: the total in {} lacks {}.",
            run.either("it", "them"),
            lack.total.position,
            figures.show(sum)
        ),
        _ => format!("Excel's sums leave {} out.", run.either("it", "them")),
    };
    let read = if std::ptr::eq(check, &SIGN_AS_TEXT) {
        let values: Vec<String> = cells.iter().map(|cell| shown(&cell.value)).collect();
        format!(" Read as {}.", named(&values))
    } else {
        String::new()
    };
    let fix = match (std::ptr::eq(check, &SIGN_AS_TEXT), what) {
        (true, _) => "Type the figure as a number with the minus before it",
        (false, true) => "Type the amount as a number",
        (false, false) => "Type the number without an apostrophe",
    };
    let mut finding = run.finding(column, format!("{typed}{read} {left_out}"), format!("{fix} into {}.", run.each()));
    finding.actual = run.shown.first().filter(|_| run.is_single()).cloned();
    finding.cause = figure.and_then(|(figures, sum)| cause(run, column, figures, sum));
    finding.related.extend(lack.map(|lack| column.of.place(lack.total.position)).filter(|_| figure.is_some()));
    finding
}

/// What the texts take from every sum of the column that Excel makes.
fn cause(run: &Run, column: ColumnView<'_>, figures: Figures, sum: i64) -> Option<Cause> {
    let row = column.row_of(run.area.first);
    let label = row.filter(|_| run.is_single()).and_then(|row| column.of.schema.label(row));
    let label = label.map(|label| format!(", {}", shortened(label))).unwrap_or_default();
    let together = run.either("", " together");
    let text = format!(
        "{} ({}{together}{label}) typed as text, which Excel's sums leave out",
        run.ranges(),
        figures.show(sum)
    );
    Some(Cause {
        suggestion: Suggestion { text, cells: vec![column.of.place(run.area)] },
        difference: figures.difference(sum.checked_neg()?),
    })
}

/// A stated total that lacks what is typed as text in its column.
struct Lack<'a> {
    total: &'a Cell,
}

impl<'a> Lack<'a> {
    /// The column's total, if it is a sum that Excel made, or less than its lines by just what is typed as text.
    fn of(column: ColumnView<'a>) -> Option<Self> {
        let total = totals::stated(column)?;
        let is_text = |cell: &&Cell| cell.converted == Some(Converted::FromText);
        let mut texts = column.cells().filter(is_text).map(|cell| cell.value.figure());
        let texts = texts.try_fold(0i64, |sum, figure| sum.checked_add(figure?)).filter(|sum| *sum != 0)?;
        let lines = sum::of_column(column).ok()?;
        let stated = total.value.figure()?;
        (stated.checked_add(texts) == Some(lines)).then_some(Self { total })
    }
}
