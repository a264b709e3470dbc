//! Between workbooks and months.

use super::{Planting, Plot, Return};
use crate::editor::{Book, Content};
use crate::key::Key;

pub const KINDS: &[Planting] = &[
    ("a spend to date does not roll forward", spend_to_date),
    ("a month is restated in a later return", restated),
    ("a budget is changed without a virement", budget),
    ("a budget is moved between projects without a virement", budget_moved),
    ("a virement goes to the line that it comes from", virement_to_itself),
    ("a payment is left out", payment_left_out),
    ("a decimal point slipped in a payment", decimal_point),
    ("two digits of a payment changed places", digits_swapped),
    ("a project has spent more than its budget", overspend),
    ("the title is last month's", last_months_title),
    ("the month is last month's", last_months_month),
    ("a payment of last month is left in", last_months_payment),
    ("the payments are last month's, with new dates", last_months_payments),
    ("the measures are last month's", last_months_measures),
    ("a resubmission is the same", same_resubmission),
    ("a resubmission differs", different_resubmission),
    ("a return is given twice", return_twice),
    ("a return is missing", return_missing),
    ("a month of recorded crime is missing", crime_month_missing),
];

/// Any return but the first, and the one before it.
fn later(plot: &mut Plot<'_>, holds: impl Fn(&Return, &Return) -> bool) -> Option<(Return, Return)> {
    let returns = plot.returns();
    let pairs: Vec<&[Return]> = returns.windows(2).filter(|pair| holds(&pair[0], &pair[1])).collect();
    let pair = plot.chance.of(&pairs)?;
    Some((pair[0].clone(), pair[1].clone()))
}

/// The row stays off from here on: each later return adds to what the one before says.
fn spend_to_date(plot: &mut Plot<'_>) -> Option<Key> {
    let (_, first) = later(plot, |_, _| true)?;
    let row = *plot.chance.of(&first.projects(|one, row| one.summary("E", row) > 300.0))?;
    for mut one in plot.returns().into_iter().filter(|one| one.path >= first.path) {
        let cell = format!("E{row}");
        let number = one.summary("E", row);
        one.book.edit("Summary").set_number(&cell, (number * 100.0 - 12_500.0).round() / 100.0);
        plot.put_calculated(one.book);
    }
    Some(Key::error(&first.path, format!("Summary!E{row}")))
}

/// Only one return is off, and the next does not follow from it: the month's payments are as they were.
fn restated(plot: &mut Plot<'_>) -> Option<Key> {
    let (_, mut one) = later(plot, |_, _| true)?;
    let row = *plot.chance.of(&one.projects(|one, row| one.summary("F", row) > 300.0))?;
    let number = one.summary("E", row);
    one.book.edit("Summary").set_number(&format!("E{row}"), (number * 100.0 + 12_500.0).round() / 100.0);
    let key = Key::error(&one.path, format!("Summary!E{row}"));
    plot.put_calculated(one.book);
    Some(key)
}

fn budget(plot: &mut Plot<'_>) -> Option<Key> {
    let mut one = plot.return_with(1)?;
    let row = plot.chance.within(4, one.summary_total() - 1);
    let number = one.summary("C", row) + 500.0;
    one.book.edit("Summary").set_number(&format!("C{row}"), number);
    let key = Key::error(&one.path, format!("Summary!C{row}"));
    plot.put_calculated(one.book);
    Some(key)
}

fn budget_moved(plot: &mut Plot<'_>) -> Option<Key> {
    let mut one = plot.return_with(1)?;
    let rows = one.projects(|one, row| one.summary("F", row) > 500.0);
    let from = *plot.chance.of(&rows)?;
    let to = if from == 4 { 5 } else { from - 1 };
    let sheet = one.book.edit("Summary");
    for (row, by) in [(from, -500.0), (to, 500.0)] {
        let number = sheet.number(&format!("C{row}")) + by;
        sheet.set_number(&format!("C{row}"), number);
    }
    let key = Key::error(&one.path, format!("Summary!C{from}")).also(format!("Summary!C{to}"));
    plot.put_calculated(one.book);
    Some(key)
}

