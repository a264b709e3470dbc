//! Texts that stand for a value, or for none with what they mean: which of them hold for a field, and what their figures are.

use super::field::{Field, FieldKind, Shorthand};
use super::table::{Inconsistency, TableSchema, fits};
use crate::model::{Money, Value, name_key};

/// What the name of the column ends with in which the store keeps what shorthand means.
const SUFFIX: &str = "_shorthand";

impl TableSchema {
    /// The texts that stand for a value in a field, each with what it stands for: the field's own, and then, of a field of
    /// numbers or dates, the table's.
    pub fn shorthand_of<'s>(&'s self, field: &'s Field) -> impl Iterator<Item = (&'s str, &'s Shorthand)> {
        let takes_the_tables = field.kind().is_numeric() || matches!(field.kind(), FieldKind::Date | FieldKind::Month);
        let own = field.crosscast.shorthand.iter();
        let tables = self.crosscast.shorthand.iter().filter(move |(text, _)| {
            let is_own = field.crosscast.shorthand.keys().any(|own| name_key(own) == name_key(text));
            takes_the_tables && !is_own
        });
        own.chain(tables).map(|(text, stands_for)| (text.as_str(), stands_for))
    }

    /// The column of the store with what the shorthand in a field means, `FIELD_shorthand`; none where no text of the field
    /// has a meaning.
    pub fn shorthand_column(&self, field: &Field) -> Option<String> {
        let has_meaning = |(_, stands_for): (&str, &Shorthand)| matches!(stands_for, Shorthand::Meaning(_));
        self.shorthand_of(field).any(has_meaning).then(|| format!("{}{SUFFIX}", field.name))
    }

    /// The fields with a column for what their shorthand means, each with its place among the fields and that column.
    pub fn shorthand_columns(&self) -> impl Iterator<Item = (usize, &Field, String)> {
        let columns = self.fields.iter().enumerate();
        columns.filter_map(|(index, field)| Some((index, field, self.shorthand_column(field)?)))
    }

    /// What of the words for values does not fit the rest of the table.
    pub(super) fn faults_of_values(&self) -> Vec<Inconsistency> {
        let mut wrong = Vec::new();
        let mut found = |path: String, name: &str, what: String| {
            wrong.push(Inconsistency { path, name: name.to_owned(), what, allowed: Vec::new() });
        };
        const EMPTY: &str = "an empty text is no shorthand: a cell without a value is one without a value";
        if self.crosscast.shorthand.keys().any(|text| text.trim().is_empty()) {
            found("crosscast.shorthand".to_owned(), "shorthand", EMPTY.to_owned());
        }
        for (index, field) in self.fields.iter().enumerate() {
            let path = |key: &str| format!("fields[{index}].crosscast.{key}");
            if field.crosscast.shorthand.keys().any(|text| text.trim().is_empty()) {
                found(path("shorthand"), &field.name, EMPTY.to_owned());
            }
            for (text, stands_for) in &field.crosscast.shorthand {
                let Shorthand::Figure(figure) = stands_for else { continue };
                if field.kind() != FieldKind::Text && !fits(figure.text(), field.kind()) {
                    let what = format!(
                        "the shorthand {text} of {} stands for {}, which is not {}",
                        field.name,
                        figure.text(),
                        field.kind()
                    );
                    found(path("shorthand"), &field.name, what);
                }
            }
            if let Some(column) = self.shorthand_column(field).filter(|column| self.field(column).is_some()) {
                let what = format!(
                    "the store keeps what the shorthand in {} means as {column}, so no field can have that name",
                    field.name
                );
                found("fields".to_owned(), &column, what);
            }
            let words = [("factor", field.crosscast.factor.is_some()), ("display", field.crosscast.display)];
            for (word, _) in words.into_iter().filter(|(_, given)| *given && !field.kind().is_numeric()) {
                let what = format!("{} has a {word}, which only a number can have", field.name);
                found(path(word), &field.name, what);
            }
        }
        wrong
    }
}

impl Shorthand {
    /// The value of a figure, as a field of that kind has it; none of a meaning, and where the figure is none of that kind.
    pub fn value(&self, kind: FieldKind) -> Option<Value> {
        let Self::Figure(figure) = self else { return None };
        let text = figure.text();
        match kind {
            FieldKind::Text => Some(Value::Text(text.into())),
            FieldKind::Integer => text.parse().ok().map(Value::Integer),
            FieldKind::Number | FieldKind::Percentage => text.parse().ok().map(Value::Number),
            FieldKind::Money => Money::from_text(text).ok().map(Value::Money),
            FieldKind::Date | FieldKind::Month | FieldKind::Boolean => None,
        }
    }
}

/// The field of which a column of the store keeps what shorthand means, by the column's name.
pub fn field_of_shorthand(column: &str) -> Option<&str> {
    column.strip_suffix(SUFFIX).filter(|field| !field.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::parse_yaml;

    fn schema(yaml: &str) -> TableSchema {
        let mut mistakes = Vec::new();
        let schema = parse_yaml("tables/test.yaml", yaml, &mut mistakes);
        schema.unwrap_or_else(|| panic!("{mistakes:?}"))
    }

    fn faults(yaml: &str) -> Vec<String> {
        schema(yaml).faults_of_values().into_iter().map(|fault| format!("{}: {}", fault.path, fault.what)).collect()
    }

    const TABLE: &str = "
fields:
  - {name: area, type: string}
  - {name: count, type: integer, crosscast: {shorthand: {NIL: 0, '-': not held}}}
  - {name: paid_on, type: date}
crosscast: {shorthand: {'-': 0, '..': not available}}
";

    #[test]
    fn a_fields_own_shorthand_comes_before_the_tables() {
        let schema = schema(TABLE);
        let of = |name: &str| -> Vec<String> {
            let field = schema.field(name).unwrap();
            schema.shorthand_of(field).map(|(text, stands_for)| format!("{text} {stands_for:?}")).collect()
        };
        assert_eq!(of("area"), [""; 0], "a text may be any text");
        assert_eq!(of("count").len(), 3, "the table's - is not that of the field");
        assert_eq!(of("count")[0], "- Meaning(\"not held\")");
        assert_eq!(of("paid_on").len(), 2);
        let columns: Vec<String> = schema.shorthand_columns().map(|(_, _, column)| column).collect();
        assert_eq!(columns, ["count_shorthand", "paid_on_shorthand"]);
        assert_eq!(field_of_shorthand("count_shorthand"), Some("count"));
        assert_eq!(field_of_shorthand("_shorthand"), None);
    }

    #[test]
    fn what_does_not_fit_is_a_mistake() {
        assert_eq!(faults(TABLE), [""; 0]);
        let clash = TABLE.replace("name: area", "name: count_shorthand");
        assert_eq!(
            faults(&clash),
            [
                "fields: the store keeps what the shorthand in count means as count_shorthand, so no field can have that \
              name"
            ]
        );
        let half = TABLE.replace("NIL: 0", "NIL: 0.5");
        assert_eq!(
            faults(&half),
            ["fields[1].crosscast.shorthand: the shorthand NIL of count stands for 0.5, which is not a whole number"]
        );
        let factor = TABLE.replace("type: date", "type: date, crosscast: {factor: 1000}");
        assert_eq!(faults(&factor), ["fields[2].crosscast.factor: paid_on has a factor, which only a number can have"]);
        let empty = TABLE.replace("'..': not", "' ': not");
        assert_eq!(faults(&empty).len(), 1, "{:?}", faults(&empty));
    }
}
