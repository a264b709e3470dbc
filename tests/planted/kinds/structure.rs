//! How workbooks and tables are built.

use super::{Planting, Plot};
use crate::editor::Content;
use crate::key::Key;

pub const KINDS: &[Planting] = &[
    ("a heading has another name", renamed_heading),
    ("a heading stands twice", heading_twice),
    ("a column has no heading", no_heading),
    ("a sheet has another name", renamed_sheet),
    ("a payment stands below the total", below_total),
    ("a workbook is cut off", cut_off),
    ("a workbook is a web page", web_page),
    ("a workbook has a name that is not known", unknown_name),
    ("a workbook is named for another month", named_for_another_month),
    ("a measure is missing", measure_missing),
    ("a measure is given twice", measure_twice),
    ("a project is missing from the summary", project_missing),
    ("the dates of a workbook count from 1904", from_1904),
];

fn renamed_heading(plot: &mut Plot<'_>) -> Option<Key> {
    let mut one = plot.return_with(1)?;
    one.book.edit("Spend").set_text("F3", "Sum paid net");
    plot.put(&one.book);
    Some(Key::error(&one.path, "Spend").also("Spend!F3"))
}

fn heading_twice(plot: &mut Plot<'_>) -> Option<Key> {
    let mut one = plot.return_with(3)?;
    let last = one.last_row();
    let sheet = one.book.edit("Spend");
    sheet.set_text("G3", "Amount");
    (4..=last).for_each(|row| sheet.set_number(&format!("G{row}"), f64::from(row) * 10.0));
    plot.put(&one.book);
    Some(Key::warning(&one.path, "Spend!G3"))
}

fn no_heading(plot: &mut Plot<'_>) -> Option<Key> {
    let mut one = plot.return_with(3)?;
    let last = one.last_row();
    let sheet = one.book.edit("Spend");
    // November's last heading is its own.
    let column = if sheet.text("G3").is_empty() { "G" } else { "H" };
    (4..=last).for_each(|row| sheet.set_number(&format!("{column}{row}"), f64::from(row) * 10.0));
    plot.put(&one.book);
    Some(Key::warning(&one.path, format!("Spend!{column}3:{column}{last}")))
}

fn renamed_sheet(plot: &mut Plot<'_>) -> Option<Key> {
    let mut one = plot.return_with(1)?;
    one.book.rename_sheet("Measures", "Sheet4");
    plot.put(&one.book);
    Some(Key::error(&one.path, "Measures").also("").also("Sheet4"))
}

fn below_total(plot: &mut Plot<'_>) -> Option<Key> {
    let mut one = plot.return_with(2)?;
    let (total, last) = (one.total_row(), one.last_row());
    let sheet = one.book.edit("Spend");
    sheet.copy_row(last, total + 1);
    sheet.set_text(&format!("B{}", total + 1), "INV-9901");
    sheet.set_number(&format!("F{}", total + 1), 318.4);
    plot.put(&one.book);
    Some(Key::error(&one.path, format!("Spend!A{0}:F{0}", total + 1)))
}

fn cut_off(plot: &mut Plot<'_>) -> Option<Key> {
    let one = plot.return_with(1)?;
    let mut bytes = one.book.bytes();
    bytes.truncate(bytes.len() * 2 / 3);
    plot.changes.0.insert(one.path.clone(), Some(bytes));
    Some(Key::error(&one.path, ""))
}

fn web_page(plot: &mut Plot<'_>) -> Option<Key> {
    let one = plot.return_with(1)?;
    let page = b"<!DOCTYPE html><html><body><h1>Sign in</h1></body></html>".to_vec();
    plot.changes.0.insert(one.path.clone(), Some(page));
    Some(Key::error(&one.path, ""))
}

fn unknown_name(plot: &mut Plot<'_>) -> Option<Key> {
    let mut book = plot.only("Year-end measures");
    book.path = "performance/Ward statistics.xlsx".to_owned();
    plot.put(&book);
    Some(Key::warning(&book.path, ""))
}

/// It takes the place of another month's return, whose own is gone.
fn named_for_another_month(plot: &mut Plot<'_>) -> Option<Key> {
    let returns = plot.returns();
    let number = plot.chance.below(returns.len() - 1);
    let (one, next) = (&returns[number], &returns[number + 1]);
    let mut book = one.book.clone();
    book.path.clone_from(&next.path);
    plot.put(&book);
    Some(Key::error(&next.path, "Return!B4").also(""))
}

fn measure_missing(plot: &mut Plot<'_>) -> Option<Key> {
    let mut one = plot.return_with(1)?;
    let row = plot.chance.within(5, 30);
    one.book.edit("Measures").delete_row(row);
    plot.put(&one.book);
    Some(Key::error(&one.path, "").also("Measures"))
}

fn measure_twice(plot: &mut Plot<'_>) -> Option<Key> {
    let mut one = plot.return_with(1)?;
    let row = plot.chance.within(5, 30);
    let sheet = one.book.edit("Measures");
    sheet.insert_row(row);
    sheet.copy_row(row - 1, row);
    plot.put(&one.book);
    Some(Key::error(&one.path, format!("Measures!A{row}")).also(format!("Measures!A{}", row - 1)))
}

fn project_missing(plot: &mut Plot<'_>) -> Option<Key> {
    let mut one =
        plot.return_where(|one| one.projects(|one, row| one.summary("E", row) == 0.0 && row > 4).len() > 1)?;
    let row = *plot.chance.of(&one.projects(|one, row| one.summary("E", row) == 0.0 && row > 4))?;
    one.book.edit("Summary").delete_row(row);
    let key = Key::error(&one.path, "").also("Summary").also(format!("Summary!C{}", one.summary_total() - 1));
    plot.put_calculated(one.book);
    Some(key)
}

/// Every date of the workbook is four years and a day late.
fn from_1904(plot: &mut Plot<'_>) -> Option<Key> {
    let mut one = plot.return_where(|one| one.has_dates())?;
    one.book.count_from_1904();
    // What stands for the style of a date stays.
    assert!(matches!(one.book.sheet("Return").get("B4"), Content::Number(_)));
    plot.put(&one.book);
    Some(Key::error(&one.path, "").also("Return!B4").also("Return!B6").also(format!("Spend!A4:A{}", one.last_row())))
}
