//! A table with a row of headings and rows to fill in, and the totals below or above them.

use rust_xlsxwriter::{ColNum, RowNum, XlsxError};

use super::anchors::Anchors;
use super::example::example;
use super::page::{Fixed, Page};
use super::plan::Span;
use super::rule;
use crate::export::workbook::height;
use crate::model::{Position, column_letters};
use crate::schema::{Field, FieldKind, StatedAt, TableSchema, Treatment, Window};

/// A table that is to be made.
pub(super) struct RowsPlan {
    /// The field of each column by its place in the schema, and its headings from the top down.
    columns: Vec<(usize, Vec<String>)>,
    /// How many rows there are to fill in.
    rows: u32,
    /// The column of which each row has its value already, and these.
    fixed: Option<(usize, Vec<Fixed>)>,
    totals: Option<Totals>,
    anchors: Anchors,
}

/// The row of totals.
struct Totals {
    /// Its label, and the column in which it stands.
    label: String,
    label_column: usize,
    /// The columns that are added.
    columns: Vec<usize>,
    is_above: bool,
}

impl RowsPlan {
    /// The plan of a table, but for the fields that are given by the sheet's name.
    ///
    /// # Errors
    /// Why it cannot be made.
    pub fn of(schema: &TableSchema, given: &[usize], span: &Span<'_>, entry_rows: u32) -> Result<Self, String> {
        let words = &schema.crosscast.rows;
        if let Some(section) = words.sections.first() {
            return Err(format!("the rows that say the {} of those below them are not in the pack", section.field));
        }
        let has_column = |index: &usize| !given.contains(index);
        let columns = (0..schema.fields.len()).filter(has_column);
        let columns: Vec<(usize, Vec<String>)> = columns
            .map(|index| Ok((index, headings(&schema.fields[index], schema)?)))
            .collect::<Result<_, String>>()?;
        let fixed = fixed(schema, &columns, span);
        let rows = fixed.as_ref().map_or(entry_rows, |(_, values)| u32::try_from(values.len()).unwrap_or(entry_rows));
        let totals = totals(schema, &columns);
        let mut anchors = Anchors::of(schema)?;
        if let Some(end) = words.end.as_ref().and_then(|end| end.pattern.as_ref()) {
            let mark = example(end, 1, &|_| None).ok_or("the text at its end is known by its pattern alone")?;
            anchors.below.push(mark);
        }
        Ok(Self { columns, rows, fixed, totals, anchors })
    }

    /// The same table without a row of totals.
    pub fn without_totals(self) -> Self {
        Self { totals: None, ..self }
    }

    /// Writes the table from the page's next row on, and gives the first row that is filled in.
    pub fn write(&self, schema: &TableSchema, page: &mut Page<'_, '_>) -> Result<RowNum, XlsxError> {
        self.anchors.write_above(page)?;
        let first_heading = page.row;
        self.write_headings(schema, page)?;
        let is_above = self.totals.as_ref().is_some_and(|totals| totals.is_above);
        let first = page.row + u32::from(is_above);
        let last = first + self.rows - 1;
        let total_row = if is_above { page.row } else { last + 1 };
        self.write_entries(schema, page, (first, last))?;
        page.row = last + 1;
        if let Some(totals) = &self.totals {
            self.write_totals(totals, schema, page, total_row, (first, last))?;
            page.row += u32::from(!is_above);
        }
        let right = self.columns.len().saturating_sub(1);
        self.anchors.write_below(page, first_heading, self.column(right))?;
        Ok(first)
    }

    /// The fields that have a column, by their places in the schema.
    pub fn fields(&self) -> Vec<usize> {
        self.columns.iter().map(|(field, _)| *field).collect()
    }

    /// The column of the sheet in which one of the table stands.
    fn column(&self, index: usize) -> ColNum {
        self.anchors.first_column.saturating_add(ColNum::try_from(index).unwrap_or(ColNum::MAX))
    }

