//! Values that look right and are not.

use super::{Planting, Plot, Return, pence};
use crate::editor::Content;
use crate::key::Key;
use crate::support::package::edit_parts;

pub const KINDS: &[Planting] = &[
    ("an amount is stored as text", amount_as_text),
    ("an amount on Summary is stored as text", summary_amount_as_text),
    ("an amount has the letter O for 0", letter_for_digit),
    ("an amount has the letter l for 1", letter_l_for_digit),
    ("an amount is typed in full-width digits", full_width_digits),
    ("an amount stands in brackets, as text", brackets),
    ("an amount has its minus behind it, as text", trailing_minus),
    ("a payment is negative", negative_payment),
    ("a payment is negative, and all figures follow", negative_payment_followed),
    ("an amount has decimals that are not shown", hidden_decimals),
    ("a project has a Cyrillic letter", cyrillic_letter),
    ("a project has a Greek letter", greek_letter),
    ("a project differs in letter case", letter_case),
    ("a project says and for &", and_for_ampersand),
    ("a project differs in its spaces", doubled_space),
    ("a project differs in a hyphen", hyphen),
    ("a project is misspelt", misspelt_project),
    ("day and month of a date are swapped", day_and_month),
    ("a date has a year of two digits", two_digit_year),
    ("a date is impossible", impossible_date),
    ("a date is missing", missing_date),
    ("a date has a time", date_with_time),
    ("a date came from a calendar that counts from 1904", date_of_1904),
    ("a date is of the year before", year_before),
    ("a return was prepared before its last payment", prepared_early),
    ("a reference is given twice", reference_twice),
    ("a payment is repeated under another reference", repeated_payment),
    ("a percentage is typed as a whole number", whole_percentage),
    ("a count has a decimal", fractional_count),
    ("a count is negative", negative_count),
    ("a count is stored as text", count_as_text),
    ("a status is misspelt", misspelt_status),
    ("a description holds an email address", email),
    ("a meeting is dated in another year", meeting_of_another_year),
];

/// Types something into a cell of any return's payments, and calculates.
fn into_payment(plot: &mut Plot<'_>, column: &str, typed: impl Fn(&Return, u32) -> Content) -> Option<(Return, u32)> {
    let mut one = plot.return_where(|one| one.payments() >= 3 && one.has_dates())?;
    let row = plot.chance.within(4, one.last_row());
    let content = typed(&one, row);
    one.book.edit("Spend").set(&format!("{column}{row}"), content);
    plot.put_calculated(one.book.clone());
    Some((one, row))
}

fn amount_text(one: &Return, row: u32) -> String {
    format!("{:.2}", one.spend("F", row))
}

fn amount_as_text(plot: &mut Plot<'_>) -> Option<Key> {
    let (one, row) = into_payment(plot, "F", |one, row| Content::Text(amount_text(one, row)))?;
    Some(Key::warning(&one.path, format!("Spend!F{row}")).or(format!("Spend!F{}", one.total_row())))
}

fn summary_amount_as_text(plot: &mut Plot<'_>) -> Option<Key> {
    let mut one = plot.return_with(2)?;
    let row = *plot.chance.of(&one.projects(|one, row| one.summary("E", row) > 0.0))?;
    let text = format!("{:.2}", one.summary("E", row));
    one.book.edit("Summary").set_text(&format!("E{row}"), &text);
    let key = Key::warning(&one.path, format!("Summary!E{row}")).or(format!("Summary!E{}", one.summary_total()));
    plot.put_calculated(one.book);
    Some(key)
}

fn letter_for_digit(plot: &mut Plot<'_>) -> Option<Key> {
    let typed = |one: &Return, row: u32| {
        let text = amount_text(one, row);
        // An amount without a 0 gets one, behind its pence.
        Content::Text(if text.contains('0') { text.replacen('0', "O", 1) } else { format!("{text}O") })
    };
    let (one, row) = into_payment(plot, "F", typed)?;
    Some(Key::error(&one.path, format!("Spend!F{row}")))
}

fn letter_l_for_digit(plot: &mut Plot<'_>) -> Option<Key> {
    let with_one = |one: &Return, row: u32| one.spend("F", row) > 0.0 && amount_text(one, row).contains('1');
    let mut one = plot.return_where(|one| !one.payments_where(with_one).is_empty())?;
    let row = *plot.chance.of(&one.payments_where(with_one))?;
    let text = amount_text(&one, row).replacen('1', "l", 1);
    one.book.edit("Spend").set_text(&format!("F{row}"), &text);
    let key = Key::error(&one.path, format!("Spend!F{row}"));
    plot.put_calculated(one.book);
    Some(key)
}

