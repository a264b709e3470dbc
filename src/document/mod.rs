//! `appendix.md` becomes a [`Document`]: headings, paragraphs, lists, tables, charts, headline figures, notes, sources.
//!
//! The file is CommonMark with the tables and footnotes of GFM. Before Markdown is read, the fenced blocks are split out, so that no text of a cell can
//! become a query; then the prose is filled in by templates, with text from cells escaped, so that none can become
//! markup. Every mistake is told with its line, all at once.
//!
//! # Settings
//!
//! The file begins with them. `title` and `subject` must be given; all texts are templates.
//!
//! ````text
//! ---
//! title: "Figures for {{ period.year }}"
//! subject: "Appendix to the annual update"
//! title_block:
//!   - {label: Report to, value: "{{ period.committee }}"}
//! header: "{{ period.council }}"
//! footer: "{{ period.short_name }} figures {{ period.year }}"
//! number_headings: true
//! number_paragraphs: true
//! ---
//! ````
//!
//! # Prose
//!
//! Headings, paragraphs, lists of one level, `**strong**` and `*emphasised*` words. `period` has the year, the committee and
//! the partnership. What else there is:
//!
//! ````text
//! The order ends in 2024.[^order] See [the law](https://www.legislation.gov.uk/), or write to
//! [us](mailto:safer@example.org).
//!
//! [^order]: The day was not published.
//!
//! Table: Who met how often
//!
//! | Group | Meetings |
//! |---|---:|
//! | Partnership | {{ meetings.partnership }} |
//! ````
//!
//! A note may stand anywhere in the file, and is one paragraph. A link leads to `https://` or `mailto:`, and its address is written out, never from a query. A table has its caption
//! above or below it, with an empty line between.
//!
//! Each figure of the prose, of a table, a chart and of the headline figures carries the cells that it comes from: those
//! that the query names by `_row` or `_cells` (see Tables), else all that the query reads. What `{% set a = … %}` puts together
//! carries none.
//!
//! # Values
//!
//! A query with one row; its columns are `{{ NAME.column }}` anywhere in the prose and in the texts of other fences.
//!
//! ````text
//! ```values funding
//! SELECT sum(amount) AS amount FROM funding
//! ```
//! The lines come to {{ funding.amount | money }}.
//! ````
//!
//! `by COLUMN` gives each row of the query a name: the text in that column. A condition `{% if measure["DA-01"] %}`
//! tells whether there is such a row.
//!
//! ````text
//! ```values measure by key
//! SELECT key, value FROM measures_to_date
//! ```
//! There were {{ measure["DA-01"].value | integer }} referrals.
//! ````
//!
//! # Rows
//!
//! A query with any number of rows, for loops.
//!
//! ````text
//! ```rows meetings
//! SELECT meeting_group, count(*) AS times FROM meetings GROUP BY meeting_group ORDER BY meeting_group
//! ```
//! {% for one in meetings %}- {{ one.meeting_group }}: {{ one.times }}
//! {% endfor %}
//! ````
//!
//! # Queries
//!
//! A query that those of other blocks read from, as from a stored table: what several blocks show is said once. It may read
//! from other named queries, wherever they stand, though not in a circle.
//!
//! ````text
//! ```query lines
//! SELECT project, amount FROM funding WHERE route = 'Partnership'
//! ```
//! ```values lines_total
//! SELECT sum(amount) AS amount FROM lines
//! ```
//! ````
//!
//! # Tables
//!
//! ````text
//! ```table
//! caption: "Funding, {{ period.year }}"
//! query: |
//!   SELECT _row, project, amount, CASE WHEN amount IS NULL THEN 'Not yet agreed.' END AS _note FROM funding
//! columns:
//!   - {name: project, title: Project}
//!   - {name: amount, title: Amount, format: money, align: right, total: sum, missing: "[x]"}
//! total: Total of the lines listed
//! notes: ["Amounts are for the year."]
//! empty: There is no funding yet.
//! explained: [funding]
//! ```
//! ````
//!
//! Only `caption`, `query` and `columns` must be given. `explained` names the stored tables whose explained differences
//! are printed under this one. Columns of the query that are not printed, but say something about their row:
//!
//! - `_note`: a note on the row. The row's first cell gets ` (a)`, and `(a) …` is printed under the table; rows with the
//!   same note share a letter.
//! - `_row`: the stored row that this one is. A column with the name of one of its fields, and the value that is stored in it,
//!   comes from that field's cell.
//! - `_cells`: the cells that its figures are made of, `ROW:FIELD ROW:FIELD`, or whole rows, `ROW`.
//!
//! A sum over a figure that is kept back is kept back as well. What `[c]` and `[x]` mean is said under each table and chart
//! that has them, and behind the first other block that has them where none above it does.
//!
//! # Charts
//!
//! ````text
//! ```chart
//! kind: grouped-bar
//! title: "Budget and spend by project"
//! alt: "Spend to date is below budget for {{ spend.below }} of {{ spend.projects }} projects."
//! query: |
//!   SELECT ref, budget, spend_to_date FROM summary ORDER BY ref
//! category: {name: ref, format: text}
//! series:
//!   - {name: budget, title: Budget}
//!   - {name: spend_to_date, title: Spend to date}
//! format: money
//! notes: ["Spend to date is what was paid."]
//! empty: Nothing was spent yet.
//! ```
//! ````
//!
//! `kind` is `bar` (one series), `grouped-bar` or `line`; `format` is `money`, `integer`, `number` or `percentage`. The
//! alternative text must be given: it says what the chart shows to those who do not see it. `_row` and `_cells` may be given
//! as in tables. A figure that is missing or kept back is a gap, labelled `[x]` or `[c]`.
//!
//! # Headline figures
//!
//! ````text
//! ```facts
//! - {value: "{{ funding.amount | money }}", label: Approved funding}
//! - {value: "{{ crime.this_year | integer }}", label: "Crimes recorded in {{ period.year }}"}
//! ```
//! ````
//!
//! # Explanations
//!
//! The explained differences that concern some stored tables, as paragraphs; nothing when there are none. Those that
//! neither this nor a table prints are listed at the end of the document.
//!
//! ````text
//! ```explanations
//! tables: [funding]
//! ```
//! ````
//!
//! # Sources
//!
//! Where the list of sources is printed; without the fence, at the end.
//!
//! ````text
//! ```sources
//! ```
//! ````
//!
//! # What is not there
//!
//! An unknown name is an error, and so is an empty figure, or a key that no row has, except in a draft, where it is printed
//! as `[x]`.