    fn write_headings(&self, schema: &TableSchema, page: &mut Page<'_, '_>) -> Result<(), XlsxError> {
        let options = &schema.crosscast.headings;
        for level in 0..options.rows.get() as usize {
            let mut high = 1;
            for (index, (field, headings)) in self.columns.iter().enumerate() {
                let field = &schema.fields[*field];
                let format = page.making.styles.heading_of(field);
                let text = headings.get(level).map(String::as_str).unwrap_or_default();
                page.widen_for(self.column(index), field, schema)?;
                high = high.max(height::lines_of_heading(text, super::style::width(field, None)));
                match text {
                    "" => page.worksheet.write_blank(page.row, self.column(index), &format)?,
                    text => page.worksheet.write_string_with_format(page.row, self.column(index), text, &format)?,
                };
            }
            page.worksheet.set_row_height(page.row, height::of_lines(high) + 4.0)?;
            page.row += 1;
        }
        for level in 0..options.skip_rows {
            for (index, (field, _)) in self.columns.iter().enumerate() {
                let text = if level == 0 { unit(&schema.fields[*field]) } else { "" };
                page.worksheet.write_string_with_format(
                    page.row,
                    self.column(index),
                    text,
                    &page.making.styles.unit,
                )?;
            }
            page.row += 1;
        }
        Ok(())
    }

    fn write_entries(
        &self,
        schema: &TableSchema,
        page: &mut Page<'_, '_>,
        (first, last): (RowNum, RowNum),
    ) -> Result<(), XlsxError> {
        for (index, (field, _)) in self.columns.iter().enumerate() {
            let field = &schema.fields[*field];
            let fixed = self.fixed.as_ref().filter(|(column, _)| *column == index).map(|(_, values)| values);
            for row in first..=last {
                let value = fixed.and_then(|values| values.get((row - first) as usize));
                page.entry((row, self.column(index)), field, schema, value)?;
            }
            page.rule((first, last), self.column(index), field, schema, self.unique(field, schema, (first, last)))?;
        }
        Ok(())
    }

    /// The condition that the keys of which a field is the last put on an entry; none where it is the last of none, or where
    /// a part of the key has no column.
    fn unique(&self, field: &Field, schema: &TableSchema, (first, last): (RowNum, RowNum)) -> Option<String> {
        let keys = schema.keys();
        let key = keys.iter().find(|key| key.last() == Some(&field.name.as_str()))?;
        let column_of = |name: &&str| {
            let index = self.columns.iter().position(|(index, _)| schema.fields[*index].name == *name)?;
            let letters = column_letters(u32::from(self.column(index)));
            Some((format!("{letters}{}", first + 1), format!("{letters}${}:{letters}${}", first + 1, last + 1)))
        };
        rule::once(&key.iter().map(column_of).collect::<Option<Vec<_>>>()?)
    }

    fn write_totals(
        &self,
        totals: &Totals,
        schema: &TableSchema,
        page: &mut Page<'_, '_>,
        row: RowNum,
        (first, last): (RowNum, RowNum),
    ) -> Result<(), XlsxError> {
        for (index, (field, _)) in self.columns.iter().enumerate() {
            let column = self.column(index);
            if totals.columns.contains(&index) {
                let top = Position::new(first, u32::from(column));
                let foot = Position::new(last, u32::from(column));
                page.sum((row, column), &format!("=SUM({top}:{foot})"), &schema.fields[*field], schema)?;
            } else if index == totals.label_column && !totals.label.is_empty() {
                let format = page.making.styles.beside_total();
                page.worksheet.write_string_with_format(row, column, &totals.label, &format)?;
            } else {
                page.worksheet.write_blank(row, column, &page.making.styles.beside_total())?;
            }
        }
        Ok(())
    }
}

