//! The draft of a table of rows, or of a crosstab.

use std::collections::BTreeSet;
use std::num::NonZeroU32;

use super::across::{GoesAcross, goes_across};
use super::building::{Building, label_pattern};
use super::ending::{Ending, is_sum, pattern_of};
use super::field::{Seen, field};
use super::form_draft::complete_yes_and_no;
use super::groups::{Found, Group, Sample};
use super::period::PeriodKind;
use super::pounds::{pounds_near, take_pounds};
use super::shape::{Headed, Shape};
use super::study::Study;
use super::{Note, ReadDay, shorthand};
use crate::model::{Area, GridCell, Position, RawValue, name_key};
use crate::schema::{
    Across, CheckOptions, End, Field, FieldType, HeadingFill, HeadingOptions, LabelPattern, Layout, Section, StatedAt,
    StatedColumns, StatedRows, Treatment,
};

/// A field is filled down when so many in ten of its cells hold something, at most.
const FILLED_DOWN: usize = 6;

/// A column of the table in each of the tables that are one.
struct Joined<'g> {
    headed: &'g Headed,
    /// Other headings under which tables have it that have no column with its own.
    aliases: Vec<&'g str>,
    /// The table's place among the samples, and the column there.
    columns: Vec<(usize, u32)>,
}

impl Joined<'_> {
    /// Whether a column of another table could be this one under a heading that is written otherwise: `Amount (£)` and
    /// `Amount`. The other table must have no column with this heading.
    fn could_be(&self, headed: &Headed, table: &Shaped<'_, '_>) -> bool {
        let is_plain = headed.path.len() == 1 && self.headed.path.len() == 1;
        let named = super::names::snake_case(headed.lowest());
        is_plain
            && !named.is_empty()
            && named == super::names::snake_case(self.headed.lowest())
            && !table.shape.columns.iter().any(|other| other.key() == self.headed.key())
            && !self.columns.iter().any(|(index, _)| *index == table.index)
    }
}

/// A table with its shape.
struct Shaped<'g, 'a> {
    index: usize,
    sample: &'g Sample<'a>,
    shape: &'g Shape,
    /// Rows that are records and no filler.
    records: Vec<u32>,
    across: Option<GoesAcross>,
}

