//! What a blank workbook is to hold: which sheets, and which tables on each.

use chrono::NaiveDate;

use super::TemplateError;
use super::form::FormPlan;
use super::names;
use super::rows::RowsPlan;
use crate::model::{Month, capitalised, likely_match, listed, name_key};
use crate::schema::{Frequency, Layout, Pack, SheetChoice, TablePlace, TableSchema, Window, WorkbookKind, Year};

/// The year, and where it is given the month, for which a workbook is to be filled in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span<'p> {
    pub year: &'p Year,
    pub month: Option<Month>,
}

impl Span<'_> {
    /// The month that is given; else all of the year, in their order.
    pub fn months(&self) -> Vec<Month> {
        self.month.map_or_else(|| self.months_of_year(), |month| vec![month])
    }

    /// All months of the year, in their order.
    pub fn months_of_year(&self) -> Vec<Month> {
        self.year.period(Month::of(self.year.end)).months()
    }

    /// The first and the last day that a window leaves; none where it leaves any. Of a month that is not known, those of the year.
    pub fn days(&self, window: Window) -> Option<(NaiveDate, NaiveDate)> {
        match (window, self.month) {
            (Window::None, _) => None,
            (Window::Month, Some(month)) => Some((month.first_day(), month.last_day())),
            (Window::Month | Window::Year, _) => Some((self.year.start, self.year.end)),
        }
    }
}

/// A workbook that is to be made.
pub(super) struct Plan<'p> {
    /// What it is called: `Monthly return`.
    pub title: String,
    /// The kind of workbook that it is, or that its table belongs to; none of a table that no workbook has.
    pub kind: Option<&'p WorkbookKind>,
    /// Its sheets, in their order.
    pub sheets: Vec<SheetPlan<'p>>,
    /// The sheets that a workbook of the kind must have as well, where one table alone was asked for.
    pub others: Vec<String>,
    /// The tables of the kind that cannot be made, each by its sheet, and why, as it follows “because”.
    pub left_out: Vec<(String, String)>,
}

impl Plan<'_> {
    /// The year and the month by which a workbook of its kind is told from others: one that comes once a year has no month,
    /// though its dates may.
    pub fn told<'p>(&self, span: Span<'p>) -> Span<'p> {
        let is_monthly = self.kind.is_some_and(|kind| kind.frequency == Frequency::Monthly);
        let tells_month = self.kind.is_some_and(|kind| kind.files.groups().any(|group| group == names::MONTH));
        Span { month: span.month.filter(|_| is_monthly || tells_month), ..span }
    }
}

impl Plan<'_> {
    /// That sheets are left out, each in a sentence for the officer.
    pub fn without(&self) -> Vec<String> {
        let each = self.left_out.iter().map(|(sheet, why)| {
            format!("The sheet {sheet} is not in it, because {why}: copy it from a workbook that was filled in before.")
        });
        each.collect()
    }
}

/// A sheet that is to be made.
pub(super) struct SheetPlan<'p> {
    pub name: String,
    /// From the top down.
    pub tables: Vec<TablePlan<'p>>,
    /// Whether the workbook must have it.
    pub is_required: bool,
}

/// A table that is to be made.
pub(super) struct TablePlan<'p> {
    pub schema: &'p TableSchema,
    pub shape: Shape,
}

/// How a table lies on its sheet.
pub(super) enum Shape {
    Rows(RowsPlan),
    Form(FormPlan),
}

/// What is to be made by a name: of a kind of workbook, or of a table.
pub(super) fn plan<'p>(
    pack: &'p Pack,
    name: &str,
    span: &Span<'p>,
    entry_rows: u32,
) -> Result<Plan<'p>, TemplateError> {
    let key = name_key(name);
    let kinds = &pack.partnership.workbooks;
    let planned = |places: &[&'p TablePlace], kind: &'p WorkbookKind| sheets(pack, places, kind, span, entry_rows);
    let by_name = || kinds.iter().find(|kind| name_key(&kind.name) == key);
    let by_title = || kinds.iter().find(|kind| name_key(kind.called()) == key);
    if let Some(kind) = by_name().or_else(by_title) {
        let places: Vec<&TablePlace> = kind.tables.iter().collect();
        let (sheets, left_out) = planned(&places, kind)?;
        return Ok(Plan { title: capitalised(kind.called()), kind: Some(kind), sheets, others: Vec::new(), left_out });
    }
    let table = pack.tables.values().find(|schema| name_key(&schema.name) == key);
    let table = table.or_else(|| pack.tables.values().find(|schema| name_key(schema.called()) == key));
    let Some(schema) = table else { return Err(unknown(pack, name)) };
    let is_its = |place: &&TablePlace| *place.table == *schema.name;
    let kind = kinds.iter().find(|kind| kind.tables.iter().any(|place| is_its(&place)));
    let title = schema.called().to_owned();
    match kind {
        Some(kind) => {
            let places: Vec<&TablePlace> = kind.tables.iter().filter(is_its).collect();
            let others = kind.tables.iter().filter(|place| !is_its(place) && place.required);
            let others = others.map(|place| place.sheet.to_string()).collect();
            let (sheets, left_out) = planned(&places, kind)?;
            Ok(Plan { title, kind: Some(kind), sheets, others, left_out })
        }
        None => {
            let shape = shape(pack, schema, &[], span, None, entry_rows).map_err(|why| cannot(schema, why))?;
            let name: String = title.chars().filter(|sign| !"[]:*?/\\'".contains(*sign)).take(31).collect();
            let tables = vec![TablePlan { schema, shape }];
            Ok(Plan {
                title,
                kind: None,
                sheets: vec![SheetPlan { name, tables, is_required: true }],
                others: Vec::new(),
                left_out: Vec::new(),
            })
        }
    }
}