fn full_width_digits(plot: &mut Plot<'_>) -> Option<Key> {
    let wide = |digit: char| match digit.to_digit(10) {
        Some(digit) => char::from_u32(0xff10 + digit).unwrap(),
        None => digit,
    };
    let typed = |one: &Return, row: u32| Content::Text(amount_text(one, row).chars().map(wide).collect());
    let (one, row) = into_payment(plot, "F", typed)?;
    Some(Key::warning(&one.path, format!("Spend!F{row}")))
}

fn brackets(plot: &mut Plot<'_>) -> Option<Key> {
    let (one, row) = into_payment(plot, "F", |one, row| Content::Text(format!("({})", amount_text(one, row))))?;
    Some(Key::warning(&one.path, format!("Spend!F{row}")))
}

fn trailing_minus(plot: &mut Plot<'_>) -> Option<Key> {
    let (one, row) = into_payment(plot, "F", |one, row| Content::Text(format!("{}-", amount_text(one, row))))?;
    Some(Key::warning(&one.path, format!("Spend!F{row}")))
}

/// The summary still has the payment as it was.
fn negative_payment(plot: &mut Plot<'_>) -> Option<Key> {
    let (one, row) = into_payment(plot, "F", |one, row| Content::Number(-one.spend("F", row)))?;
    let project = one.project_of(row);
    Some(Key::warning(&one.path, format!("Spend!F{row}")).or(format!("Summary!D{project}")))
}

/// In the last month, so that no later one disagrees.
fn negative_payment_followed(plot: &mut Plot<'_>) -> Option<Key> {
    let mut one = plot.returns().pop()?;
    let row = plot.chance.within(4, one.last_row());
    let project = one.project_of(row);
    let amount = one.spend("F", row);
    one.book.edit("Spend").set_number(&format!("F{row}"), -amount);
    for column in ["D", "E"] {
        let number = ((one.summary(column, project) - 2.0 * amount) * 100.0).round() / 100.0;
        one.book.edit("Summary").set_number(&format!("{column}{project}"), number);
    }
    let key = Key::warning(&one.path, format!("Spend!F{row}"));
    plot.put_calculated(one.book);
    Some(key)
}

fn hidden_decimals(plot: &mut Plot<'_>) -> Option<Key> {
    let (one, row) = into_payment(plot, "F", |one, row| Content::Number(one.spend("F", row) + 0.004))?;
    Some(Key::warning(&one.path, format!("Spend!F{row}")))
}

/// Types another name of the project into a payment for one whose name allows that.
fn into_project(plot: &mut Plot<'_>, holds: impl Fn(&str) -> bool, typed: impl Fn(&str) -> String) -> Option<Key> {
    let of = |one: &Return| one.payments_where(|one, row| holds(one.spend_text("C", row)));
    let mut one = plot.return_where(|one| !of(one).is_empty())?;
    let row = *plot.chance.of(&of(&one))?;
    let project = typed(one.spend_text("C", row));
    one.book.edit("Spend").set_text(&format!("C{row}"), &project);
    let key = Key::warning(&one.path, format!("Spend!C{row}"));
    plot.put_calculated(one.book);
    Some(key)
}

fn cyrillic_letter(plot: &mut Plot<'_>) -> Option<Key> {
    into_project(plot, |name| name.contains('e'), |name| name.replacen('e', "\u{435}", 1))
}

fn greek_letter(plot: &mut Plot<'_>) -> Option<Key> {
    into_project(plot, |name| name.contains('o'), |name| name.replacen('o', "\u{3bf}", 1))
}

fn letter_case(plot: &mut Plot<'_>) -> Option<Key> {
    into_project(plot, |name| name.trim() == name, str::to_uppercase)
}

fn and_for_ampersand(plot: &mut Plot<'_>) -> Option<Key> {
    into_project(plot, |name| name.contains(" & "), |name| name.replace(" & ", " and "))
}

fn doubled_space(plot: &mut Plot<'_>) -> Option<Key> {
    into_project(plot, |name| name.trim() == name && name.contains(' '), |name| name.replacen(' ', "", 1))
}

fn hyphen(plot: &mut Plot<'_>) -> Option<Key> {
    into_project(plot, |name| name.trim() == name && name.contains(' '), |name| name.replacen(' ', "-", 1))
}

fn misspelt_project(plot: &mut Plot<'_>) -> Option<Key> {
    into_project(plot, |name| name.trim() == name && name.len() > 8, |name| format!("{}{}", &name[..4], &name[5..]))
}

