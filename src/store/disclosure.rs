//! Which findings may be told to the public in the words that officers read.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::params;

use super::place::{Lines, Source};
use super::public::{guarded, is_restricted, restricts};
use super::{Store, StoreError};
use crate::model::{Area, Finding, Place, quoted_name};
use crate::schema::{Field, FieldKind, Pack, Rule, STATED_TOTAL, TableSchema};

/// Checks whose messages quote personal data, though masked, or another finding, or the figures of one; or what a cell may
/// hold, wherever it stands.
const NEVER_TOLD: [&str; 6] = [
    "personal-data",
    "explanation-not-possible",
    "explanation-repeated",
    "explanation-unused",
    "cell-given-twice",
    "damaged-cell",
];

/// Checks whose messages quote formulas, or what formulas name or show: whatever the place of the finding, that can be what
/// is not for the public on another sheet. A test holds this to the checks' own list.
const QUOTING_FORMULAS: [&str; 13] = [
    "total-leaves-lines-out",
    "total-takes-others-in",
    "total-counts-twice",
    "total-adjusted-by-hand",
    "total-typed-over",
    "formula-typed-over",
    "formula-unlike-others",
    "error-hidden-by-formula",
    "broken-reference",
    "formula-uses-empty-cell",
    "formula-uses-text",
    "other-workbook-linked",
    "stale-result",
];

/// What is needed to judge the findings of a run.
pub(super) struct Disclosure<'a> {
    store: &'a Store,
    pack: &'a Pack,
    /// Whether the public may not read all fields.
    guards: bool,
    /// The rules whose messages may quote what is not for the public.
    rules: BTreeSet<String>,
    /// The tables on each sheet, by their ids.
    sheets: BTreeMap<(&'a str, &'a str), Vec<(i64, &'a Source)>>,
}

impl Store {
    /// The codes of the rules that read fields of which the public may not read all values, or stated totals of them: a
    /// message can quote whatever its query reads. The store must be sealed.
    pub(super) fn quoting_rules(&self, pack: &Pack) -> BTreeSet<String> {
        let reads_guarded = |rule: &&Rule| {
            let read = self.columns_read(&rule.query);
            guarded(pack).any(|(schema, field)| {
                let (table, field) = (schema.name.to_ascii_lowercase(), field.name.as_str());
                let reads = |table: &str, field: &str| read.contains(&(table.to_owned(), Some(field.to_owned())));
                // Of stated totals only the needs say which field they are of.
                let meanings = schema.field(field).and_then(|field| schema.shorthand_column(field));
                rule.needs_field(&schema.name, field)
                    || rule.needs_field(STATED_TOTAL, field)
                    || reads(&table, field)
                    || meanings.is_some_and(|column| reads(&table, &column))
            })
        };
        pack.rules.iter().filter(reads_guarded).map(|rule| rule.code.clone()).collect()
    }

    /// Prepares to judge findings.
    pub(super) fn disclosure<'a>(&'a self, pack: &'a Pack, rules: BTreeSet<String>) -> Disclosure<'a> {
        let mut sheets: BTreeMap<(&str, &str), Vec<(i64, &Source)>> = BTreeMap::new();
        for (id, source) in (1..).zip(&self.sources).filter(|(_, source)| &*source.table != STATED_TOTAL) {
            sheets.entry((&source.workbook, &source.sheet)).or_default().push((id, source));
        }
        Disclosure { store: self, pack, guards: guarded(pack).next().is_some(), rules, sheets }
    }
}

