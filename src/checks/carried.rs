//! What was carried over from another month: titles that still name it.

use std::collections::BTreeMap;

use super::Context;
use super::words::quoted;
use crate::model::{
    About, Check, Column, Finding, Month, Origin, Outcome, Over, Place, Position, SheetText, Table, TextHolder,
    Workbook,
};
use crate::schema::Pack;

const OTHER_MONTH_IN_TITLE: Check = Check::warning(
    "other-month-in-title",
    "A title names another month than the workbook's",
    About {
        meaning: "Above a table stands a title with a month, and it is not the month that the workbook is for.",
        why: "A workbook made from last month's often keeps more of it than the title: rows, dates and figures.",
        example: "“Payments made in April 2022” above the payments of the return for May 2022.",
        mend: "Correct the title, and make sure that no rows and figures of the other month are left in.",
    },
)
.over(Over::Months);

pub(super) static CHECKS: [&Check; 1] = [&OTHER_MONTH_IN_TITLE];

/// Judges the titles of a workbook's tables against its month. A workbook without a month has none to be held against.
pub(super) fn check(workbook: &Workbook, context: &Context<'_>, outcome: &mut Outcome) {
    let Some(month) = context.month else { return };
    let mut others: Vec<(Month, Vec<&SheetText>)> = Vec::new();
    for text in titles(workbook, context.pack) {
        let named = months_in(&text.text);
        // A title may say from when to when: naming the right month as well, it is right.
        let Some(other) = named.first().filter(|_| !named.contains(&month)) else { continue };
        match others.iter_mut().find(|(known, _)| known == other) {
            Some((_, texts)) => texts.push(text),
            None => others.push((*other, vec![text])),
        }
    }
    outcome.findings.extend(others.iter().filter_map(|(other, texts)| finding(workbook, month, *other, texts)));
}

/// The texts of cells that stand above a table on its sheet.
fn titles<'w>(workbook: &'w Workbook, pack: &Pack) -> impl Iterator<Item = &'w SheetText> {
    let mut tops: BTreeMap<&str, u32> = BTreeMap::new();
    for table in &workbook.tables {
        let Some(row) = heading_row(table, pack) else { continue };
        tops.entry(&table.sheet).and_modify(|top| *top = row.min(*top)).or_insert(row);
    }
    workbook.texts.iter().filter(move |text| {
        let is_above = |position: Position| tops.get(&*text.sheet).is_some_and(|top| position.row < *top);
        text.holder == TextHolder::Cell && text.position.is_some_and(is_above)
    })
}

/// The row of a table's first heading, in a form of its first label. Zero-based. Of headings on several rows the upper ones may
/// be months, and are no titles.
fn heading_row(table: &Table, pack: &Pack) -> Option<u32> {
    let in_heading_rows = |column: &&Column| matches!(column.origin, Origin::Heading | Origin::Crosstab);
    let lowest = table.headings().filter(in_heading_rows).map(|column| column.heading.row).max();
    let rows = pack.tables.get(&table.name).map_or(1, |schema| schema.crosscast.headings.rows.get());
    let upper = lowest.filter(|_| rows > 1).map(|lowest| (lowest + 1).saturating_sub(rows));
    table.headings().map(|column| column.heading.row).chain(upper).min()
}

/// The months that a text names with their years, in its order: `April 2022`, `Apr 22`, `2022-04`.
fn months_in(text: &str) -> Vec<Month> {
    let words: Vec<&str> = text.split(|sign: char| !sign.is_alphanumeric() && sign != '-' && sign != '/').collect();
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    let alone = words.iter().enumerate().map(|(index, word)| (index, (*word).to_owned()));
    let pairs = words.windows(2).enumerate().map(|(index, pair)| (index, format!("{} {}", pair[0], pair[1])));
    // `2022-23` is a financial year, not a month: that has no month 23, and one such as 2011-12 has no month of its own.
    let named = |text: &str| Month::from_text(text).filter(|_| !is_financial_year(text));
    let mut found: Vec<(usize, Month)> =
        alone.chain(pairs).filter_map(|(index, text)| Some((index, named(&text)?))).collect();
    found.sort_by_key(|(index, _)| *index);
    found.into_iter().map(|(_, month)| month).collect()
}

/// Whether a text such as `2011-12` names two years that follow each other.
fn is_financial_year(text: &str) -> bool {
    let Some((first, second)) = text.split_once(['-', '/']) else { return false };
    let years = first.parse::<u32>().ok().zip(second.parse::<u32>().ok());
    first.len() == 4 && second.len() == 2 && years.is_some_and(|(first, second)| (first + 1) % 100 == second)
}

fn finding(workbook: &Workbook, month: Month, other: Month, texts: &[&SheetText]) -> Option<Finding> {
    let place = |text: &SheetText| Some(Place::area(&workbook.path, &text.sheet, text.position?));
    let (first, more) = texts.split_first()?;
    let so_do = match more.len() {
        0 => String::new(),
        1 => " Another title does so too.".to_owned(),
        more => format!(" {more} other titles do so too."),
    };
    let mut finding = OTHER_MONTH_IN_TITLE.finding(
        place(first)?,
        format!(
            "{} says {}; the workbook is for {month}.{so_do} It could be made from the workbook of {other}.",
            first.position?,
            quoted(&first.text)
        ),
        format!("Correct the title, and make sure that no rows and figures of {other} are left in."),
    );
    finding.related = more.iter().filter_map(|text| place(text)).collect();
    Some(finding)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_in_titles() {
        for (text, months) in [
            ("Payments made in April 2022", vec!["2022-04"]),
            ("Position at the end of Apr 22 (draft)", vec!["2022-04"]),
            ("Return 2022-05, spend", vec!["2022-05"]),
            ("April 2022 to May 2022", vec!["2022-04", "2022-05"]),
            ("Financial year 2022-23", vec![]),
            ("Financial year 2011-12", vec![]),
            ("Payments that may 2nd be checked", vec![]),
            ("March in April", vec![]),
        ] {
            let found: Vec<String> = months_in(text).into_iter().map(Month::iso).collect();
            assert_eq!(found, months, "{text}");
        }
    }
}
