//! Totals and formulas.

use super::{Planting, Plot, pence};
use crate::editor::{Content, Outcome};
use crate::key::Key;
use crate::support::package::edit_parts;

pub const KINDS: &[Planting] = &[
    ("a sum leaves out the last row", sum_without_last),
    ("a sum leaves out the first row", sum_without_first),
    ("a sum leaves out a row between", sum_without_one),
    ("a sum of projects leaves out the last row", sum_of_projects_without_last),
    ("a sum counts a row twice", sum_with_one_twice),
    ("a sum takes in a subtotal", sum_with_subtotal),
    ("a total is typed over, and right", total_typed_over),
    ("a total is typed over, and wrong", total_typed_over_wrong),
    ("a formula of a column is typed over, and right", formula_typed_over),
    ("a formula of a column is typed over, and wrong", formula_typed_over_wrong),
    ("a shared formula of a column is typed over", shared_formula_typed_over),
    ("a formula of a column has another shape", formula_of_another_shape),
    ("a formula of a column names another row", formula_of_another_row),
    ("a total was not calculated again", stale_total),
    ("a formula of a column was not calculated again", stale_formula),
    ("a total was never calculated", total_without_result),
    ("a formula gives an error value", error_value),
    ("a formula names an empty cell", names_empty_cell),
    ("a total names a cell with text", names_text_cell),
    ("an amount comes from another workbook", link_to_workbook),
    ("a workbook is calculated only on request", manual_calculation),
    ("a total refers to itself", circular),
    ("a total has an amount added by hand", total_with_constant),
    ("a total of crimes was not calculated again", stale_crime_total),
];

fn sum_without_last(plot: &mut Plot<'_>) -> Option<Key> {
    let mut one = plot.return_with(3)?;
    let (total, last) = (one.total_row(), one.last_row());
    one.book.edit("Spend").set_formula(&format!("F{total}"), &format!("SUM(F4:F{})", last - 1));
    let key = Key::error(&one.path, format!("Spend!F{total}"));
    plot.put_calculated(one.book);
    Some(key)
}

fn sum_without_first(plot: &mut Plot<'_>) -> Option<Key> {
    let mut one = plot.return_with(3)?;
    let (total, last) = (one.total_row(), one.last_row());
    one.book.edit("Spend").set_formula(&format!("F{total}"), &format!("SUM(F5:F{last})"));
    let key = Key::error(&one.path, format!("Spend!F{total}"));
    plot.put_calculated(one.book);
    Some(key)
}

fn sum_without_one(plot: &mut Plot<'_>) -> Option<Key> {
    let mut one = plot.return_with(4)?;
    let (total, last) = (one.total_row(), one.last_row());
    let out = plot.chance.within(5, last - 1);
    let formula = format!("SUM(F4:F{},F{}:F{last})", out - 1, out + 1);
    one.book.edit("Spend").set_formula(&format!("F{total}"), &formula);
    let key = Key::error(&one.path, format!("Spend!F{total}"));
    plot.put_calculated(one.book);
    Some(key)
}

fn sum_of_projects_without_last(plot: &mut Plot<'_>) -> Option<Key> {
    // One with spend to date, so that the sum is wrong.
    let mut one = plot.return_where(|one| one.summary("E", one.summary_total() - 1) > 0.0)?;
    let total = one.summary_total();
    one.book.edit("Summary").set_formula(&format!("E{total}"), &format!("SUM(E4:E{})", total - 2));
    let key = Key::error(&one.path, format!("Summary!E{total}"));
    plot.put_calculated(one.book);
    Some(key)
}

fn sum_with_one_twice(plot: &mut Plot<'_>) -> Option<Key> {
    let mut one = plot.return_with(3)?;
    let (total, last) = (one.total_row(), one.last_row());
    let twice = plot.chance.within(4, last);
    one.book.edit("Spend").set_formula(&format!("F{total}"), &format!("SUM(F4:F{last},F{twice})"));
    let key = Key::error(&one.path, format!("Spend!F{total}"));
    plot.put_calculated(one.book);
    Some(key)
}

/// A subtotal of the first rows stands between the rows and their total, which adds it up with them.
fn sum_with_subtotal(plot: &mut Plot<'_>) -> Option<Key> {
    let mut one = plot.return_with(4)?;
    let (total, last) = (one.total_row(), one.last_row());
    let sheet = one.book.edit("Spend");
    sheet.insert_row(total);
    let style = sheet.style(&format!("F{}", total + 1));
    sheet.set_text(&format!("E{total}"), "Subtotal");
    sheet.set_formula(&format!("F{total}"), &format!("SUM(F4:F{last})"));
    sheet.set_style(&format!("F{total}"), style);
    sheet.set_formula(&format!("F{}", total + 1), &format!("SUM(F4:F{total})"));
    let key = Key::error(&one.path, format!("Spend!F{}", total + 1));
    plot.put_calculated(one.book);
    Some(key)
}

