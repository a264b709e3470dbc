//! One finding as lines of a terminal.

use crate::model::{Finding, Place, Weight, long_date};

use super::style::{Ink, WIDTH};
use super::{Style, wrapped};
use crate::export::counted::{Counted, grouped};
use crate::export::verdict::count;
use crate::export::visible::visible_text;

/// By so many spaces the lines below the first are indented.
pub const INDENT: usize = 8;
/// At most so many related places are named.
const NAMED_PLACES: usize = 6;

/// The lines of a finding: severity, code, workbook and cell; then what is wrong, what it could be, what to do.
pub fn lines(finding: &Finding, style: Style) -> Vec<String> {
    let mut lines = headline(finding, style);
    let mut paragraph = |text: String| lines.extend(wrapped(&text, INDENT, INDENT));
    paragraph(finding.message.clone());
    if !finding.suggestions.is_empty() {
        let clauses: Vec<&str> = finding.suggestions.iter().map(|suggestion| clause(&suggestion.text)).collect();
        paragraph(format!("Could be: {}.", clauses.join(", or ")));
    }
    if !finding.fix.is_empty() {
        paragraph(format!("Fix: {}", finding.fix));
    }
    if let Some(explained) = &finding.explained {
        paragraph(format!(
            "Explained: {} (recorded by {}, approved by {}, {})",
            explained.explanation,
            explained.recorded_by,
            explained.approved_by,
            long_date(explained.date)
        ));
    }
    if !finding.related.is_empty() {
        paragraph(format!("Also: {}", also(finding)));
    }
    lines
}

/// How many more findings of a check there are, and in which cells of which sheets, of which at most so many are named. There
/// is at least one sheet.
pub fn more(counted: &[Counted<'_>], named: usize, style: Style) -> Vec<String> {
    let kind = counted[0].kind;
    let total: usize = counted.iter().map(|of_sheet| of_sheet.number).sum();
    let severity = match kind.weight() {
        Weight::Standing | Weight::Explained => "error",
        Weight::Warning => "warning",
        Weight::Info => "info",
    };
    let gap = " ".repeat(INDENT - severity.len());
    let painted = style.paint(ink(kind.weight()), severity);
    let mut lines = vec![format!("{painted}{gap}{}   and {} more", visible_text(kind.code), grouped(total))];
    for of_sheet in counted.iter().take(named) {
        let workbook = of_sheet.workbook.unwrap_or("the inbox as a whole");
        let cells = of_sheet.in_workbook();
        let gap = if cells.is_empty() { "" } else { "   " };
        lines.extend(wrapped(&format!("{} in {workbook}{gap}{cells}", grouped(of_sheet.number)), INDENT, INDENT));
    }
    let others = &counted[counted.len().min(named)..];
    if !others.is_empty() {
        let number = grouped(others.iter().map(|of_sheet| of_sheet.number).sum());
        let sheets = count(others.len(), "further sheet", "further sheets");
        lines.extend(wrapped(&format!("{number} in {sheets}"), INDENT, INDENT));
    }
    lines
}

/// What findings of a weight are called, of which there are many.
pub fn word(weight: Weight) -> &'static str {
    match weight {
        Weight::Standing => "errors that stand",
        Weight::Explained => "errors, explained",
        Weight::Warning => "warnings",
        Weight::Info => "for information",
    }
}

fn ink(weight: Weight) -> Ink {
    match weight {
        Weight::Standing => Ink::Error,
        Weight::Explained => Ink::Clear,
        Weight::Warning => Ink::Warning,
        Weight::Info => Ink::Info,
    }
}

/// Severity, code, workbook and cell on one line; what does not fit goes to the next, whole.
fn headline(finding: &Finding, style: Style) -> Vec<String> {
    let severity = finding.severity.to_string();
    let mut lines =
        vec![format!("{}{}", style.paint(ink(finding.weight()), &severity), " ".repeat(INDENT - severity.len()))];
    let mut width = INDENT;
    let workbook = finding.place.workbook.as_deref().unwrap_or("the inbox as a whole");
    for (index, part) in [&finding.code, workbook, &finding.place.in_workbook()].into_iter().enumerate() {
        if part.is_empty() {
            continue;
        }
        let part = visible_text(part);
        let gap = if index == 0 { 0 } else { 3 };
        if index > 0 && width + gap + part.chars().count() > WIDTH {
            lines.push(" ".repeat(INDENT) + &part);
            width = INDENT + part.chars().count();
        } else if let Some(line) = lines.last_mut() {
            line.push_str(&" ".repeat(gap));
            line.push_str(&part);
            width += gap + part.chars().count();
        }
    }
    lines
}

/// A clause that another can follow.
fn clause(text: &str) -> &str {
    let text = text.trim();
    text.strip_suffix('.').unwrap_or(text)
}

/// The related places in one line; a workbook is named where it changes.
fn also(finding: &Finding) -> String {
    let mut workbook = finding.place.workbook.clone();
    let mut parts: Vec<String> =
        finding.related.iter().take(NAMED_PLACES).map(|place| named(place, &mut workbook)).collect();
    let more = finding.related.len().saturating_sub(NAMED_PLACES);
    if more > 0 {
        parts.push(format!("and {more} more"));
    }
    parts.join(", ")
}

/// A place, after its workbook when that is another than the last one named.
fn named(place: &Place, last: &mut Option<std::sync::Arc<str>>) -> String {
    let inside = place.in_workbook();
    let Some(workbook) = &place.workbook else { return "the inbox".to_owned() };
    if inside.is_empty() {
        *last = Some(workbook.clone());
        return workbook.to_string();
    }
    if last.as_ref() == Some(workbook) {
        return inside;
    }
    *last = Some(workbook.clone());
    format!("{workbook} {inside}")
}
