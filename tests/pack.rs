//! Mistakes in the pack: all of them at once, each with file, line, path, what is wrong and what is allowed.

#![allow(clippy::unwrap_used)]

use crosscast::pipeline::{Error, read_pack};
use crosscast::schema::{Pack, PackFiles};

/// Changes to the repository's pack: a file, a text that stands in it, and what stands there instead where it comes
/// first. An empty text to be replaced puts the whole file there.
type Edits<'a> = [(&'a str, &'a str, &'a str)];

/// What is said of the pack, as the command line says it.
fn message(edits: &Edits<'_>) -> String {
    let mut files = PackFiles::built_in();
    for (file, from, to) in edits {
        if from.is_empty() {
            files.insert(*file, *to);
            continue;
        }
        let text = files.text(file).unwrap_or_else(|| panic!("no {file}")).to_owned();
        assert!(text.contains(from), "{from} is not in {file}");
        files.insert(*file, text.replacen(from, to, 1));
    }
    match read_pack(files) {
        Err(Error::Pack(mistakes)) => mistakes.to_string(),
        Err(other) => panic!("{other}"),
        Ok(_) => "no mistakes".to_owned(),
    }
}

#[test]
fn the_pack_as_it_is() {
    assert_eq!(message(&[]), "no mistakes");
}

