//! Which of a row's texts tells a reader which row is meant.

use super::{Field, TableSchema};
use crate::model::{Row, Value};

impl TableSchema {
    /// The text that tells a reader which row is meant: the first text that is a name rather than a reference. What is not
    /// for the public is no label, since messages with labels are told to the public; none where a row has no other text. A
    /// text that several rows share, such as the label of their section, comes after the row's own.
    pub fn label<'a>(&self, row: &'a Row) -> Option<&'a str> {
        let mut texts: Vec<(&Field, &str)> = self
            .fields
            .iter()
            .zip(&row.cells)
            .filter(|(field, _)| field.is_public())
            .filter_map(|(field, cell)| match &cell.value {
                Value::Text(text) => Some((field, &**text)),
                _ => None,
            })
            .collect();
        texts.sort_by_key(|(field, _)| self.is_shared(field));
        let is_free = |field: &Field| field.constraints.pattern.is_none() && field.constraints.allowed.is_empty();
        let has_no_digit = |text: &str| !text.contains(|character: char| character.is_ascii_digit());
        texts
            .iter()
            .find(|(field, text)| is_free(field) && has_no_digit(text))
            .or_else(|| texts.iter().find(|(field, _)| is_free(field)))
            .or_else(|| texts.first())
            .map(|(_, text)| *text)
    }

    /// Whether several rows take a field's value from one cell.
    fn is_shared(&self, field: &Field) -> bool {
        let rows = &self.crosscast.rows;
        rows.sections.iter().any(|section| section.field == field.name)
            || rows.fill_down.contains(&field.name)
            || self.crosscast.across.as_ref().is_some_and(|across| across.into.contains(&field.name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Cell, Position};
    use crate::schema::parse_yaml;

    #[test]
    fn what_is_not_for_the_public_is_no_label() {
        let text = "fields:
  - {name: reference, title: Reference, type: string, constraints: {pattern: '[A-Z]+-[0-9]+'}}
  - {name: project, title: Project, type: string}
  - {name: payee, title: Payee, type: string, crosscast: {publish: false}}
  - {name: description, title: Description, type: string}
";
        let schema: TableSchema = parse_yaml("tables/spend.yaml", text, &mut Vec::new()).unwrap();
        for (texts, label) in [
            (["INV-1", "Dawn", "Cara Payee", "Worker"], Some("Dawn")),
            (["INV-1", "", "Cara Payee", "Worker"], Some("Worker")),
            (["INV-1", "Dawn 2", "Cara Payee", ""], Some("Dawn 2")),
            (["INV-1", "", "Cara Payee", ""], Some("INV-1")),
            (["", "", "Cara Payee", ""], None),
        ] {
            let cells = texts.iter().zip(0..).map(|(text, column)| {
                let mut cell = Cell::absent(Position::new(0, column));
                if !text.is_empty() {
                    cell.value = Value::Text((*text).into());
                }
                cell
            });
            let row = Row { line: 0, cells: cells.collect() };
            assert_eq!(schema.label(&row), label, "{texts:?}");
        }
    }
}
