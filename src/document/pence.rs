//! Amounts are stored in pence: where one is printed without the format money it would be a hundred times too great.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::FILE;
use crate::model::Format;
use crate::schema::{FieldKind, Mistake, TableSchema, printed};

/// The approved total of the year, in the table `period`.
const APPROVED_TOTAL: &str = "approved_total";

/// The names that amounts have in the stored tables, and that nothing else has.
pub(super) struct AmountNames<'a>(BTreeSet<&'a str>);

impl<'a> AmountNames<'a> {
    /// Takes the names from the tables of the pack.
    pub fn of(tables: &'a BTreeMap<Arc<str>, TableSchema>) -> Self {
        let fields = || tables.values().flat_map(|table| &table.fields);
        let others: BTreeSet<&str> =
            fields().filter(|field| field.kind() != FieldKind::Money).map(|field| field.name.as_str()).collect();
        let amounts = fields().filter(|field| field.kind() == FieldKind::Money).map(|field| field.name.as_str());
        Self(amounts.chain([APPROVED_TOTAL]).filter(|name| !others.contains(name)).collect())
    }

    /// The mistake that a column of a table is, if it shows an amount in another format; `line` is that of the column.
    pub fn fault_of_column(&self, name: &str, format: Format, line: usize, path: &str) -> Option<Mistake> {
        let wrong = self.0.contains(name) && format != Format::Money;
        wrong.then(|| Mistake::at(FILE, line, path, format!("{name} is an amount in pence: write format: money")))
    }

    /// Every place of a template, which begins on `line`, that prints an amount in another format.
    pub fn faults_of_template(&self, line: usize, template: &str) -> Vec<Mistake> {
        let mut mistakes = Vec::new();
        for tag in printed(template) {
            let amount =
                tag.references.iter().filter_map(|reference| reference.column).find(|name| self.0.contains(name));
            let filters: Vec<&str> = tag.inside.split('|').skip(1).map(first_word).collect();
            if let Some(name) = amount
                && !filters.contains(&"money")
            {
                let at = line + template[..tag.start].matches('\n').count();
                let what = format!("{name} is an amount in pence: write {{{{ … | money }}}}");
                mistakes.push(Mistake::at(FILE, at, "", what));
            }
        }
        mistakes
    }
}

/// The name of a filter, without what may stand behind it in its expression.
fn first_word(filter: &str) -> &str {
    let filter = filter.trim_start();
    &filter[..filter.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(filter.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_without_its_format_is_known() {
        let names = AmountNames(BTreeSet::from(["amount", "approved_total"]));
        for (template, lines) in [
            ("{{ funding.amount | money }} of {{ period.approved_total|money }}", vec![]),
            ("{{- line[\"A\"].amount | money -}}", vec![]),
            ("{{ a.amount | money if a.amount else \"none\" }}", vec![]),
            ("{{ a.amount | money ~ \" in all\" }} {{ (a.amount | money) }} {{ a.amount | money +}}", vec![]),
            ("{{ a.amount | money_ }}", vec![1]),
            ("{% if funding.amount > 0 %}{{ funding.lines }}{% endif %}", vec![]),
            ("one\n{{ funding.amount }}", vec![2]),
            ("{{ line[\"A\"].amount | integer }}\n\n{{ period.approved_total }}", vec![1, 3]),
        ] {
            let found: Vec<usize> = names.faults_of_template(1, template).iter().map(|mistake| mistake.line).collect();
            assert_eq!(found, lines, "{template}");
        }
        assert!(names.fault_of_column("amount", Format::Money, 1, "").is_none());
        assert!(names.fault_of_column("lines", Format::Integer, 1, "").is_none());
        let fault = names.fault_of_column("amount", Format::Text, 7, "columns[1]").unwrap();
        assert_eq!(
            fault.to_string(),
            "appendix.md, line 7, columns[1]: amount is an amount in pence: write format: money."
        );
    }
}
