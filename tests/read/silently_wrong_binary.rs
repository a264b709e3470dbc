//! The same of the binary formats, `.xlsb` and `.xls`.

use crosscast::model::{Damage, RawValue, UnreadableWorkbook, Workbook};
use crosscast::read::read;

use crate::support::binary_workbook::{BinaryCell, binary_workbook};
use crate::support::pack;
use crate::support::patched::{patched, registers};
use crate::support::sample_pack::sample_pack;

const TABLE: &str = "
fields:
  - {name: project, title: Project, type: string}
  - {name: amount, title: Amount, type: number, crosscast: {unit: GBP}}
";

fn of(bytes: &[u8]) -> Workbook {
    read("2022-04.xlsb", bytes, &pack(&[("spend", "Spend", TABLE)]))
}

/// A workbook of two payments on the sheet Spend, with these cells in its second row from B2 on.
fn with_cells(cells: impl IntoIterator<Item = BinaryCell>) -> Vec<u8> {
    let second: Vec<BinaryCell> = std::iter::once(BinaryCell::Text("Dawn")).chain(cells).collect();
    let third = [BinaryCell::Text("Dusk"), BinaryCell::Number(2000.0)];
    binary_workbook("Spend", &[&[BinaryCell::Text("Project"), BinaryCell::Text("Amount")], &second, &third])
}

fn amounts(read: &Workbook) -> Vec<RawValue> {
    assert_eq!(read.unreadable, None);
    read.tables[0].rows.iter().map(|row| row.cells[1].raw.clone()).collect()
}

fn held(cell: BinaryCell) -> RawValue {
    let amounts = amounts(&of(&with_cells([cell])));
    assert_eq!((amounts.len(), &amounts[1]), (2, &RawValue::Number(2000.0)));
    amounts[0].clone()
}

fn damage(cell: BinaryCell) -> Damage {
    let read = of(&with_cells([cell]));
    assert_eq!(amounts(&read), [RawValue::Damaged, RawValue::Number(2000.0)]);
    let damaged = &read.sheets[0].damaged;
    assert_eq!((damaged.len(), damaged[0].position.to_string().as_str()), (1, "B2"));
    damaged[0].damage.clone()
}

#[test]
fn error_values_keep_their_cells_and_names() {
    let error = |text: &str| RawValue::Error(text.into());
    assert_eq!(held(BinaryCell::ErrorFormula), error("#REF!"));
    assert_eq!(held(BinaryCell::Record(0x03, &[0x07])), error("#DIV/0!"));
    assert_eq!(held(BinaryCell::Record(0x03, &[0x2b])), error("#GETTING_DATA"));
    assert_eq!(held(BinaryCell::Record(0x03, &[0x99])), error("an error value"), "newer than the reader");
    let of_formula = BinaryCell::Record(0x0b, &[0x2a, 0, 0, 2, 0, 0, 0, 0x1c, 0x2a, 0, 0, 0, 0]);
    let read = of(&with_cells([of_formula, BinaryCell::Record(0x03, &[0x99]), BinaryCell::Number(5.0)]));
    assert_eq!(amounts(&read)[0], error("#N/A"));
    assert!(read.tables[0].rows[0].cells[1].formula.is_some());
}

#[test]
fn what_a_cell_cannot_hold() {
    let nan = BinaryCell::Number(f64::NAN);
    assert_eq!(damage(nan), Damage::NotANumber("NaN".into()));
    assert_eq!(damage(BinaryCell::Number(f64::INFINITY)), Damage::NotANumber("inf".into()));
    assert_eq!(held(BinaryCell::Number(-0.0)), RawValue::Number(0.0));
    assert_eq!(damage(BinaryCell::Record(0x04, &[2])), Damage::NotYesOrNo("2".into()));
    assert_eq!(held(BinaryCell::Record(0x04, &[1])), RawValue::Boolean(true));
    // A text with its formatting, and a short number: forms that calamine passes over.
    assert_eq!(damage(BinaryCell::Record(0x3e, &[0, 1, 0, 0, 0, 65, 0])), Damage::NotRead);
    assert_eq!(held(BinaryCell::Record(0x01, &[])), RawValue::Empty);
}

