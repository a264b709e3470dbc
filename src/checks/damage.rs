//! Damage: cells of which the file leaves open what they hold. They pass for no figure, and are in no total.

use super::words::quoted;
use crate::model::{
    About, Area, Check, Damage, DamagedCell, Finding, Outcome, Over, Place, Position, Sheet, Workbook, listed,
};

/// Of the damaged cells of a sheet so many have a finding each; more of them have one finding together.
const MOST_APART: usize = 3;

const CELL_GIVEN_TWICE: Check = Check::error(
    "cell-given-twice",
    "A cell is in the file more than once, with different contents",
    About {
        meaning: "The file of the workbook holds the cell two or more times, and not with the same contents. Which of them \
                  counts, programs tell differently, so none of them was read.",
        why: "One program shows one figure, another program the other, and nothing in the sheet tells that there are two.",
        example: "Spend!F14, which the file gives as 1000 and further on as 9000.",
        mend: "Open the workbook in Excel, look the figure up in its source, type it into the cell again, and save.",
    },
)
.over(Over::Workbooks);

const DAMAGED_CELL: Check = Check::error(
    "damaged-cell",
    "What a cell holds cannot be read for certain",
    About {
        meaning: "What the file holds for the cell is not of the kind that it says, or is written in a way that programs read \
                  differently. The cell was not read; the other cells were.",
        why: "A figure that is lost or read wrongly makes a total wrong, and nothing in the sheet tells it.",
        example: "NaN in a cell that should hold a number, as other programs than Excel write it.",
        mend: "Open the workbook in Excel, type what the cell should hold, and save.",
    },
)
.over(Over::Workbooks);

pub(super) static CHECKS: [&Check; 2] = [&CELL_GIVEN_TWICE, &DAMAGED_CELL];

/// Judges the damaged cells of every sheet, be they in a table or not.
pub(super) fn check(workbook: &Workbook, outcome: &mut Outcome) {
    for sheet in &workbook.sheets {
        let (twice, other): (Vec<_>, Vec<_>) =
            sheet.damaged.iter().partition(|one| matches!(one.damage, Damage::GivenTwice { .. }));
        outcome.findings.extend(findings(&CELL_GIVEN_TWICE, workbook, sheet, &twice));
        outcome.findings.extend(findings(&DAMAGED_CELL, workbook, sheet, &other));
    }
}

fn findings(check: &Check, workbook: &Workbook, sheet: &Sheet, damaged: &[&DamagedCell]) -> Vec<Finding> {
    let place = |area: Area| Place::area(&workbook.path, &sheet.name, area);
    let fix = |cells: &str| {
        format!("Open the workbook in Excel, look up in its source what {cells} should hold, type it again, and save.")
    };
    if damaged.len() <= MOST_APART {
        let one = |one: &&DamagedCell| {
            let cell = one.position.to_string();
            check.finding(place(one.position.into()), in_words(&cell, &one.damage), fix(&cell))
        };
        return damaged.iter().map(one).collect();
    }
    let named: Vec<String> = damaged.iter().take(MOST_APART).map(|one| one.position.to_string()).collect();
    let more = damaged.len() - named.len();
    let first = damaged.first().map(|one| in_words(&one.position.to_string(), &one.damage)).unwrap_or_default();
    let more = if more == 1 { "one more cell".to_owned() } else { format!("{more} more cells") };
    let message = format!("{} and {more} are damaged. {first}", named.join(", "));
    vec![check.finding(place(around(damaged)), message, fix("each of them"))]
}

/// The smallest rectangle that has all of the cells.
fn around(damaged: &[&DamagedCell]) -> Area {
    let of = |line: fn(&DamagedCell) -> u32| damaged.iter().map(move |one| line(one));
    let (rows, columns) = (|| of(|one| one.position.row), || of(|one| one.position.column));
    let first = Position::new(rows().min().unwrap_or_default(), columns().min().unwrap_or_default());
    let last = Position::new(rows().max().unwrap_or_default(), columns().max().unwrap_or_default());
    Area::new(first, last)
}

fn in_words(cell: &str, damage: &Damage) -> String {
    let or_nothing = |text: &str| if text.is_empty() { "nothing".to_owned() } else { quoted(text) };
    match damage {
        Damage::GivenTwice { times, first, last } => {
            let times = if *times == 2 { "twice".to_owned() } else { format!("{times} times") };
            let contents = listed(&[&or_nothing(first), &or_nothing(last)], "and");
            let between = if times == "twice" { "with" } else { "among them with" };
            format!("{cell} is in the file {times}, {between} {contents}, so it was not read.")
        }
        Damage::NotANumber(text) => {
            format!(
                "{cell} should hold a number by what the file says, and holds {}, so it was not read.",
                quoted(text)
            )
        }
        Damage::NotYesOrNo(text) => {
            format!(
                "{cell} should hold TRUE or FALSE by what the file says, and holds {}, so it was not read.",
                or_nothing(text)
            )
        }
        Damage::NoSuchText(number) => {
            format!(
                "{cell} holds text number {} of the workbook's list of texts, which has no such text, so it was not read.",
                quoted(number)
            )
        }
        Damage::UnknownKind(kind) => {
            format!("{cell} holds a kind of value that Excel does not know, {}, so it was not read.", quoted(kind))
        }
        Damage::NoValue(text) => {
            format!("{cell} shows {}, but the file holds no value for it, so it was not read.", or_nothing(text))
        }
        Damage::ReadDifferently(text) => {
            format!("{cell} is written in a way that programs read differently ({}), so it was not read.", quoted(text))
        }
        Damage::NoSuchFormula => {
            format!("{cell} shares a formula with other cells, and the file does not say which, so it was not read.")
        }
        Damage::NotRead => format!("What {cell} holds is written in a way that is not known, so it was not read."),
    }
}
