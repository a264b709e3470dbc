//! The first sheet of a marked copy: the findings of the workbook, with links to their cells.

use super::MarkedFace;
use super::styles::{Look, Styles, digits, fill_of};
use super::words::{could_be, for_cell, severity, written};
use crate::export::counted::{grouped, heaviest};
use crate::export::workbook::height;
use crate::model::{Difference, FINDINGS_SHEET, FINDINGS_TITLE, Finding, Place, capitalised, column_letters};

/// The columns: heading, and width in characters.
const COLUMNS: [(&str, f64); 10] = [
    ("Number", 9.0),
    ("Severity", 13.0),
    ("Sheet and cell", 22.0),
    ("What is wrong", 52.0),
    ("Expected", 18.0),
    ("There is", 18.0),
    ("Difference", 14.0),
    ("Could be", 36.0),
    ("How to mend it", 38.0),
    ("Check", 20.0),
];
/// The colour of links and of headings, which have a contrast of more than 4.5 to 1.
const LINK: &str = "1D4E89";
const HEADING: &str = "1F3A5F";
const WHITE: &str = "FFFFFF";
/// What the fills mean. They are never the only sign.
const LEGEND: &str = "What the fills mean: red: an error that stands against publication; amber: a warning; blue-grey: explained, \
                      or for information. Each cell has a note too, which shows when the pointer is over it.";
/// At most so many findings are listed. An officer mends the first of them and runs again, and Excel opens no sheet of more
/// than 65,530 links.
pub const MOST_LISTED: usize = 10_000;
/// The height of the title, in points.
const TITLE_HEIGHT: f64 = 27.0;

/// What the list says beside the findings.
#[derive(Debug, Default)]
pub struct Remarks {
    /// By the index of a finding: what could not be marked of it.
    pub of_findings: std::collections::BTreeMap<usize, String>,
}

impl Remarks {
    /// Adds a sentence to what is said of a finding.
    pub fn add(&mut self, index: usize, sentence: &str) {
        let said = self.of_findings.entry(index).or_default();
        if !said.is_empty() {
            said.push(' ');
        }
        said.push_str(sentence);
    }
}

/// The list as a sheet's part, and the row of its headings and its last row, from 1.
pub struct ListSheet {
    /// The part.
    pub part: String,
    /// The row of the headings.
    pub heading_row: usize,
    /// The last row; that of the headings where there are no findings.
    pub last_row: usize,
}

/// The numbers of the list's styles.
struct Looks {
    title: usize,
    words: usize,
    heading: usize,
    text: usize,
    link: usize,
    order: usize,
    number: usize,
    money: usize,
}

impl Looks {
    fn of(styles: &mut Styles) -> Self {
        let words = Look { size: 11, ..Look::default() };
        let wrapped = Look { is_wrapped: true, ..words };
        let figure = Look { is_to_right: true, ..wrapped };
        Self {
            title: styles.of_list(&Look { size: 16, is_bold: true, ..words }),
            words: styles.of_list(&words),
            heading: styles.of_list(&Look { is_bold: true, ink: Some(WHITE), fill: Some(HEADING), ..wrapped }),
            text: styles.of_list(&wrapped),
            link: styles.of_list(&Look { is_link: true, ink: Some(LINK), ..wrapped }),
            order: styles.of_list(&wrapped),
            number: styles.of_list(&Look { format: Some("#,##0"), ..figure }),
            money: styles.of_list(&Look { format: Some("£#,##0.00;-£#,##0.00"), ..figure }),
        }
    }
}