mod chart;
mod check;
mod explanations;
mod facts;
mod fence;
mod footnotes;
mod grid;
mod marks;
mod named;
mod number;
mod origins;
mod pence;
mod prose;
mod queries;
mod shorthand;
mod source;
mod sources;
mod table;
mod values;
mod writer;

use crate::model::document::{Detail, Document, Draft};
use crate::model::{Period, StoredRows};
use crate::schema::{Empty, Mistakes};
pub use check::check;
use named::WithNamed;
use source::Source;
use writer::Writer;

/// The file that the document is made from.
const FILE: &str = "appendix.md";

/// What a document says that is not in `appendix.md`.
#[derive(Debug, Clone)]
pub struct Face {
    /// The language of the text.
    pub language: String,
    /// Who issues it.
    pub author: String,
    /// A sentence that must not be missed.
    pub notice: Option<String>,
    /// What is reported.
    pub period: Period,
    /// Fingerprint of the inputs: the same workbooks give the same.
    pub fingerprint: String,
    /// Why it may not be published, if so.
    pub draft: Option<Draft>,
}

/// Makes the document.
///
/// # Errors
/// Every mistake in `appendix.md`, with its line.
pub fn build(text: &str, rows: &dyn StoredRows, face: &Face) -> Result<Document, Mistakes> {
    let mut mistakes = Vec::new();
    let Some(source) = Source::parse(text, &mut mistakes) else { return Err(Mistakes::new(mistakes)) };
    let rows: &dyn StoredRows = &WithNamed::new(rows, &source);
    let empty = if face.draft.is_some() { Empty::Marked } else { Empty::Refused };
    let mut writer = Writer::new(rows, empty, mistakes);
    writer.gather(&source);
    for piece in &source.pieces {
        writer.write(piece);
    }
    writer.end();
    let mut blocks = std::mem::take(&mut writer.blocks);
    let front = &source.front;
    number::number(&mut blocks, front.number_headings, front.number_paragraphs);
    let (notes, sources) = (writer.take_notes(), writer.take_sources(&mut blocks));
    shorthand::explain(&mut blocks, &notes);
    let details = front.title_block.iter().enumerate();
    let details = details.map(|(index, detail)| Detail {
        label: detail.label.clone(),
        value: writer.text(source.line_of(&source::detail_path(index)), &detail.value),
    });
    let title_block = details.chain(data_details(face)).collect();
    let document = Document {
        title: writer.text(source.line_of("title"), &front.title),
        language: face.language.clone(),
        author: face.author.clone(),
        subject: writer.text(source.line_of("subject"), &front.subject),
        title_block,
        notice: face.notice.clone(),
        header: writer.text(source.line_of("header"), &front.header),
        footer: writer.text(source.line_of("footer"), &front.footer),
        draft: face.draft.clone(),
        blocks,
        notes,
        sources,
    };
    if writer.mistakes.is_empty() { Ok(document) } else { Err(Mistakes::new(writer.mistakes)) }
}

/// The month up to which the data run, and the inputs' fingerprint: always on the first page.
fn data_details(face: &Face) -> [Detail; 2] {
    let whole = if face.period.is_complete() { "the whole year" } else { "the year is not complete" };
    [
        Detail { label: "Data up to".into(), value: format!("{} ({whole})", face.period.to) },
        Detail { label: "Fingerprint of the workbooks".into(), value: face.fingerprint.clone() },
    ]
}

#[cfg(test)]
pub(crate) mod described;
#[cfg(test)]
mod tests;
