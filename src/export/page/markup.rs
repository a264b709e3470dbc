//! Markup that cannot be broken by what is put into it: text comes in through `text` alone, and is escaped there.

use crate::export::escape::escaped;
use crate::export::visible::visible_text;

/// A piece of HTML.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Markup(String);

impl Markup {
    /// Nothing.
    pub const fn empty() -> Self {
        Self(String::new())
    }

    /// Markup of our own, written in the code or in a file beside it.
    pub fn own(markup: &'static str) -> Self {
        Self(markup.to_owned())
    }

    /// This piece and the next.
    #[must_use]
    pub fn then(mut self, next: Self) -> Self {
        self.0.push_str(&next.0);
        self
    }

    /// The HTML.
    pub fn into_html(self) -> String {
        self.0
    }
}

impl FromIterator<Markup> for Markup {
    fn from_iter<I: IntoIterator<Item = Markup>>(pieces: I) -> Self {
        pieces.into_iter().fold(Self::empty(), Self::then)
    }
}

/// Text as text: what means something in HTML is escaped, also within attributes, and hidden characters are shown.
pub fn text(text: &str) -> Markup {
    Markup(escaped(&visible_text(text)))
}

/// An element with attributes. Names come from the code; the attributes' values are escaped.
pub fn element(name: &'static str, attributes: &[(&'static str, &str)], children: Markup) -> Markup {
    let line_end = if is_block(name) { "\n" } else { "" };
    Markup(format!("<{name}{}>{}</{name}>{line_end}", in_tag(attributes), children.0))
}

/// An element that holds nothing and has no end, on a line of its own.
pub fn void(name: &'static str, attributes: &[(&'static str, &str)]) -> Markup {
    Markup(format!("<{name}{}>\n", in_tag(attributes)))
}

fn in_tag(attributes: &[(&'static str, &str)]) -> String {
    let mut written = String::new();
    for (name, value) in attributes {
        written.push(' ');
        written.push_str(name);
        written.push_str("=\"");
        written.push_str(&escaped(&visible_text(value)));
        written.push('"');
    }
    written
}

/// An element without attributes.
pub fn plain(name: &'static str, children: Markup) -> Markup {
    element(name, &[], children)
}

/// A heading of level 1 to 6, under which others find it by `id`.
pub fn heading(level: usize, id: &str, children: Markup) -> Markup {
    const NAMES: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];
    let attributes: &[(&str, &str)] = if id.is_empty() { &[] } else { &[("id", id)] };
    element(NAMES[level.clamp(1, NAMES.len()) - 1], attributes, children)
}

/// A section that is named by its heading of level 2.
pub fn section(id: &str, title: &str, children: Markup) -> Markup {
    let heading_id = format!("{id}-heading");
    element(
        "section",
        &[("id", id), ("aria-labelledby", &heading_id)],
        Markup::own("\n").then(heading(2, &heading_id, text(title))).then(children),
    )
}

/// A column of a table: its heading, and whether it holds numbers.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// The heading.
    pub title: &'static str,
    /// Set to the right.
    pub numeric: bool,
}

impl Column {
    /// A column of text.
    pub const fn words(title: &'static str) -> Self {
        Self { title, numeric: false }
    }

    /// A column of numbers.
    pub const fn numbers(title: &'static str) -> Self {
        Self { title, numeric: true }
    }
}

/// A table with a caption and a heading for each column; the first cell of a row is the row's heading. A wide table
/// scrolls within its own frame, which the keyboard reaches.
pub fn table(id: &str, caption: &str, columns: &[Column], rows: Vec<Vec<Markup>>) -> Markup {
    let class = |numeric: bool| if numeric { "number" } else { "words" };
    let headings: Markup = columns
        .iter()
        .map(|column| element("th", &[("scope", "col"), ("class", class(column.numeric))], text(column.title)))
        .collect();
    let body: Markup = rows
        .into_iter()
        .map(|cells| {
            let cells = cells.into_iter().zip(columns).enumerate().map(|(index, (cell, column))| {
                if index == 0 {
                    element("th", &[("scope", "row"), ("class", class(column.numeric))], cell)
                } else {
                    element("td", &[("class", class(column.numeric))], cell)
                }
            });
            plain("tr", cells.collect())
        })
        .collect();
    let caption_id = format!("{id}-caption");
    let table = element("caption", &[("id", &caption_id)], text(caption))
        .then(plain("thead", plain("tr", headings)))
        .then(plain("tbody", body));
    element(
        "div",
        &[("class", "scroll"), ("role", "region"), ("tabindex", "0"), ("aria-labelledby", &caption_id)],
        plain("table", table),
    )
}

/// Elements that end a line of the source, so that the page can be read and compared as text.
fn is_block(name: &str) -> bool {
    !matches!(name, "a" | "span" | "code" | "strong" | "bdi" | "td" | "th" | "title" | "style" | "script")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_in_content_and_in_attributes() {
        let hostile = "<b>\"'&\u{1b}\u{202e}";
        assert_eq!(
            element("a", &[("href", hostile)], text(hostile)).into_html(),
            "<a href=\"&lt;b&gt;&quot;&#39;&amp;[U+001B][U+202E]\">&lt;b&gt;&quot;&#39;&amp;[U+001B][U+202E]</a>"
        );
    }

    #[test]
    fn tables_name_their_columns_and_rows() {
        let columns = [Column::words("Table"), Column::numbers("Rows")];
        let html = table("t", "Rows", &columns, vec![vec![text("Funding"), text("10")]]).into_html();
        for part in [
            "aria-labelledby=\"t-caption\"",
            "<caption id=\"t-caption\">Rows</caption>",
            "<th scope=\"col\" class=\"words\">Table</th><th scope=\"col\" class=\"number\">Rows</th>",
            "<th scope=\"row\" class=\"words\">Funding</th><td class=\"number\">10</td>",
        ] {
            assert!(html.contains(part), "{part}\n{html}");
        }
    }
}
