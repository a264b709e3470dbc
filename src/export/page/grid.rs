//! The cells round what a finding is about, as Excel shows them: letters above, row numbers beside.
//!
//! A page can hold ten thousand of these, so the ends of rows and cells are left out, as HTML allows.

use crate::model::{Area, Difference, Excerpt, Excerpts, Finding, Place, Position, ShownCell, column_letters};

use super::markup::{Markup, element, plain, text};

/// Of a text, so many characters are shown in a cell; the whole stands in the workbook.
const LONGEST: usize = 40;

/// Of a text in a cell that the finding is about.
const LONGEST_MARKED: usize = 120;

/// What a finding has to do with a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// It is about the cell.
    Here,
    /// It names the cell, or looked at it.
    Concerned,
    /// Nothing.
    None,
}

/// The cells round a finding, those that it is about and those that it names marked; nothing where it is about no cells,
/// or they are not known.
pub fn grid(excerpts: &Excerpts, finding: &Finding) -> Markup {
    let Some((excerpt, area)) = excerpts.around(&finding.place).zip(finding.place.area) else {
        return Markup::empty();
    };
    let shown = without_empty_columns(&excerpt, area);
    let concerned = concerned(finding, shown);
    let mark = |position: Position| {
        if area.contains(position) {
            Mark::Here
        } else if concerned.iter().any(|area| area.contains(position)) {
            Mark::Concerned
        } else {
            Mark::None
        }
    };
    let rows = (shown.first.row..=shown.last.row).map(|row| {
        let number = text(&(u64::from(row) + 1).to_string());
        let cells = (shown.first.column..=shown.last.column).map(|column| {
            let position = Position::new(row, column);
            cell(excerpt.cell(position), mark(position))
        });
        let heading = if (area.first.row..=area.last.row).contains(&row) {
            Markup::own("<tr><th scope=\"row\" class=\"at\">")
        } else {
            Markup::own("<tr><th scope=\"row\">")
        };
        heading.then(number).then(cells.collect())
    });
    let table = Markup::own("<table class=\"grid\"><thead><tr><td>")
        .then(letters(shown, area))
        .then(Markup::own("<tbody>"))
        .then(rows.collect())
        .then(Markup::own("</table>"));
    let sheet = finding.place.sheet.as_deref().unwrap_or_default();
    let label = format!("Cells {shown} of {sheet}");
    element("div", &[("class", "near"), ("role", "group"), ("tabindex", "0"), ("aria-label", &label)], table)
        .then(goes_on(area, shown))
}

/// The letters of the columns; those of the area as Excel has them of what is selected.
fn letters(shown: Area, area: Area) -> Markup {
    let letter = |column: u32| {
        let is_marked = (area.first.column..=area.last.column).contains(&column);
        Markup::own(if is_marked { "<th scope=\"col\" class=\"at\">" } else { "<th scope=\"col\">" })
            .then(text(&column_letters(column)))
    };
    (shown.first.column..=shown.last.column).map(letter).collect()
}

fn cell(cell: Option<&ShownCell>, mark: Mark) -> Markup {
    let start = match (mark, cell.is_some_and(|cell| cell.is_number)) {
        (Mark::None, false) => "<td>",
        (Mark::None, true) => "<td class=\"n\">",
        (Mark::Here, false) => "<td class=\"at\"><span class=\"say\">Marked: </span>",
        (Mark::Here, true) => "<td class=\"at n\"><span class=\"say\">Marked: </span>",
        (Mark::Concerned, false) => "<td class=\"by\"><span class=\"say\">Also concerned: </span>",
        (Mark::Concerned, true) => "<td class=\"by n\"><span class=\"say\">Also concerned: </span>",
    };
    let longest = if mark == Mark::Here { LONGEST_MARKED } else { LONGEST };
    let content = match cell {
        Some(cell) if !cell.text.is_empty() => text(&cut(&cell.text, longest)),
        _ if mark == Mark::Here => Markup::own("<i>empty</i>"),
        _ => Markup::empty(),
    };
    Markup::own(start).then(content)
}