impl Disclosure<'_> {
    /// The message of a finding if it cannot quote what is not for the public; else what its check is about, and where the
    /// details are.
    ///
    /// # Errors
    /// [`StoreError`] when SQLite does not answer.
    pub fn public_message(&self, finding: &Finding, sentence: &dyn Fn(&str) -> String) -> Result<String, StoreError> {
        let code = finding.code.as_str();
        let is_untold = NEVER_TOLD.contains(&code) || (self.guards && QUOTING_FORMULAS.contains(&code));
        let mut is_told = !is_untold && !self.rules.contains(code);
        for place in std::iter::once(&finding.place).chain(&finding.related) {
            is_told = is_told && !self.touches_guarded(place)?;
        }
        // A payee that was typed into the column beside its own is quoted as what should not stand there.
        is_told = is_told && !(quotes_words(&finding.message) && self.is_beside_unpublished_text(&finding.place));
        Ok(if is_told {
            finding.message.clone()
        } else {
            format!("{} Details are in the findings page for officers.", sentence(code))
        })
    }

    /// Whether a place may hold a value that is not for the public. A place without cells holds none: what is said of a
    /// whole sheet or workbook quotes headings and names.
    fn touches_guarded(&self, place: &Place) -> Result<bool, StoreError> {
        let (Some(workbook), Some(sheet), Some(area)) = (&place.workbook, &place.sheet, place.area) else {
            return Ok(false);
        };
        // Of a workbook that is not in the figures it is not known what lies where.
        let Some(tables) = self.sheets.get(&(&**workbook, &**sheet)) else { return Ok(self.guards) };
        for (id, source) in tables {
            let Some(schema) = self.pack.tables.get(&source.table) else { continue };
            for field in fields_told_with(schema, &fields_in(source, area)) {
                let holds = match restricts(schema, field) {
                    _ if !field.is_public() || field.crosscast.suppress_below.is_some() => true,
                    Some(_) => !self.holds_other_measures(schema, *id, area)?,
                    None => false,
                };
                if holds {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// Whether a place is on a sheet of a table that has texts which are not for the public.
    fn is_beside_unpublished_text(&self, place: &Place) -> bool {
        let (Some(workbook), Some(sheet)) = (&place.workbook, &place.sheet) else { return false };
        let tables = self.sheets.get(&(&**workbook, &**sheet)).into_iter().flatten();
        let is_unpublished = |field: &Field| !field.is_public() && field.kind() == FieldKind::Text;
        tables
            .filter_map(|(_, source)| self.pack.tables.get(&source.table))
            .any(|schema| schema.fields.iter().any(is_unpublished))
    }

    /// Whether every line of an area is a stored row of a measure that may be published month by month.
    fn holds_other_measures(&self, schema: &TableSchema, source: i64, area: Area) -> Result<bool, StoreError> {
        let Some(over_time) = &schema.crosscast.over_time else { return Ok(false) };
        let is_restricted = is_restricted(schema, over_time, &quoted_name(&over_time.key));
        let mut count = self.store.connection.prepare_cached(&format!(
            "SELECT count(DISTINCT _line), count(*), count(*) FILTER (WHERE NOT {is_restricted}) FROM main.{} \
             WHERE _source = ? AND _line BETWEEN ? AND ?",
            quoted_name(&schema.name)
        ))?;
        let (first, last) = (i64::from(area.first.row) + 1, i64::from(area.last.row) + 1);
        // In a crosstab several rows are stored of one line.
        let (lines, rows, others): (i64, i64, i64) =
            count.query_row(params![source, first, last], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        Ok(lines == last - first + 1 && rows == others)
    }
}

/// Whether a message quotes words: digits and signs between quotation marks name nobody.
fn quotes_words(message: &str) -> bool {
    let mut quoted = false;
    message.split_inclusive(['"', '“', '”']).any(|part| {
        let is_words = quoted && part.contains(char::is_alphabetic);
        quoted = part.ends_with('“') || (part.ends_with('"') && !quoted);
        is_words
    })
}

/// The fields of a table whose columns, or cells in a form, an area takes in.
fn fields_in(source: &Source, area: Area) -> BTreeSet<&str> {
    let columns = area.first.column..=area.last.column;
    match &source.lines {
        Lines::Rows { columns: fields, .. } => {
            fields.iter().filter(|(_, column)| columns.contains(column)).map(|(name, _)| name.as_str()).collect()
        }
        Lines::Cells { fields, .. } => {
            fields.iter().filter(|(_, cell)| area.contains(*cell)).map(|(name, _)| name.as_str()).collect()
        }
        Lines::Spread(spread) => spread.fields_in(area),
    }
}

/// The fields, and those of the keys that they are in: what is said of one cell of a key quotes the others.
fn fields_told_with<'a>(schema: &'a TableSchema, names: &BTreeSet<&str>) -> Vec<&'a Field> {
    let mut keys = schema.keys();
    keys.extend(schema.foreign_keys.iter().map(|key| key.fields.iter().collect()));
    let told_with =
        |name: &str| keys.iter().any(|key| key.contains(&name) && key.iter().any(|one| names.contains(one)));
    schema.fields.iter().filter(|field| names.contains(field.name.as_str()) || told_with(&field.name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::parse_yaml;

    #[test]
    fn messages_of_every_check_that_quotes_formulas_are_kept_back() {
        let checks: Vec<&str> = crate::checks::quoting_formulas().map(|check| check.code).collect();
        assert_eq!(QUOTING_FORMULAS, checks[..]);
    }

    #[test]
    fn words_between_quotation_marks_are_known() {
        for (message, quotes) in [
            ("F4 says \"ZZ Ltd\".", true),
            ("The heading “Checked” is not known, so what is under it was not read.", true),
            ("A4:A10 hold dates typed as text: “04/05/2022”, “11/05/2022” and 2 more.", false),
            ("The total says £139,250.00, which is the approved total.", false),
            ("B2 says \"1\" and C2 says \"x\".", true),
            ("B2 says \"1\", which is no date.", false),
        ] {
            assert_eq!(quotes_words(message), quotes, "{message}");
        }
    }

    #[test]
    fn what_is_said_of_a_cell_of_a_key_is_said_of_the_whole_key() {
        let text = "fields:
  - {name: reference, title: Reference, type: string, constraints: {unique: true}}
  - {name: paid_on, title: Date paid, type: date}
  - {name: payee, title: Payee, type: string}
  - {name: amount, title: Amount, type: number}
uniqueKeys:
  - [paid_on, payee]
";
        let schema: TableSchema = parse_yaml("tables/spend.yaml", text, &mut Vec::new()).unwrap();
        let told = |names: &[&str]| -> Vec<String> {
            fields_told_with(&schema, &names.iter().copied().collect()).iter().map(|field| field.name.clone()).collect()
        };
        assert_eq!(told(&["paid_on"]), ["paid_on", "payee"]);
        assert_eq!(told(&["reference"]), ["reference"]);
        assert_eq!(told(&["amount"]), ["amount"]);
        assert_eq!(told(&[]), [""; 0]);
    }
}