#[test]
fn a_cell_that_is_given_twice() {
    let again = BinaryCell::Row(1);
    let read = of(&with_cells([BinaryCell::Number(1000.0), again, BinaryCell::None, BinaryCell::None]));
    assert_eq!(amounts(&read), [RawValue::Number(1000.0), RawValue::Number(2000.0)]);
    // The row once more, with another amount: cells stand where their own column says.
    let other = BinaryCell::Record(0x05, &[0; 8]);
    let twice = binary_workbook(
        "Spend",
        &[
            &[BinaryCell::Text("Project"), BinaryCell::Text("Amount")],
            &[BinaryCell::Row(2), BinaryCell::Number(1000.0)],
            &[BinaryCell::Text("Dusk"), other],
        ],
    );
    let read = of(&twice);
    assert_eq!(amounts(&read), [RawValue::Damaged]);
    let expected = Damage::GivenTwice { times: 2, first: "1000".into(), last: "0".into() };
    assert_eq!(read.sheets[0].damaged[0].damage, expected);
}

#[test]
fn rows_beyond_the_last() {
    let below = |row: u32| of(&with_cells([BinaryCell::Number(1.0), BinaryCell::Row(row), BinaryCell::Number(5.0)]));
    let Some(UnreadableWorkbook::Damaged(words)) = below(1_048_576).unreadable else { panic!() };
    assert_eq!(words, "the sheet Spend has a cell D1048577, which lies beyond the last that Excel has, XFD1048576");
    assert!(matches!(below(9_000_000).unreadable, Some(UnreadableWorkbook::Damaged(_))));
    assert_eq!(below(1_048_575).unreadable, None);
}

#[test]
fn a_null_character_does_not_end_a_text() {
    assert_eq!(held(BinaryCell::Text("a\0b")), RawValue::Text("a\0b".into()));
    let xls = registers();
    let title = b"Domestic Homicide";
    assert!(xls.windows(title.len()).any(|window| window == title), "a text of the fixture");
    let with_null = patched(&xls, title, b"Domestic\0Homicide");
    let read = read("registers.xls", &with_null, &sample_pack());
    assert_eq!(read.unreadable, None);
    assert!(read.texts.iter().any(|text| text.text.contains("Domestic\0Homicide")), "{:?}", read.texts);
}

/// Where in the registers two records follow each other that each put a text of the list into a cell: eight bytes of each
/// are its type, its length, its row and its column.
fn two_texts(xls: &[u8]) -> usize {
    let is_text = |at: usize| xls[at..].starts_with(&[0xfd, 0, 0x0a, 0]);
    (0..xls.len() - 18).find(|at| is_text(*at) && is_text(at + 14)).unwrap()
}

#[test]
fn cells_of_an_old_workbook_that_calamine_takes_in_silence() {
    let damaged = |bytes: &[u8]| {
        let read = read("registers.xls", bytes, &sample_pack());
        assert_eq!(read.unreadable, None);
        let cells = read.sheets.iter().flat_map(|sheet| sheet.damaged.clone());
        cells.map(|cell| cell.damage).collect::<Vec<Damage>>()
    };
    let xls = registers();
    assert_eq!(damaged(&xls), []);
    let at = two_texts(&xls);
    let mut twice = xls.clone();
    let place: [u8; 4] = xls[at + 4..at + 8].try_into().unwrap();
    twice[at + 18..at + 22].copy_from_slice(&place);
    assert!(matches!(damaged(&twice)[..], [Damage::GivenTwice { times: 2, .. }]), "{:?}", damaged(&twice));
    let mut beyond = xls.clone();
    beyond[at + 10..at + 14].copy_from_slice(&[0xff, 0xff, 0, 0]);
    assert_eq!(damaged(&beyond), [Damage::NoSuchText("65535".into())]);
}