#[test]
fn misspelt_keys() {
    insta::assert_snapshot!(message(&[
        ("partnership.yaml", "committee: Comm", "comittee: Comm"),
        ("partnership.yaml", "    committee_date:", "    commitee_date:"),
        ("partnership.yaml", "{table: funding, sheet: PCC funding}", "{table: funding, shet: PCC funding}"),
        ("partnership.yaml", "    frequency: monthly", "    frequencie: monthly"),
        ("partnership.yaml", "checks: {}", "checks:\n  return-is-final: {severty: info}"),
    ]));
}
#[test]
fn misspelt_keys_of_tables() {
    insta::assert_snapshot!(message(&[
        ("tables/funding.yaml", "primaryKey: [ref]", "primarykey: [ref]"),
        (
            "tables/funding.yaml",
            "{required: true, unique: true, pattern: 'PCC-\\d{2}'}",
            "{requird: true, unique: true, patern: 'PCC-\\d{2}'}"
        ),
        ("tables/funding.yaml", "    crosscast: {aliases: [Project]}", "    crosscast: {alias: [Project]}"),
        ("tables/funding.yaml", "control_total: true", "controltotal: true"),
        ("tables/funding.yaml", "  - name: purpose\n    title: Purpose", "  - nmae: purpose\n    titel: Purpose"),
        ("tables/spend.yaml", "reference: {resource: funding, fields", "reference: {resourse: funding, fields"),
        ("tables/measures.yaml", "    last: [AS-04]", "    lasst: [AS-04]"),
    ]));
}
#[test]
fn misspelt_keys_elsewhere() {
    insta::assert_snapshot!(message(&[
        ("rules/return-is-final.sql", "-- severity: warning", "-- sevrity: warning"),
        ("rules/return-missing.sql", "-- fix:", "-- mend:"),
        ("consolidated.yaml", "title:", "titel:"),
    ]));
}
#[test]
fn words_that_are_not_known() {
    insta::assert_snapshot!(message(&[
        ("partnership.yaml", "frequency: monthly", "frequency: montly"),
        ("partnership.yaml", "due: end", "due: never"),
        ("tables/funding.yaml", "type: number", "type: money"),
        ("tables/funding.yaml", "unit: GBP", "unit: EUR"),
        ("tables/spend.yaml", "{window: month}", "{window: quarter}"),
        ("tables/return.yaml", "layout: form", "layout: from"),
        ("tables/measures.yaml", "default: sum", "default: summ"),
        ("rules/return-is-final.sql", "severity: warning", "severity: warn"),
        ("rules/return-is-final.sql", "-- needs: [return.status]", "-- format: pounds\n-- needs: [return.status]"),
    ]));
}
#[test]
fn wrong_types() {
    insta::assert_snapshot!(message(&[
        ("partnership.yaml", "start: 2022-04-01", "start: 1 April 2022"),
        ("partnership.yaml", "approved_total: 139250.00", "approved_total: about 139250"),
        ("partnership.yaml", "    required: false\n    explanations", "    required: perhaps\n    explanations"),
        ("partnership.yaml", "month: return.month", "month: month"),
        ("tables/funding.yaml", "{required: true, minimum: 0}", "{required: 1, minimum: [0]}"),
        ("tables/explanations.yaml", "minLength: 20", "minLength: -20"),
        ("tables/funding.yaml", "enum: [Top sliced, Partnership]", "enum: Top sliced"),
        ("tables/meetings.yaml", "  - [held_on, meeting_group]", "  - held_on"),
    ]));
}
#[test]
fn missing_keys() {
    insta::assert_snapshot!(message(&[
        ("partnership.yaml", "short_name: SWCSP\n", ""),
        ("partnership.yaml", "    end: 2023-03-31\n", ""),
        ("partnership.yaml", "    files: '(?i).*registers.*'\n", ""),
        ("tables/funding.yaml", "    title: Purpose\n    type: string\n", "    title: Purpose\n"),
        ("tables/orders.yaml", "fields:", "felder:"),
        ("rules/return-is-final.sql", "-- needs: [return.status]\n", ""),
        ("rules/return-missing.sql", "-- message:", "-- about:"),
    ]));
}
#[test]
fn names_that_lead_nowhere() {
    insta::assert_snapshot!(message(&[
        ("partnership.yaml", "{table: funding, sheet", "{table: fundin, sheet"),
        ("partnership.yaml", "month: return.month", "month: return.mont"),
        ("partnership.yaml", "field: return.status", "field: retur.status"),
        ("tables/spend.yaml", "resource: funding, fields: [project]", "resource: funding, fields: [projekt]"),
        ("tables/summary.yaml", "resource: funding, fields: [ref]", "resource: grants, fields: [ref]"),
        ("tables/orders.yaml", "primaryKey: [order_name]", "primaryKey: [order_nam]"),
        ("tables/meetings.yaml", "[held_on, meeting_group]", "[held_on, group]"),
        ("tables/measures.yaml", "key: measure_id", "key: measureid"),
        ("rules/return-is-final.sql", "needs: [return.status]", "needs: [return.state]"),
        ("rules/return-missing.sql", "needs: [workbook]", "needs: [workbok]"),
        ("rules/summary-total-is-approved-total.sql", "stated_total.budget", "stated_total.budgte"),
    ]));
}
#[test]
fn what_a_value_may_not_be() {
    insta::assert_snapshot!(message(&[
        ("partnership.yaml", "end: 2023-03-31", "end: 2022-03-31"),
        ("partnership.yaml", "files: '(?i).*funding.*'", "files: '(?i).*(funding.*'"),
        ("tables/funding.yaml", "pattern: 'PCC-\\d{2}'", "pattern: 'PCC-\\d{2'"),
        (
            "tables/spend.yaml",
            "constraints: {required: true}\n    crosscast: {unit",
            "constraints: {required: true, minimum: none}\n    crosscast: {unit"
        ),
        ("tables/spend.yaml", "pattern: '(INV|JNL)-\\d{4}'", "pattern: '(INV|JNL-\\d{4}'"),
        ("tables/recorded_crime.yaml", "{required: true, minimum: 0}", "{required: true, minimum: 10, maximum: 5}"),
        ("tables/orders.yaml", "  - name: controls", "  - name: order_name"),
        ("tables/members.yaml", "  - name: sector", "  - name: Sector"),
        (
            "tables/reviews.yaml",
            "type: integer\n    constraints: {required: true,",
            "type: integer\n    constraints: {required: true, pattern: '\\d+',"
        ),
    ]));
}
#[test]
fn what_could_not_be_kept_from_the_public() {
    let count = "constraints: {required: true, minimum: 0}\n  - name: previous_year";
    let suppressed = |least: &str| {
        let to = format!(
            "constraints: {{required: true, minimum: 0}}\n    crosscast: {{suppress_below: {least}}}\n  - name: previous_year"
        );
        message(&[("tables/recorded_crime.yaml", count, &to)])
    };
    assert_eq!(suppressed("2"), "no mistakes");
    let too_low = "The pack has 1 mistake:\n  tables/recorded_crime.yaml, line 13, fields[1].crosscast.suppress_below: the \
                   suppress_below of this_year is 1, which keeps nothing back: counts from 1 to one less than it are kept \
                   back, so it must be at least 2.";
    assert_eq!(suppressed("1"), too_low);
    assert_eq!(suppressed("0"), too_low.replace("is 1,", "is 0,"));
    let not_a_count = message(&[("tables/spend.yaml", "unit: GBP, ", "unit: GBP, suppress_below: 5, ")]);
    assert_eq!(
        not_a_count,
        "The pack has 1 mistake:\n  tables/spend.yaml, line 29, fields[5].crosscast.suppress_below: amount has a \
         suppress_below, which only an integer can have."
    );
    insta::assert_snapshot!(message(&[
        ("tables/measures.yaml", "published_as_total: [HO-02, HO-03]", "published_as_total: [HO-02, H0-03]"),
        ("tables/measures.yaml", "last: [AS-04]", "last: [AS-40]"),
    ]));
}
#[test]
fn an_appendix_that_reads_what_is_not_for_the_public() {
    let appendix = "---
title: A report
subject: Figures
---

```values spend
SELECT sum(amount) AS amount,
    max(payee) AS payee
FROM spend
```

```table
caption: Reviews
query: |
  SELECT number, stage
  FROM main.reviews
columns: [{name: number, title: Review}]
```

```rows meetings
SELECT s.*, m.* FROM spend s, meetings m
```

```table
caption: Findings
query: SELECT message, public_message FROM finding
columns: [{name: public_message, title: What was found}]
```
";
    let said = message(&[("appendix.md", "", appendix)]);
    insta::assert_snapshot!(said);
    let near_miss = appendix.replace("payee", "project").replace("main.", "").replace("s.*", "s.project");
    assert_eq!(message(&[("appendix.md", "", &near_miss.replace("SELECT message,", "SELECT"))]), "no mistakes");
    // The consolidated workbook is for officers, and so are the rules.
    let officers = message(&[(
        "consolidated.yaml",
        "values:\n",
        "values:\n  payees: SELECT count(payee) AS payees FROM main.spend\n",
    )]);
    assert_eq!(officers, "no mistakes");
}
#[test]
fn a_language_that_is_no_tag() {
    let said = message(&[("partnership.yaml", "language: en-GB", "language: English")]);
    assert_eq!(
        said,
        "The pack has 1 mistake:\n  partnership.yaml, line 7, language: English is not a language tag such as en-GB."
    );
    assert_eq!(message(&[("partnership.yaml", "language: en-GB", "language: cy")]), "no mistakes");
}
#[test]
fn what_could_never_be_checked() {
    insta::assert_snapshot!(message(&[
        ("tables/spend.yaml", "resource: funding, fields: [project]", "resource: funding, fields: [project, ref]"),
        ("tables/summary.yaml", "resource: funding, fields: [ref]", "resource: funding, fields: []"),
        (
            "tables/recorded_crime.yaml",
            "{required: true, minimum: 0}",
            "{required: true, minimum: 0}\n    crosscast: {control_total: true}"
        ),
        ("partnership.yaml", "      - {table: orders, sheet: PSPO}\n", ""),
    ]));
}
#[test]
fn empty_lists() {
    insta::assert_snapshot!(message(&[
        ("partnership.yaml", "    tables:\n      - {table: recorded_crime, sheet: Recorded crime}", "    tables: []"),
        ("tables/members.yaml", "", "fields: []\n"),
        ("tables/reviews.yaml", "", ""),
        ("rules/return-is-final.sql", "needs: [return.status]", "needs: []"),
        ("appendix.md", "", ""),
    ]));
    insta::assert_snapshot!(message(&[("partnership.yaml", "", "name: Nobody\nyears: []\nworkbooks: []\n")]));
}
#[test]
fn explanations_without_their_fields() {
    insta::assert_snapshot!(message(&[
        ("tables/explanations.yaml", "  - name: approved_by", "  - name: aproved_by"),
        ("tables/explanations.yaml", "  - name: difference", "  - name: amount_of_difference"),
    ]));
}
#[test]
fn settings_and_rules() {
    insta::assert_snapshot!(message(&[
        (
            "partnership.yaml",
            "checks: {}",
            "checks:\n  return-is-finl: {severity: info}\n  total-mismach: {off: true}\n  nonsense: {off: true}"
        ),
        ("rules/return-is-final.sql", "WHERE status", "WHERE state"),
        ("rules/remaining-is-budget-less-spend.sql", "{{ project }}", "{{ projct }}"),
        ("rules/order-expires-soon.sql", "expires_on | date", "expires_on | dat"),
    ]));
}
#[test]
fn settings_of_checks_in_tables_and_fields() {
    insta::assert_snapshot!(message(&[
        (
            "tables/spend.yaml",
            "crosscast: {window: month}",
            "crosscast: {window: month, checks: {date-outside-mnth: {off: true}}}"
        ),
        (
            "tables/spend.yaml",
            "crosscast: {publish: false, label: true}",
            "crosscast:\n      publish: false\n      checks:\n        too-shrt: {off: true}"
        ),
        (
            "tables/spend.yaml",
            "  title: Payments",
            "  title: Payments\n  checks:\n    repeated-valu: {off: true}\n    spend-agrees-with-summary: {severity: warning}"
        ),
        (
            "tables/summary.yaml",
            "  title: Position by project",
            "  title: Position by project\n  checks: {total-mismatch: {threshold: 2}}"
        ),
        (
            "tables/orders.yaml",
            "  title: Public Spaces Protection Orders",
            "  title: Public Spaces Protection Orders\n  checks: {too-short: {of: true}}"
        ),
    ]));
}
#[test]
fn text_that_is_no_yaml() {
    insta::assert_snapshot!(message(&[
        (
            "tables/funding.yaml",
            "    type: string\n    constraints: {required: true, unique: true, pattern",
            "    type: string\n    constraints: {required: true, unique: true, pattern: ["
        ),
        ("tables/spend.yaml", "  - name: payee", "   - name: payee"),
        ("tables/members.yaml", "fields:\n", "fields:\n\t"),
        ("tables/orders.yaml", "fields:", "fields: []\nfields:"),
        ("rules/return-is-final.sql", "-- message: \"The", "-- message: \"The \" status"),
    ]));
}
#[test]
fn files_that_are_missing() {
    let mut files = PackFiles::default();
    files.insert("appendix.md", "# Appendix\n");
    insta::assert_snapshot!(Pack::parse(files).unwrap_err().to_string());
}
