//! What is in files that were looked at without a pack: everything of a few, or a line each.

use super::style::{Ink, wrapped};
use super::{Style, finding, visible_text};
use crate::model::{
    CellKind, ColumnSeen, Difference, HiddenPart, InspectedColumn, InspectedFile, InspectedSettings, InspectedSheet,
    InspectedState, InspectedTable, InspectedWorkbook, Inspection, InspectionCounts, Severity, Visibility, WhyHidden,
    capitalised, column_letters, cut_where_long, listed,
};

/// Everything that is known of each file, and what it comes to. Ends with a line break.
pub fn in_full(inspection: &Inspection, style: Style) -> String {
    let mut lines = Vec::new();
    for file in &inspection.files {
        whole_file(file, style, &mut lines);
        lines.push(String::new());
    }
    closing(inspection, style, &mut lines);
    lines.join("\n") + "\n"
}

/// A line for each file, and what it comes to. Ends with a line break.
pub fn a_line_each(inspection: &Inspection, style: Style) -> String {
    let mut lines: Vec<String> = inspection.files.iter().map(|file| line(file, style)).collect();
    lines.push(String::new());
    closing(inspection, style, &mut lines);
    lines.join("\n") + "\n"
}

/// A file in a line: what it is called, what is in it, and how many findings there are.
fn line(file: &InspectedFile, style: Style) -> String {
    let path = visible_text(&file.path);
    match &file.state {
        InspectedState::Read(workbook) => {
            let found = found_in_words(file);
            let ink = match () {
                () if file.findings_of(Severity::Error) > 0 => Ink::Error,
                () if file.findings_of(Severity::Warning) > 0 => Ink::Warning,
                () => Ink::Clear,
            };
            format!("{path}: {}; {}", in_short(workbook), style.paint(ink, &found))
        }
        InspectedState::Unreadable => {
            let why = visible_text(&why_unreadable(file)).into_owned();
            format!("{path}: {}: {why}", style.paint(Ink::Error, "could not be read"))
        }
        InspectedState::NotAWorkbook(what) => format!("{path}: not a workbook: {}", visible_text(what)),
    }
}

fn in_short(workbook: &InspectedWorkbook) -> String {
    let sum = |of: fn(&InspectedSheet) -> usize| workbook.sheets.iter().map(of).sum::<usize>();
    let format = workbook.properties.as_ref().map(|properties| properties.format.ending().to_owned());
    let parts = format.into_iter().chain([
        counted(workbook.sheets.len(), "sheet", "sheets"),
        counted(sum(|sheet| sheet.filled), "cell", "cells"),
        counted(sum(|sheet| sheet.formulas), "formula", "formulas"),
        counted(sum(|sheet| sheet.tables.len() + sheet.more_tables), "table", "tables"),
    ]);
    parts.collect::<Vec<_>>().join(", ")
}

/// Why a file could not be read, as the finding has it.
fn why_unreadable(file: &InspectedFile) -> String {
    let unreadable = file.findings.iter().find(|finding| finding.code == "unreadable-workbook");
    let message = unreadable.map(|finding| finding.message.trim_end_matches('.')).unwrap_or("nothing says why");
    let bare =
        ["This file is ", "This workbook is ", "This file "].iter().find_map(|start| message.strip_prefix(start));
    bare.unwrap_or(message).to_owned()
}

fn found_in_words(file: &InspectedFile) -> String {
    let of = |severity, one: &str, many: &str| {
        let count = file.findings_of(severity);
        (count > 0).then(|| counted(count, one, many))
    };
    let parts: Vec<String> = [
        of(Severity::Error, "error", "errors"),
        of(Severity::Warning, "warning", "warnings"),
        of(Severity::Info, "for information", "for information"),
    ]
    .into_iter()
    .flatten()
    .collect();
    if parts.is_empty() { "nothing found".to_owned() } else { parts.join(", ") }
}

