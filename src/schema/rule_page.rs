//! The page about a rule, made from its file, for those who ask what a finding's code means.

use super::rule::STATED_TOTAL;
use super::{Pack, Rule};
use crate::model::{CheckPage, CheckPart, how_to_silence, listed};

impl Pack {
    /// The page about a rule: what must hold, why, what it reads, how to mend and how to silence it.
    pub fn rule_page(&self, rule: &Rule) -> CheckPage {
        let mut parts = vec![CheckPart::new("What must hold", format!("{}.", rule.title.trim_end_matches('.')))];
        if !rule.about.trim().is_empty() {
            parts.push(CheckPart::new("Why it matters", rule.about.trim()));
        }
        parts.push(CheckPart::new("What a finding says", spoken(&rule.message)));
        parts.push(CheckPart::new("How to mend it", spoken(&rule.fix)));
        parts.push(CheckPart::new("What it reads", format!("{}.", self.read_by(rule))));
        let silence = how_to_silence(&rule.code, rule.explainable);
        parts.push(CheckPart::new("How to silence it", format!("{silence} Its query is the pack's {}.", rule.file)));
        CheckPage { code: rule.code.clone(), title: rule.title.clone(), severity: rule.severity, is_off: false, parts }
    }

    /// The tables that a rule needs, each with its columns, as officers call them.
    fn read_by(&self, rule: &Rule) -> String {
        let mut tables: Vec<&str> = Vec::new();
        for need in &rule.needs {
            if !tables.contains(&need.table.as_str()) {
                tables.push(&need.table);
            }
        }
        let named: Vec<String> = tables.iter().map(|table| self.columns_read_by(rule, table)).collect();
        named.join("; ")
    }

    /// A table, and the columns of it that a rule needs: `Summary (Ref, Budget)`.
    fn columns_read_by(&self, rule: &Rule, table: &str) -> String {
        let fields = rule.needs.iter().filter(|need| need.table == table).filter_map(|need| need.field.as_deref());
        let Some(schema) = self.tables.get(table) else {
            let fields: Vec<&str> = fields.collect();
            return match table {
                STATED_TOTAL => format!("the totals that sheets state ({})", listed(&fields, "and")),
                _ => "which workbooks there are".to_owned(),
            };
        };
        let heading = |field: &str| schema.fields.iter().find(|known| known.name == field).map(|known| known.heading());
        let headings: Vec<&str> = fields.filter_map(heading).collect();
        let columns = if headings.is_empty() { String::new() } else { format!(" ({})", headings.join(", ")) };
        format!("{}{columns}", schema.called())
    }
}

/// A template as a reader sees it: `[project]` where a value is filled in, ` / ` between wordings.
fn spoken(template: &str) -> String {
    let mut said = String::new();
    let mut rest = template;
    while let Some(at) = rest.find("{{").into_iter().chain(rest.find("{%")).min() {
        said.push_str(&rest[..at]);
        let (inner, after) = match rest[at + 2..].split_once(if rest[at..].starts_with("{{") { "}}" } else { "%}" }) {
            Some(parts) => parts,
            None => break,
        };
        if rest[at..].starts_with("{{") {
            let name = inner.split('|').next().unwrap_or_default().trim();
            said.push_str(&format!("[{}]", value_in_words(name)));
        } else if inner.trim().starts_with("el") {
            said.push_str(" / ");
        }
        rest = after;
    }
    said.push_str(rest);
    said
}

/// What a column of a rule's result is to a reader.
fn value_in_words(name: &str) -> String {
    match name {
        "_actual" => "what it says".to_owned(),
        "_expected" => "what is expected".to_owned(),
        _ => name.replace('_', " ").trim().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::PackFiles;

    #[test]
    fn templates_as_a_reader_sees_them() {
        for (template, expected) in [
            ("Remaining for {{ project }} says {{ _actual }}.", "Remaining for [project] says [what it says]."),
            ("in {{ month | month }}: {{ _difference }}", "in [month]: [difference]"),
            (
                "{% if times == 0 %}It is missing.{% else %}It is there twice.{% endif %}",
                "It is missing. / It is there twice.",
            ),
            ("nothing to fill in", "nothing to fill in"),
        ] {
            assert_eq!(spoken(template), expected);
        }
    }

    #[test]
    fn the_page_of_a_rule() {
        let pack = Pack::parse(PackFiles::built_in()).unwrap();
        let rule = pack.rules.iter().find(|rule| rule.code == "remaining-is-budget-less-spend").unwrap();
        let page = pack.rule_page(rule).to_string();
        for part in [
            "remaining-is-budget-less-spend (error): Remaining is budget less spend to date",
            "What must hold: Remaining is budget less spend to date.",
            "Why it matters: A formula that was typed over, or that points at another row, shows here.",
            "What a finding says: Remaining for [project] says [what it says]; budget less spend to date is [what is expected].",
            "How to mend it: Correct the formula in the Remaining column.",
            "What it reads: Position by project (Budget, Spend to date, Remaining).",
            "`checks: {remaining-is-budget-less-spend: {off: true}}`",
            "rules/remaining-is-budget-less-spend.sql",
        ] {
            assert!(page.contains(part), "{part}\n{page}");
        }
    }
}