/// The list of findings, in the namespaces of the workbook.
pub fn list_sheet(
    findings: &[&Finding],
    face: &MarkedFace,
    remarks: &Remarks,
    styles: &mut Styles,
    namespace: &str,
) -> ListSheet {
    let looks = Looks::of(styles);
    let mut rows = Rows::default();
    rows.title(&format!("{FINDINGS_TITLE}{}", face.workbook), looks.title);
    rows.line(&format!("{}, {}", face.partnership, face.period), looks.words);
    rows.lines(face.notice.as_deref(), looks.words);
    rows.line(
        "Mend each cell in your own workbook or in this copy, save it, and put it into the inbox under its own name: the name \
         stays the same.",
        looks.words,
    );
    rows.line(
        "Crosscast passes over this sheet, its notes and its fills. When the workbook is checked again, they are made anew.",
        looks.words,
    );
    rows.line(LEGEND, looks.words);
    if findings.len() > MOST_LISTED {
        let (listed, all) = (grouped(MOST_LISTED), grouped(findings.len()));
        rows.line(
            &format!("{listed} of {all} findings are listed, errors first of all. findings.json has all of them."),
            looks.words,
        );
    }
    let heading_row = rows.next();
    rows.cells(COLUMNS.iter().map(|(title, _)| Written::Text(title.to_string(), looks.heading)).collect());
    let mut links = String::new();
    for index in heaviest(findings, MOST_LISTED) {
        let finding = findings[index];
        let row = rows.next();
        if let Some(target) = target(&finding.place) {
            let shown = written(&for_cell(&place(&finding.place)));
            links.push_str(&format!(
                "<hyperlink ref=\"C{row}\" location=\"{}\" display=\"{shown}\"/>",
                written(&target)
            ));
        }
        let severity_look = severity_look(finding, styles);
        rows.cells(of_finding(index, finding, remarks, &looks, severity_look));
    }
    let last_row = rows.next() - 1;
    let last_column = column_letters(COLUMNS.len() as u32 - 1);
    let columns: String = (1..)
        .zip(COLUMNS)
        .map(|(number, (_, width))| {
            format!("<col min=\"{number}\" max=\"{number}\" width=\"{width}\" customWidth=\"1\"/>")
        })
        .collect();
    let links = if links.is_empty() { links } else { format!("<hyperlinks>{links}</hyperlinks>") };
    let first_below = heading_row + 1;
    let part = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet xmlns=\"{namespace}\"><sheetPr>\
         <pageSetUpPr fitToPage=\"1\"/></sheetPr><dimension ref=\"A1:{last_column}{last_row}\"/><sheetViews>\
         <sheetView showGridLines=\"0\" tabSelected=\"1\" workbookViewId=\"0\"><pane ySplit=\"{heading_row}\" \
         topLeftCell=\"A{first_below}\" activePane=\"bottomLeft\" state=\"frozen\"/><selection pane=\"bottomLeft\" \
         activeCell=\"A{first_below}\" sqref=\"A{first_below}\"/></sheetView></sheetViews>\
         <sheetFormatPr defaultRowHeight=\"15\"/><cols>{columns}</cols><sheetData>{}</sheetData>\
         <autoFilter ref=\"A{heading_row}:{last_column}{last_row}\"/>{links}\
         <pageMargins left=\"0.4\" right=\"0.4\" top=\"0.5\" bottom=\"0.5\" header=\"0.3\" footer=\"0.3\"/>\
         <pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/>\
         <headerFooter><oddFooter>&amp;L{FINDINGS_SHEET}&amp;RPage &amp;P of &amp;N</oddFooter></headerFooter></worksheet>",
        rows.written
    );
    ListSheet { part, heading_row, last_row }
}

fn severity_look(finding: &Finding, styles: &mut Styles) -> usize {
    // Not quite the colour of marks, so that nothing takes the list for a marked cell.
    let fill = fill_of(finding.weight()).map(|channel| channel.saturating_add(1));
    let fill = digits(fill);
    styles.of_list(&Look { size: 11, is_bold: true, is_wrapped: true, fill: Some(&fill), ..Look::default() })
}

fn of_finding(index: usize, finding: &Finding, remarks: &Remarks, looks: &Looks, severity_look: usize) -> Vec<Written> {
    let text = |words: &str| Written::Text(for_cell(words), looks.text);
    let place_look = if target(&finding.place).is_some() { looks.link } else { looks.text };
    let message = match remarks.of_findings.get(&index) {
        Some(remark) => format!("{} {remark}", finding.message),
        None => finding.message.clone(),
    };
    let difference = match finding.difference {
        Some(Difference::Money(money)) => Written::Number(money.plain(), looks.money),
        Some(Difference::Count(count)) => Written::Number(count.to_string(), looks.number),
        None => text(""),
    };
    vec![
        Written::Number((index + 1).to_string(), looks.order),
        Written::Text(severity(finding.weight()).to_owned(), severity_look),
        Written::Text(for_cell(&place(&finding.place)), place_look),
        text(&message),
        text(finding.expected.as_deref().unwrap_or_default()),
        text(finding.actual.as_deref().unwrap_or_default()),
        difference,
        text(&could_be(finding)),
        text(&capitalised(&finding.fix)),
        text(&finding.code),
    ]
}

