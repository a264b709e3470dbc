//! What the public may read: views of the same names that lie before the tables.
//!
//! SQLite looks a name without a schema up among the temporary views first. A query that does not say `main.` therefore
//! reads the view wherever it names the table, in whatever clause, and what the view does not hold cannot be reached by
//! any. (The authorizer alone would not do: it is not asked about the columns of `JOIN … USING`, and the name of the view
//! that reads a table can be taken by a common table expression.)

use super::guard::Withheld;
use super::tables::{literal, literals};
use crate::model::quoted_name;
use crate::schema::{Field, OverTime, Pack, STATED_TOTAL, TableSchema, after_spaces};

/// The least that a figure can be of which nothing is known.
const ANY: &str = "-9e999";
/// The least of the small counts that are kept back.
const SMALL: &str = "1";
/// The columns of `finding` that can quote cells.
const QUOTING: [&str; 6] = ["message", "expected", "actual", "difference", "fix", "suggestions"];
/// The other columns of `finding`.
const NOT_QUOTING: &str = "position, severity, code, workbook, sheet, cell, table_name, explanation, recorded_by, \
                           approved_by, explained_on, public_message";

/// The views, and the columns that cannot be read.
pub(super) struct Public {
    /// The name of each view, and the query that it stands for.
    views: Vec<(String, String)>,
    withheld: Withheld,
}

impl Public {
    /// What the pack lets the public read.
    pub fn of(pack: &Pack) -> Self {
        let mut views = vec![("finding".to_owned(), findings())];
        views.extend(stated_totals(pack).map(|query| (STATED_TOTAL.to_owned(), query)));
        let mut withheld: Withheld = QUOTING.iter().map(|column| quoting(column)).collect();
        let is_guarded = |schema: &&TableSchema| schema.fields.iter().any(|field| is_guarded(schema, field));
        for schema in pack.tables.values().filter(is_guarded) {
            views.push((schema.name.to_string(), table(schema)));
            views.extend(schema.crosscast.over_time.as_ref().map(|over_time| to_date(schema, over_time)));
            for field in schema.fields.iter().filter(|field| !field.is_public()) {
                let (field, table) = (&field.name, &schema.name);
                let why = format!(
                    "{field} of the table {table} is not for publication (publish: false in tables/{table}.yaml)"
                );
                withheld.insert((table.to_ascii_lowercase(), field.clone()), why);
            }
            for (field, column) in guarded_meanings(schema) {
                let table = &schema.name;
                let why = format!(
                    "{column} of the table {table} is not for publication, since not all values of {} are (see \
                     tables/{table}.yaml)",
                    field.name
                );
                withheld.insert((table.to_ascii_lowercase(), column), why);
            }
        }
        Self { views, withheld }
    }

    /// The columns that cannot be read, each with the reason.
    pub fn withheld(&self) -> Withheld {
        self.withheld.clone()
    }

    /// The statements that make the views.
    pub fn create(&self) -> String {
        let create = |(name, query): &(String, String)| format!("CREATE TEMP VIEW {} AS {query};", quoted_name(name));
        self.views.iter().map(create).collect()
    }

    /// The statements that drop them.
    pub fn drop(&self) -> String {
        self.views.iter().map(|(name, _)| format!("DROP VIEW temp.{};", quoted_name(name))).collect()
    }
}

/// Why a query that names a table of the schema `main` is refused.
pub(super) const NAMES_MAIN: &str =
    "the query names a table as main.TABLE; name it by itself, so that what is not for publication is kept from it";

/// The line of a query, from 1, on which it names the schema in which the tables lie as officers see them.
///
/// It is told without knowing texts and comments apart, so that no trick of quoting hides one: `main` in any quotes, then
/// a full stop, with nothing between but spaces and comments.
pub(super) fn names_main(query: &str) -> Option<usize> {
    let lower = query.to_ascii_lowercase();
    let is_part = |character: char| character.is_alphanumeric() || matches!(character, '_' | '$');
    let mut found = lower.match_indices("main").filter(|(at, name)| {
        let rest = &lower[at + name.len()..];
        let rest = rest.strip_prefix(['"', '\'', '`', ']']).unwrap_or(rest);
        !lower[..*at].ends_with(is_part) && after_spaces(rest).starts_with('.')
    });
    found.next().map(|(at, _)| query[..at].matches('\n').count() + 1)
}

