//! Names: of the file, so that it is known when it is filled in, and of sheets that the pack knows by a pattern.

use super::example::example;
use super::plan::Span;
use crate::model::{Month, capitalised};
use crate::schema::{Pack, SheetChoice, SheetPattern, TableSchema, WorkbookKind};

/// The longest name of a sheet that Excel takes, in characters.
const LONGEST_SHEET: usize = 31;

/// The name by which a filled-in workbook of a kind is known in the inbox, without its ending.
pub(super) fn file_stem(pack: &Pack, kind: &WorkbookKind, span: &Span<'_>) -> Option<String> {
    candidates(kind, span, span.month).into_iter().find(|name| is_known(pack, kind, span, name))
}

/// An example of such a name where the month is not given: that of the year's first month.
pub(super) fn example_stem(pack: &Pack, kind: &WorkbookKind, span: &Span<'_>) -> Option<String> {
    let tells_month = kind.files.groups().any(|group| group == MONTH);
    let first = Span { month: span.month.or(Some(Month::of(span.year.start)).filter(|_| tells_month)), ..*span };
    file_stem(pack, kind, &first)
}

/// Whether a workbook of that name is taken for one of the kind, and of the month that is asked for.
pub(super) fn is_known(pack: &Pack, kind: &WorkbookKind, span: &Span<'_>, stem: &str) -> bool {
    let is_of_kind = pack.workbook_kind(stem).is_some_and(|found| found.name == kind.name);
    let tells_month = kind.files.groups().any(|group| group == MONTH);
    let is_of_month = || kind.files.capture(stem, MONTH).map(str::to_owned) == span.month.map(Month::iso);
    is_of_kind && (!tells_month || is_of_month())
}

/// The group of a kind's pattern that catches the month.
pub(super) const MONTH: &str = "month";

fn candidates(kind: &WorkbookKind, span: &Span<'_>, month: Option<Month>) -> Vec<String> {
    let given = |group: &str| month.filter(|_| group == MONTH).map(Month::iso);
    let plain = kind.name.replace(['-', '_'], " ");
    let title = kind.called();
    let short = title.strip_suffix(" workbook").unwrap_or(title);
    let from_pattern = example(&kind.files, 1, &given);
    let year = span.year.name.replace(['/', '\\'], "-");
    let mut names = Vec::new();
    for called in [plain.as_str(), short, title] {
        if let Some(month) = month {
            names.push(format!("{} {} {called}", month.iso(), month.name()));
            names.push(format!("{} {called}", month.iso()));
            names.push(format!("{} {}", capitalised(called), month.iso()));
        }
        names.push(format!("{} {year}", capitalised(called)));
    }
    if let Some(made) = from_pattern {
        names.push(format!("{} {year}", capitalised(&made)));
        names.push(capitalised(&made));
        names.push(made);
    }
    names.retain(|name| !name.contains(['\\', '/', ':', '*', '?', '"', '<', '>', '|']));
    names
}

/// A sheet of the workbook: its name, and the fields whose values that gives, each by its place among the schema's.
pub(super) struct NamedSheet {
    pub name: String,
    pub gives: Vec<usize>,
}

/// The sheets on which a table is to stand.
///
/// # Errors
/// Why their names are not known, as it follows “because”.
pub(super) fn sheets(choice: &SheetChoice, schema: &TableSchema, span: &Span<'_>) -> Result<Vec<NamedSheet>, String> {
    match choice {
        SheetChoice::Named(name) => Ok(vec![NamedSheet { name: name.trim().to_owned(), gives: Vec::new() }]),
        SheetChoice::Matching(sheets) => matching(sheets, schema, span),
    }
}

fn matching(sheets: &SheetPattern, schema: &TableSchema, span: &Span<'_>) -> Result<Vec<NamedSheet>, String> {
    let pattern = &sheets.pattern;
    let groups: Vec<&str> = pattern.groups().collect();
    let gives: Vec<usize> = groups.iter().filter_map(|group| schema.field_index(group)).collect();
    let unknown = || format!("the pack does not tell the names of its sheets, only their pattern {}", pattern.text());
    let names: Vec<String> = match (groups.as_slice(), gives.as_slice()) {
        ([], _) => example(pattern, 1, &|_| None).into_iter().collect(),
        ([group], [index]) => {
            let field = &schema.fields[*index];
            let texts: Vec<Vec<String>> = match field.kind() {
                crate::schema::FieldKind::Month => span.months().into_iter().map(months_words).collect(),
                _ => field.constraints.allowed.iter().map(|text| vec![text.clone()]).collect(),
            };
            let named = |words: &Vec<String>| {
                words.iter().find_map(|word| {
                    let made = example(pattern, 1, &|name| (name == *group).then(|| word.clone()));
                    made.filter(|name| pattern.capture(name, group) == Some(word.as_str()))
                })
            };
            texts.iter().map(named).collect::<Option<_>>().unwrap_or_default()
        }
        _ => Vec::new(),
    };
    let fits = |name: &String| is_sheet_name(name);
    if names.is_empty() || !names.iter().all(fits) {
        return Err(unknown());
    }
    Ok(names.into_iter().map(|name| NamedSheet { name, gives: gives.clone() }).collect())
}

/// How a month may be written in the name of a sheet; the commonest first.
fn months_words(month: Month) -> Vec<String> {
    let day = month.first_day();
    let written = |format: &str| day.format(format).to_string();
    ["%b %Y", "%B %Y", "%b %y", "%Y-%m", "%b-%y", "%B", "%b"].map(written).to_vec()
}

fn is_sheet_name(name: &str) -> bool {
    let is_plain = !name.contains(['[', ']', ':', '*', '?', '/', '\\']) && !name.starts_with('\'');
    !name.is_empty() && name.chars().count() <= LONGEST_SHEET && is_plain
}

/// The first of several names for a sheet beside the tables that no sheet has and that no pattern of the kind takes for a table's.
pub(super) fn free_sheet(names: &[&str], taken: &[&str], choices: &[&SheetChoice]) -> Option<String> {
    let key = crate::model::name_key;
    let is_free = |name: &&&str| {
        let is_taken = taken.iter().any(|other| key(other) == key(name));
        let is_claimed = choices.iter().any(|choice| match choice {
            SheetChoice::Named(other) => key(other) == key(name),
            SheetChoice::Matching(sheets) => sheets.pattern.is_match(name),
        });
        !is_taken && !is_claimed
    };
    names.iter().find(is_free).map(|name| (*name).to_owned())
}