fn whole_file(file: &InspectedFile, style: Style, lines: &mut Vec<String>) {
    lines.extend(wrapped(&file.path, 0, 0).iter().map(|line| style.paint(Ink::Heading, line)));
    let size = counted(usize::try_from(file.size).unwrap_or(usize::MAX), "byte", "bytes");
    match &file.state {
        InspectedState::Read(workbook) => {
            about(workbook, &size, lines);
            fingerprint(file, lines);
            for sheet in &workbook.sheets {
                lines.push(String::new());
                self::sheet(sheet, style, lines);
            }
            for name in &workbook.unread_sheets {
                lines.push(String::new());
                lines.extend(wrapped(&format!("Sheet {name}: could not be read"), 0, 2));
            }
        }
        InspectedState::Unreadable => {
            lines.extend(wrapped(&format!("Could not be read; {size}"), 2, 4));
            fingerprint(file, lines);
        }
        InspectedState::NotAWorkbook(what) => {
            lines.extend(wrapped(&format!("Not a workbook: {what}; {size}"), 2, 4));
            fingerprint(file, lines);
        }
    }
    findings(file, style, lines);
}

fn fingerprint(file: &InspectedFile, lines: &mut Vec<String>) {
    if !file.sha256.is_empty() {
        lines.push(format!("  SHA-256 {}", file.sha256));
    }
}

/// What a workbook says of itself as a whole.
fn about(workbook: &InspectedWorkbook, size: &str, lines: &mut Vec<String>) {
    let mut say = |text: String| lines.extend(wrapped(&text, 2, 4));
    if let Some(properties) = &workbook.properties {
        let by = properties.program.as_ref().map(|program| format!(", written by {program}")).unwrap_or_default();
        say(format!("Format .{}, {size}{by}", properties.format.ending()));
        let dates = [("Made", &properties.created), ("last saved", &properties.modified)];
        let dates: Vec<String> =
            dates.iter().filter_map(|(what, when)| Some(format!("{what} {}", when.as_ref()?))).collect();
        if !dates.is_empty() {
            say(dates.join(", "));
        }
        if properties.names_people {
            say("Its properties name who made it or saved it last; the names are not shown here".to_owned());
        }
    }
    match &workbook.settings {
        Some(settings) => settings_in_words(settings).into_iter().for_each(say),
        None => {
            say("This format does not tell how it is calculated, what is hidden, or what it is linked to".to_owned())
        }
    }
}

fn settings_in_words(settings: &InspectedSettings) -> Vec<String> {
    let mut said = Vec::new();
    let epoch = if settings.counts_from_1904 { "1904" } else { "1900" };
    let calculated = match (settings.calculates_manually, settings.iterates) {
        (true, _) => "is calculated only when somebody presses F9",
        (false, true) => "lets formulas refer to themselves",
        (false, false) => "is calculated as usual",
    };
    said.push(format!("Counts dates from {epoch}, {calculated}"));
    if settings.names > 0 {
        let broken = if settings.broken_names.is_empty() {
            "none of them broken".to_owned()
        } else {
            let point = if settings.broken_names.len() == 1 { "points" } else { "point" };
            format!("{} {point} to deleted cells", few(&settings.broken_names))
        };
        said.push(format!("{}; {broken}", counted(settings.names, "defined name", "defined names")));
    }
    if !settings.links.is_empty() {
        said.push(format!("Linked to {}", few(&settings.links)));
    }
    said
}

/// At most so many things of a kind are named.
const NAMED: usize = 6;

fn few(names: &[impl ToString]) -> String {
    let mut named: Vec<String> = names.iter().take(NAMED).map(ToString::to_string).collect();
    if names.len() > NAMED {
        named.push(format!("{} more", names.len() - NAMED));
    }
    listed(&named, "and")
}