/// The serial number of a day.
fn serial(year: i32, month: u32, day: u32) -> f64 {
    let epoch = chrono::NaiveDate::from_ymd_opt(1899, 12, 30).unwrap();
    let date = chrono::NaiveDate::from_ymd_opt(year, month, day).unwrap();
    date.signed_duration_since(epoch).num_days() as f64
}

/// Year, month and day of a serial number.
fn day_of(serial: f64) -> (i32, u32, u32) {
    use chrono::Datelike;
    let epoch = chrono::NaiveDate::from_ymd_opt(1899, 12, 30).unwrap();
    let date = epoch + chrono::Days::new(serial as u64);
    (date.year(), date.month(), date.day())
}

fn day_and_month(plot: &mut Plot<'_>) -> Option<Key> {
    let swaps = |one: &Return, row: u32| {
        let (_, month, day) = day_of(one.spend("A", row));
        day <= 12 && day != month
    };
    let mut one = plot.return_where(|one| one.has_dates() && !one.payments_where(swaps).is_empty())?;
    let row = *plot.chance.of(&one.payments_where(swaps))?;
    let (year, month, day) = day_of(one.spend("A", row));
    one.book.edit("Spend").set_number(&format!("A{row}"), serial(year, day, month));
    let key = Key::error(&one.path, format!("Spend!A{row}"));
    plot.put_calculated(one.book);
    Some(key)
}

fn two_digit_year(plot: &mut Plot<'_>) -> Option<Key> {
    let typed = |one: &Return, row: u32| {
        let (year, month, day) = day_of(one.spend("A", row));
        Content::Text(format!("{day:02}/{month:02}/{:02}", year % 100))
    };
    let (one, row) = into_payment(plot, "A", typed)?;
    Some(Key::warning(&one.path, format!("Spend!A{row}")))
}

fn impossible_date(plot: &mut Plot<'_>) -> Option<Key> {
    let typed = |one: &Return, row: u32| {
        let (year, month, _) = day_of(one.spend("A", row));
        Content::Text(format!("32/{month:02}/{year}"))
    };
    let (one, row) = into_payment(plot, "A", typed)?;
    Some(Key::error(&one.path, format!("Spend!A{row}")))
}

fn missing_date(plot: &mut Plot<'_>) -> Option<Key> {
    let (one, row) = into_payment(plot, "A", |_, _| Content::Empty)?;
    Some(Key::error(&one.path, format!("Spend!A{row}")))
}

fn date_with_time(plot: &mut Plot<'_>) -> Option<Key> {
    let (one, row) = into_payment(plot, "A", |one, row| Content::Number(one.spend("A", row) + 0.609_375))?;
    Some(Key::warning(&one.path, format!("Spend!A{row}")))
}

/// Its number is 1,462 days less than the same day's in the calendar of this workbook.
fn date_of_1904(plot: &mut Plot<'_>) -> Option<Key> {
    let (one, row) = into_payment(plot, "A", |one, row| Content::Number(one.spend("A", row) - 1_462.0))?;
    Some(Key::error(&one.path, format!("Spend!A{row}")))
}

fn year_before(plot: &mut Plot<'_>) -> Option<Key> {
    let typed = |one: &Return, row: u32| {
        let (year, month, day) = day_of(one.spend("A", row));
        Content::Number(serial(year - 1, month, day))
    };
    let (one, row) = into_payment(plot, "A", typed)?;
    Some(Key::error(&one.path, format!("Spend!A{row}")))
}

fn prepared_early(plot: &mut Plot<'_>) -> Option<Key> {
    let mut one = plot.return_where(|one| one.payments() >= 2 && one.has_dates())?;
    let last = one.spend("A", one.last_row());
    one.book.edit("Return").set_number("B6", last - 1.0);
    let key = Key::warning(&one.path, "Return!B6").or(format!("Spend!A4:A{}", one.last_row()));
    plot.put_calculated(one.book);
    Some(key)
}

fn reference_twice(plot: &mut Plot<'_>) -> Option<Key> {
    let mut one = plot.return_with(3)?;
    let row = plot.chance.within(5, one.last_row());
    let reference = one.spend_text("B", row - 1).to_owned();
    one.book.edit("Spend").set_text(&format!("B{row}"), &reference);
    let key = Key::error(&one.path, format!("Spend!B{row}")).or(format!("Spend!B{}", row - 1));
    plot.put_calculated(one.book);
    Some(key)
}