/// Makes the schema of a table of the columns that were found in any of the workbooks.
pub(super) fn build(building: &mut Building, group: &Group<'_>, read_day: ReadDay) {
    let mut tables: Vec<Shaped<'_, '_>> = Vec::new();
    for (index, sample) in group.samples.iter().enumerate() {
        let Found::Rows(shape) = &sample.found else { continue };
        let records = shape.records.iter().copied().filter(|row| !is_filler(sample, shape, *row)).collect();
        tables.push(Shaped { index, sample, shape, records, across: goes_across(sample.grid, shape) });
    }
    let is_across = tables.first().is_some_and(|table| table.across.is_some());
    if is_across {
        tables.retain(|table| table.across.is_some());
    }
    let Some(first) = tables.first() else { return };
    say_headings(building, first);
    say_rows(building, &tables);
    let joined = joined(&tables);
    let filled_down = filled_down(&tables, &joined);
    let (mut studies, mut added): (Vec<Study>, Vec<(usize, usize)>) = (Vec::new(), Vec::new());
    for (place, column) in joined.iter().enumerate() {
        let is_filled_down = filled_down && place == 0;
        let study = study(&tables, column, group, read_day);
        let index = add(building, &tables, column, &joined, &study, is_filled_down);
        building.count_days(index, &study);
        studies.push(study);
        added.push((index, place));
    }
    if filled_down && let Some((index, _)) = added.first() {
        let name = building.schema.fields[*index].name.clone();
        building.schema.crosscast.rows.fill_down = vec![name];
        let text = format!("given in {} of {} rows", studies[0].filled(), studies[0].records);
        building.note(Note::new("crosscast.rows.fill_down", text).at([area_of(first, joined[0].headed.column)]));
    }
    require(building, &tables, &added, &joined);
    if let Some(across) = &first.across {
        say_across(building, first, across, &tables, group, read_day);
    } else if !filled_down {
        let seen: Vec<(usize, Seen<'_>)> = added
            .iter()
            .map(|(index, place)| (*index, seen(&studies[*place], &joined[*place], first, false)))
            .collect();
        building.choose_key(&seen);
    }
}

/// A cell's name in a note: of another table than the first, with its sheet and workbook.
pub(super) fn named(index: usize, at: Position, group: &Group<'_>) -> String {
    let (first, sample) = (&group.samples[0], &group.samples[index]);
    match (first.source == sample.source, first.sheet == sample.sheet) {
        (true, true) => at.to_string(),
        (true, false) => format!("{}!{at}", sample.sheet),
        (false, _) => format!("{}!{at} of {}", sample.sheet, sample.shown),
    }
}

/// The cells of the records in a column of the first table.
fn area_of(table: &Shaped<'_, '_>, column: u32) -> String {
    let (first, last) = (table.shape.records.first(), table.shape.records.last());
    match first.zip(last) {
        Some((first, last)) => Area::new(Position::new(*first, column), Position::new(*last, column)).to_string(),
        None => Position::new(table.shape.heading_row, column).to_string(),
    }
}

/// Whether a row is the template's and was never filled in: it asks for a choice, or has nothing but noughts.
fn is_filler(sample: &Sample<'_>, shape: &Shape, row: u32) -> bool {
    let cells: Vec<&GridCell> = shape
        .columns
        .iter()
        .filter_map(|headed| sample.grid.cell(Position::new(row, headed.column)))
        .filter(|cell| cell.is_filled())
        .collect();
    let asks = |cell: &&GridCell| matches!(&cell.raw, RawValue::Text(text) if shorthand::asks_for_a_choice(text));
    let is_nought = |cell: &&GridCell| matches!(cell.raw, RawValue::Number(number) if number == 0.0);
    let comes_to_nothing = |cell: &&GridCell| is_nought(cell) && cell.formula.is_some();
    cells.iter().any(asks) || (!cells.is_empty() && cells.iter().all(comes_to_nothing))
}

/// The columns that are no values across, in the order in which they were first met.
fn joined<'g>(tables: &'g [Shaped<'g, '_>]) -> Vec<Joined<'g>> {
    let mut joined: Vec<Joined<'g>> = Vec::new();
    for table in tables {
        let mut seen = BTreeSet::new();
        for (place, headed) in table.shape.columns.iter().enumerate() {
            let is_of_across = table.across.as_ref().is_some_and(|across| {
                across.values.contains(&place) || across.totals.contains(&place) || across.passed_over.contains(&place)
            });
            // A heading that is there twice is read once, and the check says so.
            if is_of_across || !seen.insert(headed.key()) {
                continue;
            }
            let at = (table.index, headed.column);
            if let Some(known) = joined.iter_mut().find(|known| known.headed.key() == headed.key()) {
                known.columns.push(at);
            } else if let Some(known) = joined.iter_mut().find(|known| known.could_be(headed, table)) {
                known.columns.push(at);
                if !known.aliases.contains(&headed.lowest()) {
                    known.aliases.push(headed.lowest());
                }
            } else {
                joined.push(Joined { headed, aliases: Vec::new(), columns: vec![at] });
            }
        }
    }
    joined
}

fn study(tables: &[Shaped<'_, '_>], column: &Joined<'_>, group: &Group<'_>, read_day: ReadDay) -> Study {
    let mut study = Study::new();
    for table in tables {
        let Some((_, at)) = column.columns.iter().find(|(index, _)| *index == table.index) else { continue };
        for row in &table.records {
            let place = Position::new(*row, *at);
            study.add(table.sample.grid.cell(place), || named(table.index, place, group), read_day);
        }
    }
    study
}

