//! By what a table is found on its sheet, where its headings alone do not tell it.

use rust_xlsxwriter::{ColNum, RowNum, XlsxError};

use super::example::example;
use super::page::Page;
use crate::model::{Position, column_letters};
use crate::schema::{LabelPattern, TableSchema};

/// Where a table stands, and the texts above and below it that tell where it is.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    /// The zero-based first column.
    pub first_column: ColNum,
    /// The row above which it does not begin.
    first_row: RowNum,
    above: Option<String>,
    /// Texts below it.
    pub below: Vec<String>,
    /// The defined name of its cells.
    name: Option<String>,
}

impl Anchors {
    /// What the pack locates a table by.
    ///
    /// # Errors
    /// Why it cannot be made so that it is found.
    pub fn of(schema: &TableSchema) -> Result<Self, String> {
        let locate = &schema.crosscast.locate;
        if let Some(table) = &locate.table {
            return Err(format!("it is looked for in the Excel table {table}, which cannot grow on a protected sheet"));
        }
        if locate.nth.is_some_and(|nth| nth.get() > 1) {
            return Err("it is one of several tables with the same headings".to_owned());
        }
        let text = |pattern: &LabelPattern| {
            let title = Some(schema.called().to_owned()).filter(|title| pattern.is_match(title));
            let made = title.or_else(|| example(pattern, 1, &|_| None));
            made.ok_or_else(|| "the text that it is looked for by is known by its pattern alone".to_owned())
        };
        let mut anchors = Self {
            above: locate.after.as_ref().map(text).transpose()?,
            below: locate.before.as_ref().map(text).transpose()?.into_iter().collect(),
            name: locate.name.clone(),
            ..Self::default()
        };
        if let Some(range) = &locate.range {
            let first = first_cell(range).ok_or_else(|| format!("its place, {range}, is none of cells"))?;
            anchors.first_column = ColNum::try_from(first.column).unwrap_or_default();
            anchors.first_row = first.row;
        }
        Ok(anchors)
    }

    /// Goes down to where the table may begin, and writes what stands above it.
    pub fn write_above(&self, page: &mut Page<'_, '_>) -> Result<(), XlsxError> {
        if let Some(text) = &self.above {
            page.worksheet.write_string_with_format(page.row, self.first_column, text, &page.making.styles.section)?;
            page.row += 1;
        }
        page.row = page.row.max(self.first_row);
        Ok(())
    }

    /// Writes what stands below the table, which lies between its first row and the page's next, and names its cells.
    pub fn write_below(&self, page: &mut Page<'_, '_>, first: RowNum, right: ColNum) -> Result<(), XlsxError> {
        if let Some(name) = &self.name {
            let left = column_letters(u32::from(self.first_column));
            let right = column_letters(u32::from(right));
            let sheet = page.worksheet.name().replace('\'', "''");
            page.names.push((name.clone(), format!("='{sheet}'!${left}${}:${right}${}", first + 1, page.row)));
        }
        for text in &self.below {
            page.row += 1;
            page.worksheet.write_string_with_format(page.row, self.first_column, text, &page.making.styles.line)?;
            page.row += 1;
        }
        Ok(())
    }
}

/// The first cell of a range such as `B5:H40`, `B:H` or `5:40`.
fn first_cell(range: &str) -> Option<Position> {
    let range = range.replace('$', "");
    let first = range.split(':').next()?.trim();
    let tries = [first.to_owned(), format!("{first}1"), format!("A{first}")];
    tries.iter().find_map(|text| text.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_cells_of_ranges() {
        let of = |range: &str| first_cell(range).map(|cell| cell.to_string());
        assert_eq!(of("B5:H40").as_deref(), Some("B5"));
        assert_eq!(of("$B:$H").as_deref(), Some("B1"));
        assert_eq!(of("5:40").as_deref(), Some("A5"));
        assert_eq!(of("").as_deref(), None);
    }
}