/// Two payments to one payee for one project become the same payment of half their sum on one day: nothing else moves.
fn repeated_payment(plot: &mut Plot<'_>) -> Option<Key> {
    let pairs = |one: &Return| -> Vec<(u32, u32)> {
        let last = one.last_row();
        let all = (4..=last).flat_map(|first| (first + 1..=last).map(move |second| (first, second)));
        let same =
            |first: u32, second: u32, column: &str| one.spend_text(column, first) == one.spend_text(column, second);
        let amounts = |first, second| pence(one.spend("F", first)) + pence(one.spend("F", second));
        all.filter(|&(first, second)| {
            same(first, second, "C") && same(first, second, "D") && amounts(first, second) % 2 == 0
        })
        .collect()
    };
    let mut one = plot.return_where(|one| one.has_dates() && !pairs(one).is_empty())?;
    let (first, second) = *plot.chance.of(&pairs(&one))?;
    let half = (pence(one.spend("F", first)) + pence(one.spend("F", second))) / 2;
    let date = one.spend("A", first);
    let sheet = one.book.edit("Spend");
    for row in [first, second] {
        sheet.set_number(&format!("F{row}"), half as f64 / 100.0);
        sheet.set_number(&format!("A{row}"), date);
    }
    let key = Key::warning(&one.path, format!("Spend!A{second}:F{second}")).also(format!("Spend!A{first}:F{first}"));
    plot.put_calculated(one.book);
    Some(key)
}

fn whole_percentage(plot: &mut Plot<'_>) -> Option<Key> {
    let mut book = plot.only("Year-end measures");
    let number = book.sheet("Year-end measures").number("D6");
    book.edit("Year-end measures").set_number("D6", number * 100.0);
    let key = Key::warning(&book.path, "Year-end measures!D6");
    plot.put(&book);
    Some(key)
}

/// Types a number into any measure of any return.
fn into_measure(plot: &mut Plot<'_>, typed: impl Fn(f64) -> Content) -> Option<Key> {
    let mut one = plot.return_with(1)?;
    // From the Street Pastors on: what is not for the public does not come into it.
    let row = plot.chance.within(13, 27);
    let number = one.book.sheet("Measures").number(&format!("D{row}"));
    one.book.edit("Measures").set(&format!("D{row}"), typed(number));
    let key = Key::warning(&one.path, format!("Measures!D{row}"));
    plot.put(&one.book);
    Some(key)
}

fn fractional_count(plot: &mut Plot<'_>) -> Option<Key> {
    into_measure(plot, |number| Content::Number(number + 0.5))
}

fn negative_count(plot: &mut Plot<'_>) -> Option<Key> {
    into_measure(plot, |number| Content::Number(-number - 1.0))
}

fn count_as_text(plot: &mut Plot<'_>) -> Option<Key> {
    into_measure(plot, |number| Content::Text(number.to_string()))
}

fn misspelt_status(plot: &mut Plot<'_>) -> Option<Key> {
    let mut one = plot.return_with(1)?;
    one.book.edit("Return").set_text("B7", "Finla");
    let key = Key::error(&one.path, "Return!B7");
    plot.put(&one.book);
    Some(key)
}

fn email(plot: &mut Plot<'_>) -> Option<Key> {
    let typed =
        |one: &Return, row: u32| Content::Text(format!("{}, ask j.smith@example.org", one.spend_text("E", row)));
    let (one, row) = into_payment(plot, "E", typed)?;
    Some(Key::error(&one.path, format!("Spend!E{row}")))
}

/// The meetings are kept in LibreOffice's own format.
fn meeting_of_another_year(plot: &mut Plot<'_>) -> Option<Key> {
    let path = plot.year.paths("Meetings").first()?.to_string();
    let date = regex::Regex::new(r#"office:date-value="(\d{4})-(\d\d)-(\d\d)"#).unwrap();
    let chosen = plot.chance.below(10);
    let mut number = 0;
    let bytes = edit_parts(&plot.year.bytes(&path), |part, text| {
        let another = |found: &regex::Captures<'_>| {
            let year: u32 = found[1].parse().unwrap();
            let is_chosen = number == chosen;
            number += 1;
            format!(r#"office:date-value="{}-{}-{}"#, if is_chosen { year + 1 } else { year }, &found[2], &found[3])
        };
        if part == "content.xml" { date.replace_all(&text, another).into_owned() } else { text }
    });
    plot.changes.0.insert(path.clone(), Some(bytes));
    Some(Key::error(&path, format!("Meetings!A{}", chosen + 4)))
}
