//! The words by which a suggestion names lines.

use super::lines::Line;
use super::search::Search;
use crate::model::{Place, Suggestion, cut_where_long, file_name, listed, on_one_line};

/// The most lines that one suggestion names.
const MOST_LINES: usize = 3;

impl Search<'_> {
    /// Lines by cell, figure and label, and what happened to them, which may begin with a comma.
    pub fn naming(&self, lines: &[&Line], joined_by: &str, how: &str) -> Suggestion {
        let text = if lines.len() <= MOST_LINES {
            listed(&lines.iter().map(|line| self.described(line)).collect::<Vec<_>>(), joined_by)
        } else {
            let cells: Vec<String> = lines[..MOST_LINES].iter().map(|line| self.name(&line.place)).collect();
            let others = lines.len() - MOST_LINES;
            let one_of = if joined_by == "or" { "one of " } else { "" };
            format!("{one_of}{} and {others} more", cells.join(", "))
        };
        let gap = if how.starts_with(',') { "" } else { " " };
        Suggestion { text: format!("{text}{gap}{how}"), cells: lines.iter().map(|line| line.place.clone()).collect() }
    }

    /// A line by its cell, figure and label: `F11 (£3,922.42, Dawn Project)`.
    pub fn described(&self, line: &Line) -> String {
        let label =
            line.label.as_deref().map(|label| format!(", {}", cut_where_long(&on_one_line(label)))).unwrap_or_default();
        format!("{} ({}{label})", self.name(&line.place), self.figures.show(line.figure))
    }

    /// A cell as seen from the one that states the figure: `F11`, `Spend!F11`, or with the workbook's name.
    pub fn name(&self, place: &Place) -> String {
        if place.workbook != self.at.workbook {
            let file = file_name(place.workbook.as_deref().unwrap_or_default());
            return format!("{} of {file}", place.in_workbook());
        }
        match place.area {
            Some(area) if place.sheet == self.at.sheet => area.to_string(),
            _ => place.in_workbook(),
        }
    }
}