/// It is right today, so it is only said.
fn total_typed_over(plot: &mut Plot<'_>) -> Option<Key> {
    let mut one = plot.return_with(2)?;
    let total = format!("F{}", one.total_row());
    let number = one.book.sheet("Spend").number(&total);
    one.book.edit("Spend").set_number(&total, number);
    let key = Key::info(&one.path, format!("Spend!{total}"));
    plot.put_calculated(one.book);
    Some(key)
}

fn total_typed_over_wrong(plot: &mut Plot<'_>) -> Option<Key> {
    let mut one = plot.return_with(2)?;
    let total = format!("F{}", one.total_row());
    let number = (one.book.sheet("Spend").number(&total) * 100.0 + 4_217.0).round() / 100.0;
    one.book.edit("Spend").set_number(&total, number);
    let key = Key::error(&one.path, format!("Spend!{total}"));
    plot.put_calculated(one.book);
    Some(key)
}

fn formula_typed_over(plot: &mut Plot<'_>) -> Option<Key> {
    let mut one = plot.return_with(2)?;
    let row = plot.chance.within(5, one.summary_total() - 2);
    let number = one.summary("F", row);
    one.book.edit("Summary").set_number(&format!("F{row}"), number);
    let key = Key::warning(&one.path, format!("Summary!F{row}"));
    plot.put_calculated(one.book);
    Some(key)
}

fn formula_typed_over_wrong(plot: &mut Plot<'_>) -> Option<Key> {
    let mut one = plot.return_with(2)?;
    let row = plot.chance.within(5, one.summary_total() - 2);
    let number = (one.summary("F", row) * 100.0 + 12_350.0).round() / 100.0;
    one.book.edit("Summary").set_number(&format!("F{row}"), number);
    let key = Key::error(&one.path, format!("Summary!F{row}"));
    plot.put_calculated(one.book);
    Some(key)
}

/// Excel writes a formula that is filled down once, and the other cells name it by number.
fn shared_formula_typed_over(plot: &mut Plot<'_>) -> Option<Key> {
    let mut one = plot.return_with(2)?;
    let last = one.summary_total() - 1;
    let row = plot.chance.within(6, last - 1);
    let number = one.summary("F", row);
    one.book.edit("Summary").set_number(&format!("F{row}"), number);
    one.book.calculate();
    let first = format!("<f t=\"shared\" ref=\"F4:F{last}\" si=\"0\">C4-E4</f>");
    let bytes = edit_parts(&one.book.bytes(), |part, text| match part == one.book.sheet("Summary").part {
        true => (5..=last).fold(text.replace("<f>C4-E4</f>", &first), |text, row| {
            text.replace(&format!("<f>C{row}-E{row}</f>"), "<f t=\"shared\" si=\"0\"/>")
        }),
        false => text,
    });
    plot.changes.0.insert(one.path.clone(), Some(bytes));
    Some(Key::warning(&one.path, format!("Summary!F{row}")))
}

/// It takes the spend of the month off instead of the spend to date, which were the same in that row.
fn formula_of_another_shape(plot: &mut Plot<'_>) -> Option<Key> {
    let same = |one: &super::Return, row| {
        row > 4 && row < one.summary_total() - 1 && one.summary("D", row) == one.summary("E", row)
    };
    let mut one = plot.return_where(|one| !one.projects(same).is_empty())?;
    let row = *plot.chance.of(&one.projects(same))?;
    one.book.edit("Summary").set_formula(&format!("F{row}"), &format!("C{row}-D{row}"));
    let key = Key::warning(&one.path, format!("Summary!F{row}"));
    plot.put_calculated(one.book);
    Some(key)
}

fn formula_of_another_row(plot: &mut Plot<'_>) -> Option<Key> {
    let other = |one: &super::Return, row| {
        row > 4 && row < one.summary_total() - 1 && one.summary("E", row) != one.summary("E", row + 1)
    };
    let mut one = plot.return_where(|one| !one.projects(other).is_empty())?;
    let row = *plot.chance.of(&one.projects(other))?;
    one.book.edit("Summary").set_formula(&format!("F{row}"), &format!("C{row}-E{}", row + 1));
    let key = Key::error(&one.path, format!("Summary!F{row}"));
    plot.put_calculated(one.book);
    Some(key)
}

fn stale_total(plot: &mut Plot<'_>) -> Option<Key> {
    let mut one = plot.return_with(2)?;
    let total = format!("F{}", one.total_row());
    let sheet = one.book.edit("Spend");
    let (formula, number) = (sheet.formula(&total).to_owned(), sheet.number(&total));
    let stale = Outcome::Number((number * 100.0 - 25_075.0).round() / 100.0);
    sheet.set(&total, Content::Formula(formula, stale));
    let key = Key::error(&one.path, format!("Spend!{total}"));
    plot.put(&one.book);
    Some(key)
}