/// At most so many characters of a text, the last of them a sign that there is more.
fn cut(text: &str, longest: usize) -> String {
    if text.chars().nth(longest).is_none() {
        return text.to_owned();
    }
    text.chars().take(longest - 1).chain(['…']).collect()
}

/// The window without its empty columns at the left and the right, but for one that shows that there is nothing.
fn without_empty_columns(excerpt: &Excerpt<'_>, area: Area) -> Area {
    let mut shown = excerpt.window;
    let is_empty =
        |column: u32| (shown.first.row..=shown.last.row).all(|row| excerpt.cell(Position::new(row, column)).is_none());
    let (mut first, mut last) = (shown.first.column, shown.last.column);
    while first + 1 < area.first.column && is_empty(first) && is_empty(first + 1) {
        first += 1;
    }
    while last > area.last.column + 1 && is_empty(last) && is_empty(last - 1) {
        last -= 1;
    }
    shown.first.column = first;
    shown.last.column = last;
    shown
}

/// The areas that a finding names beside its own, as far as something of them is shown.
fn concerned(finding: &Finding, shown: Area) -> Vec<Area> {
    let suggested = finding.suggestions.iter().flat_map(|suggestion| &suggestion.cells);
    let is_on_sheet = |place: &&Place| place.workbook == finding.place.workbook && place.sheet == finding.place.sheet;
    let of_sheet = finding.related.iter().chain(suggested).filter(is_on_sheet);
    of_sheet.filter_map(|place| place.area).filter(|area| area.overlaps(shown)).collect()
}

/// How much of a large area is not shown.
fn goes_on(area: Area, shown: Area) -> Markup {
    let rows = more(area.last.row.saturating_sub(shown.last.row), "more row", "more rows");
    let columns = more(area.last.column.saturating_sub(shown.last.column), "more column", "more columns");
    let more: Vec<String> = [rows, columns].into_iter().flatten().collect();
    if more.is_empty() {
        return Markup::empty();
    }
    plain("p", text(&format!("… and {}, up to {}.", more.join(" and "), area.last)))
}