/// Puts a sheet of virements into the funding workbook, with one of £250.00 in October.
pub fn with_virement(funding: &mut Book, from: &str, to: &str) {
    let date = funding.as_date(0);
    let sheet = funding.add_sheet("Virements");
    sheet.set_text("A1", "Virements 2022-23");
    for (column, heading) in ["A", "B", "C", "D", "E"].iter().zip(["Date", "From", "To", "Amount", "Authority"]) {
        sheet.set_text(&format!("{column}3"), heading);
    }
    // 12 October 2022.
    sheet.set_number("A4", 44_846.0);
    sheet.set_style("A4", date);
    sheet.set_text("B4", from);
    sheet.set_text("C4", to);
    sheet.set_number("D4", 250.0);
    sheet.set_text("E4", "Chief finance officer");
}

fn virement_to_itself(plot: &mut Plot<'_>) -> Option<Key> {
    let mut book = plot.only("funding");
    let line = book.sheet("PCC funding").text("A7").to_owned();
    with_virement(&mut book, &line, &line);
    let key = Key::error(&book.path, "Virements!C4").also("Virements!B4");
    plot.put(&book);
    Some(key)
}

/// The row is gone from the payments, and their total follows.
fn payment_left_out(plot: &mut Plot<'_>) -> Option<Key> {
    let mut one = plot.return_with(4)?;
    let row = plot.chance.within(5, one.last_row() - 1);
    let project = one.project_of(row);
    one.book.edit("Spend").delete_row(row);
    let key = Key::error(&one.path, format!("Summary!D{project}"));
    plot.put_calculated(one.book);
    Some(key)
}

/// Changes the amount of a payment, and not the summary.
fn into_amount(plot: &mut Plot<'_>, holds: impl Fn(f64) -> bool, typed: impl Fn(f64) -> f64) -> Option<Key> {
    let of = |one: &Return| one.payments_where(|one, row| holds(one.spend("F", row)));
    let mut one = plot.return_where(|one| !of(one).is_empty())?;
    let row = *plot.chance.of(&of(&one))?;
    let project = one.project_of(row);
    let number = typed(one.spend("F", row));
    one.book.edit("Spend").set(&format!("F{row}"), Content::Number(number));
    let key = Key::error(&one.path, format!("Spend!F{row}")).or(format!("Summary!D{project}"));
    plot.put_calculated(one.book);
    Some(key)
}

fn decimal_point(plot: &mut Plot<'_>) -> Option<Key> {
    into_amount(plot, |amount| amount < 9_000.0, |amount| (amount * 1_000.0).round() / 100.0)
}

/// The pounds' last two digits change places.
fn digits_swapped(plot: &mut Plot<'_>) -> Option<Key> {
    let swapped = |amount: f64| {
        let pence = (amount * 100.0).round() as i64;
        let (tens, ones) = (pence / 1_000 % 10, pence / 100 % 10);
        (pence + (ones - tens) * 900) as f64 / 100.0
    };
    into_amount(plot, |amount| swapped(amount) != amount, swapped)
}

/// A last payment of the year is larger than what was left, and all figures follow.
fn overspend(plot: &mut Plot<'_>) -> Option<Key> {
    let mut one = plot.returns().pop().unwrap();
    let row = plot.chance.within(4, one.last_row());
    let project = one.project_of(row);
    let more = one.summary("F", project) + 75.0;
    let sheet = one.book.edit("Spend");
    let amount = sheet.number(&format!("F{row}")) + more;
    sheet.set_number(&format!("F{row}"), amount);
    let sheet = one.book.edit("Summary");
    for column in ["D", "E"] {
        let cell = format!("{column}{project}");
        let number = ((sheet.number(&cell) + more) * 100.0).round() / 100.0;
        sheet.set_number(&cell, number);
    }
    let key = Key::error(&one.path, format!("Summary!E{project}"));
    plot.put_calculated(one.book);
    Some(key)
}

fn last_months_title(plot: &mut Plot<'_>) -> Option<Key> {
    let (before, mut one) = later(plot, |_, _| true)?;
    let (sheet, title) = *plot.chance.of(&[("Spend", "A1"), ("Summary", "A1"), ("Measures", "A1")])?;
    let text = before.book.sheet(sheet).text(title).to_owned();
    one.book.edit(sheet).set_text(title, &text);
    plot.put(&one.book);
    Some(Key::warning(&one.path, format!("{sheet}!{title}")))
}

fn last_months_month(plot: &mut Plot<'_>) -> Option<Key> {
    let (before, mut one) = later(plot, |_, _| true)?;
    let month = before.book.sheet("Return").number("B4");
    one.book.edit("Return").set_number("B4", month);
    plot.put(&one.book);
    Some(Key::error(&one.path, "Return!B4"))
}