fn quoting(column: &str) -> ((String, String), String) {
    let why = format!(
        "{column} of the table finding can quote what is not for publication; public_message is what may be published"
    );
    (("finding".to_owned(), column.to_owned()), why)
}

fn findings() -> String {
    let quoting: Vec<String> = QUOTING.iter().map(|column| format!("NULL AS {column}")).collect();
    format!("SELECT {NOT_QUOTING}, {} FROM main.finding", quoting.join(", "))
}

/// A table with its rows and columns, where nothing stands for what cannot be read, and what `kept_back()` gives
/// for what is kept back.
fn table(schema: &TableSchema) -> String {
    let columns: String = schema
        .fields
        .iter()
        .map(|field| format!(", {} AS {}", column(schema, field), quoted_name(&field.name)))
        .collect();
    let meanings = schema.shorthand_columns().map(|(_, field, column)| {
        let column = quoted_name(&column);
        if is_guarded(schema, field) { format!(", NULL AS {column}") } else { format!(", {column}") }
    });
    let columns = columns + &meanings.collect::<String>();
    format!("SELECT _row, _source, _line, _month{columns} FROM main.{}", quoted_name(&schema.name))
}

/// The columns with what shorthand means in fields of which the public may not read all values: that a figure is so small
/// that it is not given is what such a column may say.
fn guarded_meanings(schema: &TableSchema) -> impl Iterator<Item = (&Field, String)> {
    let columns = schema.shorthand_columns().filter(|(_, field, _)| is_guarded(schema, field));
    columns.map(|(_, field, column)| (field, column))
}

fn column(schema: &TableSchema, field: &Field) -> String {
    if !field.is_public() {
        return "NULL".to_owned();
    }
    let name = quoted_name(&field.name);
    let over_time = restricts(schema, field);
    let is_restricted = over_time.map(|over_time| is_restricted(schema, over_time, &quoted_name(&over_time.key)));
    let which = format!("_row || {}", literal(&format!(":{}", field.name)));
    unless(&name, is_restricted, is_small(field, &name), &which)
}

/// A value, or what stands in for it where it is there and restricted or small. `which` tells it from other values.
fn unless(value: &str, is_restricted: Option<String>, is_small: Option<String>, which: &str) -> String {
    let cases: String = [(is_restricted, ANY), (is_small, SMALL)]
        .into_iter()
        .filter_map(|(condition, least)| Some((condition?, least)))
        .map(|(condition, least)| format!(" WHEN {value} IS NOT NULL AND {condition} THEN kept_back({least}, {which})"))
        .collect();
    if cases.is_empty() { value.to_owned() } else { format!("CASE{cases} ELSE {value} END") }
}

/// The condition that a count is so small that it is kept back.
fn is_small(field: &Field, value: &str) -> Option<String> {
    let least = field.crosscast.suppress_below?;
    Some(format!("({value} >= 1 AND {value} < {least})"))
}

/// The condition that of a row's measure no single month may be published. What is no measure that the pack knows could
/// be one of those, misspelt.
pub(super) fn is_restricted(schema: &TableSchema, over_time: &OverTime, key: &str) -> String {
    let restricted = format!("{key} IS NULL OR {key} COLLATE NOCASE IN ({})", literals(&over_time.published_as_total));
    let known = schema.field(&over_time.key).map(|field| literals(&field.constraints.allowed)).unwrap_or_default();
    if known.is_empty() { format!("({restricted})") } else { format!("({restricted} OR {key} NOT IN ({known}))") }
}