fn seen<'s>(study: &'s Study, column: &'s Joined<'_>, first: &Shaped<'_, '_>, is_filled_down: bool) -> Seen<'s> {
    let area = area_of(first, column.headed.column).into();
    Seen { study, area, heading: column.headed.path.last().map_or("", String::as_str), is_filled_down }
}

/// Adds the field of a column.
fn add(
    building: &mut Building,
    tables: &[Shaped<'_, '_>],
    column: &Joined<'_>,
    joined: &[Joined<'_>],
    study: &Study,
    is_filled_down: bool,
) -> usize {
    let lowest = column.headed.lowest();
    let repeats = joined.iter().filter(|other| name_key(other.headed.lowest()) == name_key(lowest)).count() > 1;
    // A heading that was wrapped by hand is read as one.
    let is_wrapped = tables[0].shape.fill == HeadingFill::None && column.headed.path.len() > 1;
    let title = if repeats || is_wrapped { column.headed.path.join(" ") } else { lowest.to_owned() };
    let name = building
        .names
        .give(&title, &format!("column_{}", crate::model::column_letters(column.headed.column)).to_lowercase());
    let index = building.schema.fields.len();
    let all = column.headed.path.join(" ");
    let seen = Seen { heading: &all, ..seen(study, column, &tables[0], is_filled_down) };
    let (mut made, notes) = field(&name, &title, index, &seen);
    let units = unit_cells(&tables[0], column.headed.column);
    if let Some(spoken) = pounds_near(tables[0].sample.grid, tables[0].shape)
        && let Some(note) = take_pounds(&mut made, index, &format!("{all} {units}"), study, &spoken)
    {
        building.note(note);
    }
    complete_yes_and_no(&mut made.true_values, &mut made.false_values, made.field_type);
    if !column.aliases.is_empty() {
        made.crosscast.aliases = column.aliases.iter().map(|alias| (*alias).to_owned()).collect();
        let note = Note::new(format!("fields[{index}].crosscast.aliases"), "what other tables call it");
        building.note(note);
    }
    if is_wrapped {
        made.crosscast.path = column.headed.path.clone();
        building.note(Note::new(format!("fields[{index}].crosscast.path"), "one heading on several rows"));
    } else if repeats && column.headed.path.len() > 1 {
        made.crosscast.path = column.headed.path.clone();
        building
            .note(Note::new(format!("fields[{index}].crosscast.path"), "the lowest heading is there more than once"));
    }
    if column.columns.len() < tables.len() {
        made.crosscast.optional = true;
        let text = format!("{} of {} tables have it", column.columns.len(), tables.len());
        building.note(Note::new(format!("fields[{index}].crosscast.optional"), text));
    }
    if made.kind().is_numeric()
        && let Some(at) = no_sum(tables, column)
    {
        let off = CheckOptions { off: Some(true), ..CheckOptions::default() };
        made.crosscast.checks.insert("total-mismatch".to_owned(), off);
        let note = Note::new(format!("fields[{index}].crosscast.checks"), "what stands in the row of totals is no sum");
        building.note(note.at([at]));
    }
    building.schema.fields.push(made);
    building.notes.extend(notes);
    index
}

/// What the rows of units say of a column.
fn unit_cells(table: &Shaped<'_, '_>, column: u32) -> String {
    let cells = table.shape.passed_over.iter().filter_map(|row| table.sample.grid.cell(Position::new(*row, column)));
    cells.map(|cell| cell.raw.shown()).collect::<Vec<_>>().join(" ")
}

/// The cell of a total that a formula reckons otherwise than by adding.
fn no_sum(tables: &[Shaped<'_, '_>], column: &Joined<'_>) -> Option<String> {
    let table = &tables[0];
    let (row, _) = table.shape.total.as_ref()?;
    let at = Position::new(*row, column.headed.column);
    let formula = table.sample.grid.cell(at)?.formula.as_deref()?;
    (!is_sum(formula)).then(|| at.to_string())
}

/// Whether the first column's value is given once for the rows below it too.
fn filled_down(tables: &[Shaped<'_, '_>], joined: &[Joined<'_>]) -> bool {
    let Some(column) = joined.first() else { return false };
    let (mut filled, mut records) = (0, 0);
    for table in tables {
        let Some((_, at)) = column.columns.iter().find(|(index, _)| *index == table.index) else { continue };
        let is_filled = |row: &u32| table.sample.grid.cell(Position::new(*row, *at)).is_some_and(GridCell::is_filled);
        if table.records.first().is_some_and(|row| !is_filled(row)) {
            return false;
        }
        filled += table.records.iter().filter(|row| is_filled(row)).count();
        records += table.records.len();
    }
    filled >= 2 && records - filled >= 2 && filled * 10 <= records * FILLED_DOWN && joined.len() > 1
}

fn say_headings(building: &mut Building, first: &Shaped<'_, '_>) {
    let shape = first.shape;
    let rows = NonZeroU32::new(shape.heading_rows).unwrap_or(NonZeroU32::MIN);
    let skip_rows = u32::try_from(shape.passed_over.len()).unwrap_or_default();
    let fill = if shape.heading_rows > 1 { shape.fill } else { HeadingFill::default() };
    building.schema.crosscast.headings = HeadingOptions { rows, fill, strip: None, skip_rows };
    let lines = |first: u32, count: u32| format!("rows {} to {}", first + 1, first + count);
    if shape.heading_rows > 1 {
        let cells = [lines(shape.heading_row, shape.heading_rows)];
        building.note(Note::new("crosscast.headings.rows", "headings on several rows").at(cells));
    }
    if skip_rows > 0 {
        let cells = [lines(shape.heading_row + shape.heading_rows, skip_rows)];
        building.note(Note::new("crosscast.headings.skip_rows", "units or numbers of columns").at(cells));
    }
}

/// Says what the rows are that are no records.
fn say_rows(building: &mut Building, tables: &[Shaped<'_, '_>]) {
    let first = &tables[0];
    let left = first.shape.area.first.column;
    let cells = |rows: &[u32]| -> Vec<String> {
        rows.iter().take(3).map(|row| Position::new(*row, left).to_string()).collect()
    };
    if !first.shape.sections.is_empty() {
        let name = building.names.give("section", "section");
        let index = building.schema.fields.len();
        building.made_up.push(index);
        building.schema.fields.push(Field::plain(&name, "Section", FieldType::String));
        building.note(
            Note::new(format!("fields[{index}].name"), "from rows with a label alone").at(cells(&first.shape.sections)),
        );
        building.schema.crosscast.rows.sections = vec![Section { field: name, pattern: None }];
    }
    let labels: Vec<&str> =
        tables.iter().flat_map(|table| &table.shape.subtotals).map(|(_, label)| label.as_str()).collect();
    if !labels.is_empty() {
        building.schema.crosscast.rows.subtotals = stated(&pattern_of(&labels));
        let rows: Vec<u32> = first.shape.subtotals.iter().map(|(row, _)| *row).collect();
        building.note(Note::new("crosscast.rows.subtotals", "rows that state sums of a part").at(cells(&rows)));
    }
    // A pattern of one's own takes the place of Total: where a table has that, it is in it.
    let mut totals: Vec<&str> = Vec::new();
    for (_, label) in tables.iter().filter_map(|table| table.shape.total.as_ref()) {
        let label = label.trim_end_matches(':');
        if !totals.iter().any(|known| name_key(known) == name_key(label)) {
            totals.push(label);
        }
    }
    if totals.iter().any(|label| !building.schema.is_total_label(label)) {
        let each: Vec<String> = totals.iter().map(|label| super::names::escaped(label)).collect();
        building.schema.crosscast.rows.totals = stated(&each.join("|"));
        let rows: Vec<u32> = first.shape.total.iter().map(|(row, _)| *row).collect();
        building.note(Note::new("crosscast.rows.totals", "it states the sum of all").at(cells(&rows)));
    }
    let repeated: Vec<u32> = first.shape.repeated.clone();
    if tables.iter().any(|table| !table.shape.repeated.is_empty()) {
        building.schema.crosscast.rows.repeated_headings = true;
        building.note(Note::new("crosscast.rows.repeated_headings", "the headings stand again").at(cells(&repeated)));
    }
    say_end(building, tables);
}

fn stated(pattern: &str) -> Option<StatedRows> {
    let pattern = LabelPattern::new(pattern).ok()?;
    Some(StatedRows { pattern, at: StatedAt::default(), treatment: Treatment::default() })
}

fn say_end(building: &mut Building, tables: &[Shaped<'_, '_>]) {
    let Some(ending) = tables.iter().find_map(|table| table.shape.ending.as_ref()) else { return };
    let (end, cells) = match ending {
        Ending::Text(at, text) => (End { pattern: label_pattern(text), blank_rows: None }, vec![at.to_string()]),
        Ending::BlankRows(rows) => (End { pattern: None, blank_rows: NonZeroU32::new(*rows) }, Vec::new()),
    };
    building.schema.crosscast.rows.end = Some(end);
    building.note(Note::new("crosscast.rows.end", "what stands below looks like rows and is none").at(cells));
}

/// Asks for a value in the first column where some rows are the template's filler.
fn require(building: &mut Building, tables: &[Shaped<'_, '_>], added: &[(usize, usize)], joined: &[Joined<'_>]) {
    let mut fillers: Vec<String> = Vec::new();
    let mut asked: BTreeSet<usize> = BTreeSet::new();
    for table in tables {
        for row in table.shape.records.iter().filter(|row| !table.records.contains(row)) {
            fillers.push(Position::new(*row, table.shape.area.first.column).to_string());
            for (place, column) in joined.iter().enumerate() {
                let at = column.columns.iter().find(|(index, _)| *index == table.index);
                let cell = at.and_then(|(_, at)| table.sample.grid.cell(Position::new(*row, *at)));
                if let Some(RawValue::Text(text)) = cell.map(|cell| &cell.raw)
                    && shorthand::asks_for_a_choice(text)
                {
                    asked.insert(place);
                    let text = text.trim().to_owned();
                    if !building.schema.missing_values.contains(&text) {
                        building.schema.missing_values.push(text);
                    }
                }
            }
        }
    }
    if fillers.is_empty() {
        return;
    }
    let place = asked.first().copied().unwrap_or(0);
    let field = added.iter().find(|(_, of)| *of == place).and_then(|(index, _)| building.schema.fields.get(*index));
    if let Some(name) = field.map(|field| field.name.clone()) {
        building.schema.crosscast.rows.require = vec![name];
        fillers.truncate(3);
        building.note(Note::new("crosscast.rows.require", "rows that were not filled in are no records").at(fillers));
    }
}

/// The type of what a heading or a sheet's name says.
pub(super) fn type_of_period(period: Option<PeriodKind>) -> FieldType {
    match period {
        Some(PeriodKind::Month) => FieldType::Yearmonth,
        Some(PeriodKind::Year) => FieldType::Integer,
        _ => FieldType::String,
    }
}

/// Says what goes across, with the fields of the headings and of the values.
fn say_across(
    building: &mut Building,
    first: &Shaped<'_, '_>,
    across: &GoesAcross,
    tables: &[Shaped<'_, '_>],
    group: &Group<'_>,
    read_day: ReadDay,
) {
    let columns = &first.shape.columns;
    let headed = &columns[across.values[0]];
    let depth = headed.path.len();
    let mut into = Vec::new();
    for level in 0..depth {
        let is_lowest = level + 1 == depth;
        let wanted = if is_lowest { across.period.name() } else { "heading" };
        let name = building.names.give(wanted, wanted);
        let field_type = if is_lowest { type_of_period(Some(across.period)) } else { FieldType::String };
        building.made_up.push(building.schema.fields.len());
        building.schema.fields.push(Field::plain(&name, &super::names::titled(&name), field_type));
        into.push(name);
    }
    let mut study = Study::new();
    for table in tables {
        let Some(across) = &table.across else { continue };
        for (row, place) in table.records.iter().flat_map(|row| across.values.iter().map(move |place| (row, place))) {
            let at = Position::new(*row, table.shape.columns[*place].column);
            study.add(table.sample.grid.cell(at), || named(table.index, at, group), read_day);
        }
    }
    let last = &columns[*across.values.last().unwrap_or(&across.values[0])];
    let from_to = format!("{}:{}", headed.at, last.at);
    let index = building.schema.fields.len();
    let rows = (first.shape.records.first(), first.shape.records.last());
    let cells = match rows {
        (Some(top), Some(bottom)) => {
            Area::new(Position::new(*top, headed.column), Position::new(*bottom, last.column)).to_string()
        }
        _ => from_to.clone(),
    };
    let heading = headed.path.join(" ");
    let seen = Seen { study: &study, area: cells.into(), heading: &heading, is_filled_down: false };
    let name = building.names.give("value", "value");
    let (mut made, notes) = field(&name, "Value", index, &seen);
    if let Some(spoken) = pounds_near(first.sample.grid, first.shape)
        && let Some(note) = take_pounds(&mut made, index, &heading, &study, &spoken)
    {
        building.note(note);
    }
    made.constraints.pattern = None;
    building.made_up.push(index);
    building.schema.fields.push(made);
    building.notes.extend(notes);
    building.schema.crosscast.across = across_words(columns, across, into, name);
    building.note(Note::new("crosscast.across", "these headings go across").at([from_to]));
    let areas = |places: &[usize]| -> Vec<String> {
        places.iter().map(|place| area_of(first, columns[*place].column)).collect()
    };
    for (key, places, why) in [
        ("totals", &across.totals, "each states the sum of its row"),
        ("skip_columns", &across.passed_over, "figures beside the values that are no sum of them"),
    ] {
        if !places.is_empty() {
            building.note(Note::new(format!("crosscast.across.{key}"), why).at(areas(places)));
        }
    }
    match &mut building.schema.crosscast.blocks {
        Some(blocks) => blocks.layout = Layout::Crosstab,
        None => building.schema.crosscast.layout = Layout::Crosstab,
    }
}

fn across_words(columns: &[Headed], across: &GoesAcross, into: Vec<String>, value: String) -> Option<Across> {
    let lowest = |place: &usize| columns[*place].lowest();
    let first = lowest(&across.values[0]);
    let pattern = match across.period {
        PeriodKind::MonthName => super::names::escaped(first),
        kind => kind.pattern(first),
    };
    let each = |places: &[usize]| {
        let keys: BTreeSet<String> = places.iter().map(|place| super::names::escaped(lowest(place))).collect();
        keys.into_iter().collect::<Vec<_>>()
    };
    let totals = each(&across.totals).join("|");
    let totals = (!totals.is_empty()).then(|| LabelPattern::new(&totals).ok()).flatten();
    let skipped = each(&across.passed_over);
    let last = lowest(across.values.last()?);
    Some(Across {
        from: LabelPattern::new(&pattern).ok()?,
        // Without it, columns that are added later on the right go across too.
        to: across.has_more.then(|| label_pattern(last)).flatten(),
        into,
        value,
        totals: totals.map(|pattern| StatedColumns { pattern, treatment: Treatment::default() }),
        skip_columns: skipped.iter().filter_map(|text| LabelPattern::new(text).ok()).collect(),
        keep_empty: false,
    })
}