/// The headings of a field's column from the top down, one for each row of headings.
fn headings(field: &Field, schema: &TableSchema) -> Result<Vec<String>, String> {
    let rows = schema.crosscast.headings.rows.get() as usize;
    let known = match (&field.crosscast.heading, field.crosscast.path.as_slice()) {
        (Some(pattern), _) if !pattern.is_match(field.heading()) => {
            let made = example(pattern, 1, &|_| None);
            vec![made.ok_or_else(|| format!("the heading of {} is known by its pattern alone", field.name))?]
        }
        (None, path) if !path.is_empty() => path.to_vec(),
        _ => vec![field.heading().to_owned()],
    };
    if known.len() > rows {
        return Err(format!("the headings of {} stand on more rows than the table has", field.name));
    }
    // A heading on one row stands in the lowest.
    Ok(vec![String::new(); rows - known.len()].into_iter().chain(known).collect())
}

/// The column that tells the rows apart and whose values the pack knows, and these: the months of the year, or a list.
fn fixed(schema: &TableSchema, columns: &[(usize, Vec<String>)], span: &Span<'_>) -> Option<(usize, Vec<Fixed>)> {
    let keys: Vec<&str> = schema.primary_key.iter().collect();
    let of_measures = schema.crosscast.over_time.as_ref().map(|over_time| over_time.key.as_str());
    let key = of_measures.or(if let [only] = keys[..] { Some(only) } else { None })?;
    let index = columns.iter().position(|(field, _)| schema.fields[*field].name == key)?;
    let field = &schema.fields[columns[index].0];
    let values: Vec<Fixed> = match field.kind() {
        FieldKind::Month if field.crosscast.window == Window::Year => {
            span.months_of_year().into_iter().map(Fixed::Month).collect()
        }
        FieldKind::Text => field.constraints.allowed.iter().cloned().map(Fixed::Text).collect(),
        _ => Vec::new(),
    };
    (!values.is_empty()).then_some((index, values))
}

/// The row of totals, if the table can have one: amounts are added, and counts that are neither keys nor of several kinds.
fn totals(schema: &TableSchema, columns: &[(usize, Vec<String>)]) -> Option<Totals> {
    let words = &schema.crosscast.rows;
    let (at, treatment) = words.totals.as_ref().map(|totals| (totals.at, totals.treatment)).unwrap_or_default();
    let ends_at_gap = words.end.as_ref().is_some_and(|end| end.blank_rows.is_some());
    if treatment != Treatment::Check || (ends_at_gap && at == StatedAt::Below) {
        return None;
    }
    let keys = schema.keys();
    let is_added = |field: &Field| {
        let is_key = keys.iter().any(|key| key.contains(&field.name.as_str()));
        let is_mixed = schema.crosscast.over_time.is_some() || field.crosscast.unit_in.is_some();
        let is_figure = field.kind().figures().is_some() && !is_key;
        is_figure && (field.kind() == FieldKind::Money || !is_mixed)
    };
    let added = columns.iter().enumerate().filter(|(_, (field, _))| is_added(&schema.fields[*field]));
    let added: Vec<usize> = added.map(|(index, _)| index).collect();
    let first = *added.first()?;
    let label_column = first.checked_sub(1)?;
    let label = label(schema)?;
    Some(Totals { label, label_column, columns: added, is_above: at == StatedAt::Above })
}

/// The label by which the row of totals is known.
fn label(schema: &TableSchema) -> Option<String> {
    let pattern = schema.crosscast.rows.totals.as_ref().map(|totals| &totals.pattern);
    let made = pattern.and_then(|pattern| example(pattern, 1, &|_| None));
    let plain = ["Total", "Grand total", "Totals"].into_iter().map(str::to_owned);
    plain.chain(made).find(|label| schema.is_total_label(label))
}

/// What the figures of a column are, in the row below the headings.
fn unit(field: &Field) -> &'static str {
    match field.kind() {
        FieldKind::Money => "£",
        FieldKind::Percentage => "%",
        FieldKind::Integer | FieldKind::Number => "number",
        FieldKind::Date => "dd/mm/yyyy",
        FieldKind::Month => "month",
        FieldKind::Boolean => "yes or no",
        FieldKind::Text => "text",
    }
}
