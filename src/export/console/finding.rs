//! One finding as lines of a terminal.

use crate::model::{Finding, Place, Weight, long_date};

use super::style::{Ink, WIDTH};
use super::{Style, wrapped};
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

/// Severity, code, workbook and cell on one line; what does not fit goes to the next, whole.
fn headline(finding: &Finding, style: Style) -> Vec<String> {
    let ink = match finding.weight() {
        Weight::Standing => Ink::Error,
        Weight::Explained => Ink::Clear,
        Weight::Warning => Ink::Warning,
        Weight::Info => Ink::Info,
    };
    let severity = finding.severity.to_string();
    let mut lines = vec![format!("{}{}", style.paint(ink, &severity), " ".repeat(INDENT - severity.len()))];
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
