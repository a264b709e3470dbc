//! The examples of layouts on the page of keys: what they say is read is read. Survey: headings on several rows, section rows,
//! subtotal rows, total at foot; label-and-value forms; years, quarters or halves across; the same small block repeated.

use crate::support::pack;
use crate::{findings, read_by};

const PAGE: &str = include_str!("../../schemas/editor/keys.md");

/// An example of the page.
struct Example {
    /// The name of the sheet.
    sheet: String,
    /// The sheet, as the tests write workbooks.
    workbook: String,
    /// The file of the table.
    schema: String,
    /// The fields, and the values of each record with their cells.
    records: Vec<Vec<String>>,
}

/// The text of the first fenced block with that language, what follows the language, and what stands behind the block.
fn block<'t>(text: &'t str, language: &str) -> Option<(&'t str, &'t str, &'t str)> {
    let (_, rest) = text.split_once(&format!("\n```{language}"))?;
    let (info, rest) = rest.split_once('\n')?;
    let (body, rest) = rest.split_once("```")?;
    Some((info.trim(), body, rest))
}

fn cells(line: &str) -> Vec<String> {
    line.split('|').map(|cell| cell.trim().to_owned()).collect()
}

/// A row with its days and months, which the page has as people write them, as the tests write theirs.
fn as_tests_write(row: &str) -> String {
    let day = regex::Regex::new(r"(\d\d)/(\d\d)/(\d{4})").unwrap();
    day.replace_all(row, "$3-$2-$1").replace("April 2022", "2022-04").replace("May 2022", "2022-05")
}

fn examples() -> Vec<Example> {
    let sections = PAGE.split("\n### ").filter(|section| section.starts_with("Layout "));
    let example = |section: &str| {
        let (sheet, cells_of_sheet, rest) = block(section, "text").unwrap();
        let (_, schema, rest) = block(rest, "yaml").unwrap();
        let (_, records, _) = block(rest, "text records").unwrap();
        // Without the letters of the columns and the numbers of the rows.
        let rows = cells_of_sheet.lines().skip(1).map(|line| line.split_once('|').unwrap().1);
        Example {
            sheet: sheet.to_owned(),
            workbook: format!("# {sheet}\n{}", rows.map(as_tests_write).collect::<Vec<_>>().join("\n")),
            schema: schema.to_owned(),
            records: records.lines().map(cells).collect(),
        }
    };
    sections.map(example).collect()
}

#[test]
fn what_the_page_says_is_read_is_read() {
    let examples = examples();
    assert_eq!(examples.len(), 4);
    for Example { sheet, workbook, schema, records } in &examples {
        let tables = [("example", sheet.as_str(), schema.as_str())];
        let read = read_by(&tables, workbook);
        let fields = &pack(&tables).tables["example"].fields;
        let mut found = vec![fields.iter().map(|field| field.name.clone()).collect::<Vec<_>>()];
        // Of blocks each is a table.
        let rows = read.tables.iter().flat_map(|table| &table.rows);
        found.extend(rows.map(|row| {
            row.cells.iter().map(|cell| format!("{} {}", cell.raw.shown(), cell.position)).collect::<Vec<_>>()
        }));
        assert_eq!(&found, records, "{sheet}");
        assert_eq!(findings(&tables, workbook), [""; 0], "{sheet}");
    }
}

#[test]
fn a_sum_of_an_example_that_is_wrong_is_found_at_its_cell() {
    let examples = examples();
    for (index, from, to, cell) in
        [(0, "| £661.44", "| £661.45", "D8"), (0, "| £711.44", "| £711.45", "D12"), (2, "| £250.00", "| £251.00", "E2")]
    {
        let Example { sheet, workbook, schema, .. } = &examples[index];
        let changed = workbook.replacen(from, to, 1);
        assert_ne!(workbook, &changed);
        let found = findings(&[("example", sheet, schema)], &changed);
        assert!(found.len() == 1 && found[0].contains(&format!(" {cell}: ")), "{from}: {found:#?}");
    }
}