fn sheet(sheet: &InspectedSheet, style: Style, lines: &mut Vec<String>) {
    let hidden = match sheet.visibility {
        Visibility::Visible => "",
        Visibility::Hidden => " (hidden)",
        Visibility::VeryHidden => " (hidden so that Unhide does not list it)",
    };
    lines.extend(
        wrapped(&format!("Sheet {}{hidden}", sheet.name), 0, 2).iter().map(|line| style.paint(Ink::Heading, line)),
    );
    let Some(used) = sheet.used else {
        lines.push("  No cell holds anything".to_owned());
        return;
    };
    let errors = match sheet.errors {
        0 => "no errors".to_owned(),
        count => format!("{} ({})", counted(count, "error", "errors"), first_errors(sheet)),
    };
    let said = [
        used.to_string(),
        counted(sheet.filled, "cell", "cells"),
        counted(sheet.formulas, "formula", "formulas"),
        errors,
    ];
    lines.extend(wrapped(&said.join(", "), 2, 4));
    let mut beside = Vec::new();
    if let Some(layout) = &sheet.layout {
        beside.extend(hidden_in_words(&layout.hidden_rows, "row", "rows"));
        beside.extend(hidden_in_words(&layout.hidden_columns, "column", "columns"));
        if layout.merged > 0 {
            beside.push(counted(layout.merged, "merged area", "merged areas"));
        }
    }
    if sheet.comments > 0 {
        beside.push(counted(sheet.comments, "comment", "comments"));
    }
    if !beside.is_empty() {
        lines.extend(wrapped(&capitalised(&beside.join(", ")), 2, 4));
    }
    for table in &sheet.tables {
        self::table(table, lines);
    }
    if sheet.more_tables > 0 {
        lines.push(format!("  And {} more of what looks like tables", sheet.more_tables));
    }
    if sheet.tables.is_empty() {
        lines.push("  Nothing on it looks like a table".to_owned());
    }
}

fn first_errors(sheet: &InspectedSheet) -> String {
    let named: Vec<String> = sheet.first_errors.iter().map(ToString::to_string).collect();
    let more = if sheet.errors > named.len() { ", …" } else { "" };
    named.join(", ") + more
}

/// Rows or columns that are not shown: `hidden rows 4:9`, with why where they were not simply hidden.
fn hidden_in_words(parts: &[HiddenPart], one: &str, many: &str) -> Option<String> {
    let first = parts.first()?;
    let is_one = |part: &HiddenPart| part.lines.split_once(':').is_some_and(|(first, last)| first == last);
    let named = |part: &HiddenPart| match (is_one(part), part.why) {
        (true, _) => part.lines.split(':').next().unwrap_or_default().to_owned(),
        (false, _) => part.lines.clone(),
    };
    let names: Vec<String> = parts.iter().map(named).collect();
    let what = if parts.len() == 1 && is_one(first) { one } else { many };
    let filtered = parts.iter().filter(|part| part.why == WhyHidden::Filtered).count();
    let why = match filtered {
        0 => "hidden",
        all if all == parts.len() => "filtered out:",
        _ => "hidden or filtered out:",
    };
    Some(format!("{why} {what} {}", few(&names)))
}

/// The width up to which headings are set in columns.
const WIDEST_HEADING: usize = 36;

fn table(table: &InspectedTable, lines: &mut Vec<String>) {
    let total = table.total.map(|row| format!(", total in row {}", u64::from(row) + 1)).unwrap_or_default();
    let checked = if table.is_checked { "" } else { "; too large to be checked here" };
    let rows = counted(table.rows, "row", "rows");
    let headings = u64::from(table.area.first.row) + 1;
    let heading = format!("Likely table {}: headings in row {headings}, {rows}{total}{checked}", table.area);
    lines.extend(wrapped(&heading, 2, 4));
    let headings: Vec<String> =
        table.columns.iter().map(|column| visible_text(&cut_where_long(&column.heading)).into_owned()).collect();
    let widest = headings.iter().map(|heading| heading.chars().count()).max().unwrap_or_default().min(WIDEST_HEADING);
    for (column, heading) in table.columns.iter().zip(headings) {
        let filled = if column.filled == table.rows {
            String::new()
        } else {
            format!(", {} of {} filled", column.filled, table.rows)
        };
        let letters = column_letters(column.column);
        lines.push(format!("    {letters:<3} {heading:<widest$}  {}{filled}", column_in_words(column)));
    }
}

