//! Charts and headline figures: pictures with their numbers, and numbers that are read like a list.

use super::super::{chart, svg};
use super::prose::with_whole_numbers;
use super::{Page, escaped, title};
use crate::model::Month;
use crate::model::document::{Align, ChartBlock, ColumnHead, Fact, TableCell};

/// Width of a chart on a page and on a wide window, in points.
const WIDE: f32 = 481.0;
/// Width of a chart on a phone, in points: it is drawn anew, since the other would be too small to read.
const NARROW: f32 = 236.0;

impl Page<'_> {
    /// Headline figures.
    pub(super) fn facts(&mut self, facts: &[Fact]) {
        if facts.is_empty() {
            return;
        }
        // A list without bullets is no list to some browsers unless it is called one.
        self.line("<ul class=\"facts\" role=\"list\">");
        for fact in facts {
            let value = with_whole_numbers(&escaped(&fact.value));
            let (label, mark) = (with_whole_numbers(&escaped(&fact.label)), self.mark(fact.source));
            let origin = self.origin_of(fact.source).map(title).unwrap_or_default();
            self.line(format_args!(
                "<li><span class=\"value\"{origin}>{value}</span> <span class=\"label\">{label}{mark}</span></li>"
            ));
        }
        self.line("</ul>");
    }

    /// A chart with its title, its figures as a table that can be opened, and its notes.
    pub(super) fn chart(&mut self, block: &ChartBlock) {
        let mark = self.mark(block.source);
        self.line(format_args!("<figure class=\"chart\">\n<figcaption>{}{mark}</figcaption>", escaped(&block.title)));
        if block.categories.is_empty() || block.series.is_empty() {
            self.line(format_args!("<p><em>{}</em></p>", escaped(&block.empty)));
        } else {
            self.line("<div class=\"picture\">");
            for (width, class) in [(WIDE, "wide"), (NARROW, "narrow")] {
                let scene = chart::draw(block, self.fonts, width);
                self.line(svg::write(&scene, &block.alt, class));
            }
            self.line("</div>");
            self.chart_as_table(block);
        }
        self.notes_below(&block.notes);
        self.line("</figure>");
    }

    fn chart_as_table(&mut self, block: &ChartBlock) {
        let caption = format!("{} (figures)", block.title);
        let of = escaped(&block.title);
        self.line(format_args!(
            "<details>\n<summary>The figures as a table<span class=\"unseen\"> of {of}</span></summary>"
        ));
        self.scroll_begins(&caption);
        self.line(format_args!("<table>\n<caption>{}</caption>", escaped(&caption)));
        let are_months = block.categories.iter().all(|category| Month::from_text(category).is_some());
        let first = if are_months { "Month" } else { "Category" };
        let mut columns = vec![ColumnHead { title: first.to_owned(), align: Align::Left }];
        columns
            .extend(block.series.iter().map(|series| ColumnHead { title: series.title.clone(), align: Align::Right }));
        self.column_heads(&columns);
        self.line("<tbody>");
        for (index, category) in block.categories.iter().enumerate() {
            let mut cells = vec![TableCell::from(category.as_str())];
            cells.extend(block.series.iter().map(|series| match series.values.get(index) {
                Some(value) => TableCell { text: value.label.clone(), origin: value.origin.clone() },
                None => TableCell::default(),
            }));
            self.row(&columns, &cells, block.source);
        }
        self.line("</tbody>\n</table>\n</div>\n</details>");
    }
}