fn to_date(schema: &TableSchema, over_time: &OverTime) -> (String, String) {
    let name = format!("{}_to_date", schema.name);
    let field = schema.field(&over_time.value);
    let one_month = field.and_then(|field| restricts(schema, field)).map(|over_time| {
        format!(
            "({} AND (how <> 'sum' OR (SELECT count(DISTINCT _month) FROM main.{} AS each \
             WHERE each.{} = figure.key) < 2))",
            is_restricted(schema, over_time, "key"),
            quoted_name(&schema.name),
            quoted_name(&over_time.key)
        )
    });
    let value = unless("value", one_month, field.and_then(|field| is_small(field, "value")), "key");
    let query = format!("SELECT key, how, months, {value} AS value, _cells FROM main.{} AS figure", quoted_name(&name));
    (name, query)
}

/// The fields of which the public may not read all values, with their tables.
pub(super) fn guarded(pack: &Pack) -> impl Iterator<Item = (&TableSchema, &Field)> {
    let fields = pack.tables.values().flat_map(|schema| schema.fields.iter().map(move |field| (schema, field)));
    fields.filter(|(schema, field)| is_guarded(schema, field))
}

/// Stated totals without those of fields that are not for the public; a total over values that may be kept back is kept
/// back too. None when there are no such fields.
fn stated_totals(pack: &Pack) -> Option<String> {
    let guarded = guarded(pack).filter(|(_, field)| field.kind().is_numeric());
    let (kept_back, left_out): (Vec<_>, Vec<_>) = guarded.partition(|(_, field)| field.is_public());
    if kept_back.is_empty() && left_out.is_empty() {
        return None;
    }
    let is_of = |fields: &[(&TableSchema, &Field)]| {
        let named = fields.iter().map(|(schema, field)| {
            format!("table_name = {} AND field = {}", literal(&schema.name), literal(&field.name))
        });
        (!fields.is_empty()).then(|| format!("({})", named.collect::<Vec<_>>().join(" OR ")))
    };
    let value = unless("value", is_of(&kept_back), None, "_row");
    let left_out = is_of(&left_out).map(|is_left_out| format!(" WHERE NOT {is_left_out}")).unwrap_or_default();
    Some(format!(
        "SELECT _row, _source, _line, _month, table_name, field, {value} AS value FROM main.{STATED_TOTAL}{left_out}"
    ))
}

/// Whether the public may not read all values of a field.
pub(super) fn is_guarded(schema: &TableSchema, field: &Field) -> bool {
    !field.is_public() || field.crosscast.suppress_below.is_some() || restricts(schema, field).is_some()
}

/// How the table's measures run over time, if the field holds their values and some are published as a total only.
pub(super) fn restricts<'a>(schema: &'a TableSchema, field: &Field) -> Option<&'a OverTime> {
    let of_field = |over_time: &&OverTime| over_time.value == field.name && !over_time.published_as_total.is_empty();
    schema.crosscast.over_time.as_ref().filter(of_field)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_of_the_tables_is_known_however_it_is_written() {
        for (query, line) in [
            ("SELECT payee FROM main.spend", Some(1)),
            ("SELECT 1\nFROM MAIN . spend", Some(2)),
            ("SELECT 1 FROM \"main\".spend", Some(1)),
            ("SELECT 1 FROM [Main].spend", Some(1)),
            ("SELECT 1 FROM `main`.spend", Some(1)),
            ("SELECT 1 FROM 'main'.spend", Some(1)),
            ("SELECT 1 FROM main/* a */.spend", Some(1)),
            ("SELECT 1 FROM main -- a\n -- b\n /* c */ .spend", Some(1)),
            ("SELECT 1 FROM(main\u{feff}.spend)", Some(1)),
            ("SELECT 'main', $a(main), main.amount FROM spend main", Some(1)),
            // Other names, and the word without a table.
            ("SELECT f.domain FROM funding f", None),
            ("SELECT remaining.x, main_.x, maintain.x, xmain.x FROM summary", None),
            ("SELECT main, 1 FROM (SELECT 1 AS main)", None),
            ("SELECT amount AS main FROM spend", None),
        ] {
            assert_eq!(names_main(query), line, "{query}");
        }
    }
}