/// What a column holds; of cells of several kinds how many there are of each.
fn column_in_words(column: &InspectedColumn) -> String {
    let seen = column.seen.in_words();
    let is_plain = column.kinds.len() <= 1 || column.seen == ColumnSeen::Empty;
    let is_number = |kind: &CellKind| matches!(kind, CellKind::WholeNumber | CellKind::Number);
    // Whole numbers among others are no other kind.
    if is_plain || (column.seen == ColumnSeen::Number && column.kinds.keys().all(is_number)) {
        return seen.to_owned();
    }
    let counts: Vec<String> = column.kinds.iter().map(|(kind, count)| kind.counted(*count)).collect();
    format!("{seen} ({})", counts.join(", "))
}

fn findings(file: &InspectedFile, style: Style, lines: &mut Vec<String>) {
    let is_workbook = !matches!(file.state, InspectedState::NotAWorkbook(_));
    if file.findings.is_empty() && is_workbook {
        lines.extend([String::new(), style.paint(Ink::Clear, "Nothing found that needs mending")]);
    }
    for (severity, title) in
        [(Severity::Error, "Errors"), (Severity::Warning, "Warnings"), (Severity::Info, "For information")]
    {
        let count = file.findings_of(severity);
        if count > 0 {
            lines.extend([String::new(), style.paint(Ink::Heading, &format!("{title} ({count})"))]);
        }
        for found in file.findings.iter().filter(|finding| finding.severity == severity) {
            lines.push(String::new());
            lines.extend(finding::lines(found, style));
        }
    }
    if !file.not_run.is_empty() {
        let count = file.not_run.len();
        lines.extend([String::new(), style.paint(Ink::Heading, &format!("Checks that could not run ({count})"))]);
        for check in &file.not_run {
            lines.push(String::new());
            lines.push(format!("{} {}", style.paint(Ink::Warning, "not run"), visible_text(&check.check)));
            lines.extend(wrapped(&check.why, finding::INDENT, finding::INDENT));
        }
    }
}

fn closing(inspection: &Inspection, style: Style, lines: &mut Vec<String>) {
    let counts = inspection.counts();
    lines.push(style.paint(Ink::Heading, "Summary"));
    lines.extend(wrapped(&files_in_words(&counts), 2, 4));
    let found = [
        counted(counts.errors, "error", "errors"),
        counted(counts.warnings, "warning", "warnings"),
        format!("{} for information", number(counts.infos)),
    ];
    lines.extend(wrapped(&found.join(", "), 2, 4));
    let (ink, verdict) = if inspection.is_clear() {
        (Ink::Clear, "Every workbook could be read, and no finding is an error.")
    } else if counts.unreadable > 0 {
        (Ink::Error, "Not every workbook could be read.")
    } else {
        (Ink::Error, "Every workbook could be read; some findings are errors.")
    };
    lines.extend(wrapped(verdict, 2, 2).iter().map(|line| style.paint(ink, line)));
    lines.extend(wrapped(
        "Without a pack nothing is known of what must be there: crosscast check holds workbooks against one.",
        2,
        2,
    ));
}

fn files_in_words(counts: &InspectionCounts) -> String {
    let mut parts = vec![
        counted(counts.files, "file", "files"),
        format!("{} read", number(counts.read)),
        format!("{} could not be read", number(counts.unreadable)),
    ];
    if counts.not_workbooks > 0 {
        parts.push(format!("{} left aside since they are no workbooks", number(counts.not_workbooks)));
    }
    parts.join(", ")
}

fn number(count: usize) -> String {
    Difference::Count(i64::try_from(count).unwrap_or(i64::MAX)).to_string()
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", number(count), if count == 1 { one } else { many })
}