fn stale_formula(plot: &mut Plot<'_>) -> Option<Key> {
    let mut one = plot.return_with(2)?;
    let row = plot.chance.within(4, one.summary_total() - 1);
    let cell = format!("F{row}");
    let sheet = one.book.edit("Summary");
    let (formula, number) = (sheet.formula(&cell).to_owned(), sheet.number(&cell));
    sheet.set(&cell, Content::Formula(formula, Outcome::Number((number * 100.0 + 9_900.0).round() / 100.0)));
    let key = Key::error(&one.path, format!("Summary!{cell}"));
    plot.put(&one.book);
    Some(key)
}

fn total_without_result(plot: &mut Plot<'_>) -> Option<Key> {
    let mut one = plot.return_with(2)?;
    let total = format!("F{}", one.total_row());
    let sheet = one.book.edit("Spend");
    let formula = sheet.formula(&total).to_owned();
    sheet.set(&total, Content::Formula(formula, Outcome::None));
    let key = Key::warning(&one.path, format!("Spend!{total}"));
    plot.put(&one.book);
    Some(key)
}

fn error_value(plot: &mut Plot<'_>) -> Option<Key> {
    let mut one = plot.return_with(2)?;
    let row = plot.chance.within(5, one.summary_total() - 2);
    let sheet = one.book.edit("Summary");
    sheet.set(&format!("F{row}"), Content::Formula(format!("C{row}-#REF!"), Outcome::Error("#REF!".to_owned())));
    let key = Key::error(&one.path, format!("Summary!F{row}"));
    plot.put_calculated(one.book);
    Some(key)
}

fn names_empty_cell(plot: &mut Plot<'_>) -> Option<Key> {
    let mut one = plot.return_with(2)?;
    let row = plot.chance.within(5, one.summary_total() - 2);
    one.book.edit("Summary").set_formula(&format!("F{row}"), &format!("C{row}-E{row}-H{row}"));
    let key = Key::warning(&one.path, format!("Summary!F{row}"));
    plot.put_calculated(one.book);
    Some(key)
}

fn names_text_cell(plot: &mut Plot<'_>) -> Option<Key> {
    let mut one = plot.return_with(3)?;
    let (total, last) = (one.total_row(), one.last_row());
    one.book.edit("Spend").set_formula(&format!("F{total}"), &format!("SUM(F4:F{last},E{last})"));
    let key = Key::warning(&one.path, format!("Spend!F{total}"));
    plot.put_calculated(one.book);
    Some(key)
}

fn link_to_workbook(plot: &mut Plot<'_>) -> Option<Key> {
    let mut one = plot.return_where(|one| !one.projects(|one, row| one.summary("D", row) > 0.0).is_empty())?;
    let row = *plot.chance.of(&one.projects(|one, row| one.summary("D", row) > 0.0))?;
    one.book.link_to("Ledger%202022-23.xlsx", "Ledger");
    one.book.edit("Summary").set_formula(&format!("D{row}"), &format!("[1]Ledger!$C${}", row + 8));
    let key = Key::warning(&one.path, format!("Summary!D{row}"));
    plot.put_calculated(one.book);
    Some(key)
}

fn manual_calculation(plot: &mut Plot<'_>) -> Option<Key> {
    let mut one = plot.return_with(1)?;
    one.book.calculate_manually();
    let key = Key::warning(&one.path, "");
    plot.put(&one.book);
    Some(key)
}

/// Excel warns, shows 0 and goes on; here the result of before still stands.
fn circular(plot: &mut Plot<'_>) -> Option<Key> {
    let mut one = plot.return_with(2)?;
    let total = one.total_row();
    one.book.edit("Spend").set_formula(&format!("F{total}"), &format!("SUM(F4:F{total})"));
    let key = Key::error(&one.path, format!("Spend!F{total}"));
    plot.put(&one.book);
    Some(key)
}

fn total_with_constant(plot: &mut Plot<'_>) -> Option<Key> {
    let mut one = plot.return_with(2)?;
    let (total, last) = (one.total_row(), one.last_row());
    one.book.edit("Spend").set_formula(&format!("F{total}"), &format!("SUM(F4:F{last})+125.5"));
    let key = Key::error(&one.path, format!("Spend!F{total}"));
    plot.put_calculated(one.book);
    Some(key)
}

fn stale_crime_total(plot: &mut Plot<'_>) -> Option<Key> {
    let mut book = plot.only("Recorded crime");
    let sheet = book.edit("Recorded crime");
    // Two digits of the total changed places.
    let (formula, number) = (sheet.formula("B16").to_owned(), sheet.number("B16"));
    sheet.set("B16", Content::Formula(formula, Outcome::Number(number + 63.0)));
    assert_eq!(pence(number) % 100, 0);
    let key = Key::error(&book.path, "Recorded crime!B16");
    plot.put(&book);
    Some(key)
}