fn more(number: u32, one: &str, many: &str) -> Option<String> {
    let shown = Difference::Count(i64::from(number));
    (number > 0).then(|| format!("{shown} {}", if number == 1 { one } else { many }))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::{Severity, Suggestion};

    /// The cells of the sheet Spend of April.xlsx: a line for each row from row 12, its cells from column C separated by
    /// `|`; numbers begin with £.
    fn excerpts(lines: &[&str]) -> (Arc<str>, Arc<str>, Excerpts) {
        let (workbook, sheet): (Arc<str>, Arc<str>) = ("April.xlsx".into(), "Spend".into());
        let mut excerpts = Excerpts::default();
        for (line, row) in lines.iter().zip(11..) {
            for (cell, column) in line.split('|').zip(2..).filter(|(cell, _)| !cell.is_empty()) {
                let cell = ShownCell { text: cell.into(), is_number: cell.starts_with('£') };
                excerpts.insert(&workbook, &sheet, Position::new(row, column), cell);
            }
        }
        (workbook, sheet, excerpts)
    }

    fn area(text: &str) -> Area {
        let (first, last) = text.split_once(':').unwrap_or((text, text));
        Area::new(first.parse().unwrap(), last.parse().unwrap())
    }

    fn about(workbook: &Arc<str>, sheet: &Arc<str>, cells: &str) -> Finding {
        Finding::new("total-mismatch", Severity::Error, Place::area(workbook, sheet, area(cells)), "Why.", "mend it.")
    }

    /// The grid, a row a line.
    fn lines(markup: Markup) -> String {
        markup.into_html().replace("<tr>", "\n<tr>").replace("<tbody>", "\n<tbody>").replace("</table>", "\n</table>")
    }

    #[test]
    fn the_cells_round_a_cell() {
        let (workbook, sheet, excerpts) =
            excerpts(&["Ref|Project|Spend", "PCC-09|Youth <work>|£5.00", "||£6.00", "Total||£12.00"]);
        let mut finding = about(&workbook, &sheet, "E15");
        finding.related = vec![
            Place::area(&workbook, &sheet, area("E13:E14")),
            Place::area(&workbook, &"Summary".into(), area("C15")),
            Place::area(&"May.xlsx".into(), &sheet, area("D15")),
        ];
        finding.suggestions =
            vec![Suggestion { text: "Why.".into(), cells: vec![Place::area(&workbook, &sheet, area("C14"))] }];
        // Of B to H are left: an empty column on each side.
        assert_eq!(
            lines(grid(&excerpts, &finding)),
            "<div class=\"near\" role=\"group\" tabindex=\"0\" aria-label=\"Cells B13:F17 of Spend\">\
             <table class=\"grid\"><thead>\n\
             <tr><td><th scope=\"col\">B<th scope=\"col\">C<th scope=\"col\">D<th scope=\"col\" class=\"at\">E<th scope=\"col\">F\n\
             <tbody>\n\
             <tr><th scope=\"row\">13<td><td>PCC-09<td>Youth &lt;work&gt;\
             <td class=\"by n\"><span class=\"say\">Also concerned: </span>£5.00<td>\n\
             <tr><th scope=\"row\">14<td><td class=\"by\"><span class=\"say\">Also concerned: </span><td>\
             <td class=\"by n\"><span class=\"say\">Also concerned: </span>£6.00<td>\n\
             <tr><th scope=\"row\" class=\"at\">15<td><td>Total<td>\
             <td class=\"at n\"><span class=\"say\">Marked: </span>£12.00<td>\n\
             <tr><th scope=\"row\">16<td><td><td><td><td>\n\
             <tr><th scope=\"row\">17<td><td><td><td><td>\n\
             </table></div>\n"
        );
    }

    #[test]
    fn a_marked_cell_that_is_empty_says_so() {
        let (workbook, sheet, excerpts) = excerpts(&["Ref|Project"]);
        let html = grid(&excerpts, &about(&workbook, &sheet, "E12")).into_html();
        assert!(html.contains("<td class=\"at\"><span class=\"say\">Marked: </span><i>empty</i>"), "{html}");
        assert_eq!(html.matches("<i>empty</i>").count(), 1, "{html}");
    }

    #[test]
    fn what_is_not_shown_of_a_large_area_is_counted() {
        let (workbook, sheet, excerpts) = excerpts(&["Ref|Project"]);
        for (cells, said) in [
            ("C6:C36", "<p>… and 25 more rows, up to C36.</p>"),
            ("C6:C12", "<p>… and 1 more row, up to C12.</p>"),
            ("C12:K12", "<p>… and 3 more columns, up to K12.</p>"),
            ("C6:K3000", "<p>… and 2,989 more rows and 3 more columns, up to K3000.</p>"),
        ] {
            let html = grid(&excerpts, &about(&workbook, &sheet, cells)).into_html();
            assert!(html.contains(said), "{html}");
        }
        // All six rows are shown.
        let html = grid(&excerpts, &about(&workbook, &sheet, "C6:C11")).into_html();
        assert!(!html.contains("more"), "{html}");
    }

    #[test]
    fn long_texts_are_cut() {
        let (long, marked) = ("é".repeat(41), "x".repeat(121));
        let (workbook, sheet, excerpts) = excerpts(&[&format!("{long}|{marked}|{}", "y".repeat(40))]);
        let html = grid(&excerpts, &about(&workbook, &sheet, "D12")).into_html();
        for shown in
            [format!("<td>{}…<", "é".repeat(39)), format!("{}…<", "x".repeat(119)), format!("<td>{}<", "y".repeat(40))]
        {
            assert!(html.contains(&shown), "{html}");
        }
    }

    #[test]
    fn where_there_are_no_cells_there_is_no_grid() {
        let (workbook, sheet, excerpts) = excerpts(&["Ref"]);
        let mut finding = about(&workbook, &sheet, "C12");
        assert_ne!(grid(&excerpts, &finding), Markup::empty());
        for place in [
            Place::sheet(&workbook, &sheet),
            Place::workbook(&workbook),
            Place::inbox(),
            Place::area(&workbook, &"Summary".into(), area("C12")),
        ] {
            finding.place = place;
            assert_eq!(grid(&excerpts, &finding), Markup::empty(), "{:?}", finding.place);
        }
    }
}