/// Where a finding is, for its reader.
fn place(place: &Place) -> String {
    match (&place.sheet, place.area) {
        (None, _) => "The workbook as a whole".to_owned(),
        (Some(sheet), None) => format!("{sheet}, as a whole"),
        (Some(_), Some(_)) => place.in_workbook(),
    }
}

/// Where a link to a finding leads, as Excel writes it: `'Old spend'!F14`; the sheet's first cell where it has no cell.
fn target(place: &Place) -> Option<String> {
    let sheet = place.sheet.as_ref()?.replace('\'', "''");
    let cells = place.area.map_or_else(|| "A1".to_owned(), |area| area.to_string());
    Some(format!("'{sheet}'!{cells}"))
}

/// A cell of the list, with its style.
enum Written {
    Text(String, usize),
    /// A number by its digits.
    Number(String, usize),
}

#[derive(Default)]
struct Rows {
    written: String,
    count: usize,
}

impl Rows {
    /// The number of the next row, from 1.
    fn next(&self) -> usize {
        self.count + 1
    }

    /// The first row, whose letters are larger.
    fn title(&mut self, words: &str, look: usize) {
        self.row(vec![Written::Text(for_cell(words), look)], TITLE_HEIGHT);
    }

    /// A row with a text in its first cell, which goes on over the empty cells beside it.
    fn line(&mut self, words: &str, look: usize) {
        self.row(vec![Written::Text(for_cell(words), look)], height::of_lines(1));
    }

    fn lines(&mut self, words: Option<&str>, look: usize) {
        words.into_iter().for_each(|words| self.line(words, look));
    }

    /// A row as high as its texts, which are broken into lines.
    fn cells(&mut self, cells: Vec<Written>) {
        let lines = cells.iter().zip(COLUMNS).map(|(cell, (_, width))| match cell {
            Written::Text(text, _) => height::lines(text, width),
            Written::Number(..) => 1,
        });
        let height = height::of_lines(lines.max().unwrap_or(1));
        self.row(cells, height);
    }

    fn row(&mut self, cells: Vec<Written>, height: f64) {
        self.count += 1;
        let row = self.count;
        self.written.push_str(&format!("<row r=\"{row}\" ht=\"{height}\" customHeight=\"1\">"));
        for (column, cell) in (0..).zip(cells) {
            let place = column_letters(column);
            self.written.push_str(&match cell {
                Written::Text(text, look) if text.is_empty() => format!("<c r=\"{place}{row}\" s=\"{look}\"/>"),
                Written::Text(text, look) => format!(
                    "<c r=\"{place}{row}\" s=\"{look}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
                    written(&text)
                ),
                Written::Number(digits, look) => format!("<c r=\"{place}{row}\" s=\"{look}\"><v>{digits}</v></c>"),
            });
        }
        self.written.push_str("</row>");
    }
}

#[cfg(test)]
mod tests {
    use super::super::styles::NO_STYLES;
    use super::*;
    use crate::export::sample_report::many;

    #[test]
    fn of_very_many_findings_the_first_are_listed() {
        let report = many(5_001);
        let findings: Vec<&Finding> = report.findings.iter().collect();
        let face = MarkedFace {
            workbook: "April.xlsx".into(),
            partnership: "Sample".into(),
            period: "April 2022".into(),
            notice: None,
        };
        let list = |findings: &[&Finding]| {
            let mut styles = Styles::read(NO_STYLES.to_owned(), "xl/styles.xml").unwrap();
            list_sheet(findings, &face, &Remarks::default(), &mut styles, "urn:x")
        };
        let bounded = list(&findings[1..10_002]);
        assert!(
            bounded
                .part
                .contains("10,000 of 10,001 findings are listed, errors first of all. findings.json has all of them.")
        );
        assert_eq!(bounded.last_row - bounded.heading_row, 10_000);
        assert_eq!(bounded.part.matches("<hyperlink ").count(), 10_000);
        // Near miss: one fewer is the whole list.
        let whole = list(&findings[1..10_001]);
        assert!(!whole.part.contains("findings are listed") && whole.last_row - whole.heading_row == 10_000);
    }
}