/// Sheets that can be made, and the tables that cannot, each by its sheet and with the reason.
type Sheets<'p> = (Vec<SheetPlan<'p>>, Vec<(String, String)>);

/// The sheets of some places of a workbook. It is enough if one of its tables can be made.
fn sheets<'p>(
    pack: &'p Pack,
    places: &[&'p TablePlace],
    kind: &'p WorkbookKind,
    span: &Span<'p>,
    entry_rows: u32,
) -> Result<Sheets<'p>, TemplateError> {
    let mut sheets: Vec<SheetPlan<'p>> = Vec::new();
    let mut left_out = Vec::new();
    let mut first = None;
    for place in places {
        let Some(schema) = pack.tables.get(place.table.as_str()) else { continue };
        let planned = names::sheets(&place.sheet, schema, span).and_then(|named| {
            let shaped = named.into_iter().map(|named| {
                let shape = shape(pack, schema, &named.gives, span, Some(kind), entry_rows)?;
                Ok((named.name, TablePlan { schema, shape }))
            });
            shaped.collect::<Result<Vec<_>, String>>()
        });
        let tables = match planned {
            Ok(tables) => tables,
            Err(why) => {
                first.get_or_insert_with(|| cannot(schema, why.clone()));
                left_out.push((place.sheet.to_string(), why));
                continue;
            }
        };
        for (name, table) in tables {
            match sheets.iter_mut().find(|sheet| name_key(&sheet.name) == name_key(&name)) {
                Some(sheet) => sheet.tables.push(table),
                None => sheets.push(SheetPlan { name, tables: vec![table], is_required: place.required }),
            }
        }
    }
    match first {
        Some(why) if sheets.is_empty() => Err(why),
        _ => Ok((sheets, left_out)),
    }
}

/// How a table is laid out, but for the fields that its sheet's name gives.
fn shape(
    pack: &Pack,
    schema: &TableSchema,
    given: &[usize],
    span: &Span<'_>,
    kind: Option<&WorkbookKind>,
    entry_rows: u32,
) -> Result<Shape, String> {
    match schema.crosscast.layout {
        Layout::Rows => {
            let rows = RowsPlan::of(schema, given, span, entry_rows)?;
            // Differences have signs and causes of their own: their sum says nothing.
            let is_of_differences = kind.is_some_and(|kind| kind.explanations);
            Ok(Shape::Rows(if is_of_differences { rows.without_totals() } else { rows }))
        }
        Layout::Form => FormPlan::of(schema, given, span, kind, pack).map(Shape::Form),
        Layout::Crosstab => {
            Err("which headings go across, and which rows its sections have, is not in the pack".to_owned())
        }
        Layout::Blocks => Err("the lines with which its blocks begin are not in the pack".to_owned()),
    }
}

fn cannot(schema: &TableSchema, why: String) -> TemplateError {
    TemplateError::CannotBeMade { table: schema.called().to_owned(), why }
}

/// That a name is not known, and which there are: the nearest first.
fn unknown(pack: &Pack, name: &str) -> TemplateError {
    let kinds: Vec<&str> = pack.partnership.workbooks.iter().map(|kind| kind.name.as_str()).collect();
    let tables: Vec<&str> = pack.tables.keys().map(|table| &**table).filter(|table| !kinds.contains(table)).collect();
    let nearest = likely_match(name, kinds.iter().chain(&tables).copied());
    let nearest = nearest.map(|nearest| format!(" Did you mean {nearest}?")).unwrap_or_default();
    let mut all = format!("{nearest} The workbooks of the pack are {}", listed(&kinds, "and"));
    if !tables.is_empty() {
        let are = if tables.len() == 1 { "a further table is" } else { "further tables are" };
        all.push_str(&format!("; {are} {}", listed(&tables, "and")));
    }
    TemplateError::Unknown { name: name.to_owned(), known: all }
}

/// The choices of sheets that a workbook makes, by which further sheets must not be claimed.
pub(super) fn choices<'p>(plan: &Plan<'p>) -> Vec<&'p SheetChoice> {
    plan.kind.iter().flat_map(|kind| kind.tables.iter().map(|place| &place.sheet)).collect()
}
