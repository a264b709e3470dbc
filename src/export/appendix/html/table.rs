//! Tables: a caption, scopes, and a region of their own that scrolls.

use super::{Page, escaped, title};
use crate::model::document::{Align, ColumnHead, TableBlock, TableCell};

impl Page<'_> {
    /// A table with its notes.
    pub(super) fn table(&mut self, table: &TableBlock) {
        self.scroll_begins(&table.caption);
        let caption = format!("{}{}", escaped(&table.caption), self.mark(table.source));
        self.line(format_args!("<table>\n<caption>{caption}</caption>"));
        self.column_heads(&table.columns);
        self.line("<tbody>");
        if table.rows.is_empty() {
            let count = table.columns.len();
            self.line(format_args!("<tr><td colspan=\"{count}\"><em>{}</em></td></tr>", escaped(&table.empty)));
        }
        for row in &table.rows {
            self.row(&table.columns, row, table.source);
        }
        self.line("</tbody>");
        if let Some(total) = &table.total {
            self.line("<tfoot>");
            self.row(&table.columns, total, table.source);
            self.line("</tfoot>");
        }
        self.line("</table>\n</div>");
        self.notes_below(&table.notes);
    }

    /// A wide table scrolls in a region of its own that the keyboard reaches, not the whole page.
    pub(super) fn scroll_begins(&mut self, label: &str) {
        let label = escaped(label);
        self.line(format_args!("<div class=\"scroll\" role=\"region\" aria-label=\"{label}\" tabindex=\"0\">"));
    }

    /// The heading row.
    pub(super) fn column_heads(&mut self, columns: &[ColumnHead]) {
        self.line("<thead>\n<tr>");
        for column in columns {
            self.line(format_args!("<th scope=\"col\"{}>{}</th>", side(column.align), escaped(&column.title)));
        }
        self.line("</tr>\n</thead>");
    }

    /// A row of the body or the total. A figure without an origin of its own has that of its table.
    pub(super) fn row(&mut self, columns: &[ColumnHead], cells: &[TableCell], source: Option<usize>) {
        let of_table = self.origin_of(source).map(title).unwrap_or_default();
        self.html.push_str("<tr>");
        for (index, (cell, column)) in cells.iter().zip(columns).enumerate() {
            let (side, text) = (side(column.align), escaped(&cell.text));
            let side = if side.is_empty() && is_short(&cell.text) { " class=\"whole\"" } else { side };
            let is_figure = column.align == Align::Right && !text.is_empty();
            let origin = match &cell.origin {
                Some(origin) => title(origin),
                None if is_figure => of_table.clone(),
                None => String::new(),
            };
            if index == 0 {
                self.write(format_args!("<th scope=\"row\"{side}{origin}>{text}</th>"));
            } else {
                self.write(format_args!("<td{side}{origin}>{text}</td>"));
            }
        }
        self.line("</tr>");
    }

    /// The notes under a table or chart.
    pub(super) fn notes_below(&mut self, notes: &[String]) {
        for note in notes {
            self.line(format_args!("<p class=\"note\">{}</p>", escaped(note)));
        }
    }
}

fn side(align: Align) -> &'static str {
    match align {
        Align::Left => "",
        Align::Right => " class=\"amount\"",
    }
}

/// A date or code, better not divided.
fn is_short(text: &str) -> bool {
    text.chars().count() <= 18
}