/// A payment of the month before stands among those of the month as it stood there, and the total counts it.
fn last_months_payment(plot: &mut Plot<'_>) -> Option<Key> {
    let (before, mut one) = later(plot, |before, one| before.has_dates() && one.has_dates() && one.payments() >= 3)?;
    let old = plot.chance.within(4, before.last_row());
    let row = one.last_row();
    let contents: Vec<Content> = ["A", "B", "C", "D", "E", "F"]
        .iter()
        .map(|it| before.book.sheet("Spend").get(&format!("{it}{old}")).clone())
        .collect();
    let project = before.project_of(old);
    let sheet = one.book.edit("Spend");
    // Between two payments, so that the range of the sum follows.
    sheet.insert_row(row);
    sheet.copy_row(row + 1, row);
    for (column, content) in ["A", "B", "C", "D", "E", "F"].iter().zip(contents) {
        sheet.set(&format!("{column}{row}"), content);
    }
    let key = Key::error(&one.path, format!("Spend!A{row}:F{row}"))
        .or(format!("Summary!D{project}"))
        .or(format!("{}|Spend!A{old}:F{old}", before.path));
    plot.put_calculated(one.book);
    Some(key)
}

/// Projects, payees and amounts were left in; dates and references are this month's.
fn last_months_payments(plot: &mut Plot<'_>) -> Option<Key> {
    let (before, mut one) = later(plot, |before, one| before.payments() == one.payments() && one.payments() >= 3)?;
    for row in 4..one.total_row() {
        for column in ["C", "D", "E", "F"] {
            let cell = format!("{column}{row}");
            let content = before.book.sheet("Spend").get(&cell).clone();
            one.book.edit("Spend").set(&cell, content);
        }
    }
    let key = Key::warning(&one.path, format!("Spend!F4:F{}", one.last_row())).also("Spend");
    plot.put_calculated(one.book);
    Some(key)
}

fn last_months_measures(plot: &mut Plot<'_>) -> Option<Key> {
    let (before, mut one) = later(plot, |_, _| true)?;
    let last = (4..).find(|row| before.book.sheet("Measures").text(&format!("A{row}")).is_empty()).unwrap() - 1;
    for row in 4..=last {
        let content = before.book.sheet("Measures").get(&format!("D{row}")).clone();
        one.book.edit("Measures").set(&format!("D{row}"), content);
    }
    plot.put(&one.book);
    Some(Key::warning(&one.path, format!("Measures!D4:D{last}")).also("Measures"))
}

/// The path of a second return for the same month.
fn again(path: &str) -> String {
    path.replace(" return.xlsx", " return again.xlsx")
}

fn same_resubmission(plot: &mut Plot<'_>) -> Option<Key> {
    let mut one = plot.clean_return()?;
    one.book.edit("Return").set_text("B7", "Resubmission");
    one.book.path = again(&one.path);
    plot.put(&one.book);
    Some(Key::info(&one.book.path, "").also(format!("{}|", one.path)))
}

/// The same payment to another payee: no figure moves.
fn different_resubmission(plot: &mut Plot<'_>) -> Option<Key> {
    let mut one = plot.clean_return()?;
    let row = plot.chance.within(4, one.last_row());
    one.book.edit("Return").set_text("B7", "Resubmission");
    one.book.edit("Spend").set_text(&format!("E{row}"), "Corrected description");
    one.book.path = again(&one.path);
    plot.put(&one.book);
    Some(Key::info(&one.book.path, format!("Spend!E{row}")).also("").also(format!("{}|", one.path)))
}

fn return_twice(plot: &mut Plot<'_>) -> Option<Key> {
    let mut one = plot.clean_return()?;
    let path = one.path.clone();
    one.book.path = again(&path);
    plot.put(&one.book);
    Some(Key::error(&one.book.path, "").also(format!("{path}|")))
}

fn return_missing(plot: &mut Plot<'_>) -> Option<Key> {
    // Not the last: the year would be read as one that is not over.
    let mut returns = plot.returns();
    returns.pop();
    let one = plot.chance.of(&returns)?.clone();
    plot.changes.0.insert(one.path, None);
    Some(Key::inbox())
}

fn crime_month_missing(plot: &mut Plot<'_>) -> Option<Key> {
    let mut book = plot.only("Recorded crime");
    let row = plot.chance.within(5, 14);
    book.edit("Recorded crime").delete_row(row);
    let key = Key::error(&book.path, "").also("Recorded crime");
    plot.put_calculated(book);
    Some(key)
}
