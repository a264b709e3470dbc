//! What the pack sets for a check: everywhere, in a table, in a field; the nearest setting wins.

use crosscast::schema::Pack;

use super::support::one_kind::pack;
use super::support::pack::{pack_of, partnership};
use super::support::store::sealed_store;
use super::support::workbook;
use super::{judged, lines, not_run};
use crosscast::checks::check_keys;
use crosscast::read::read;

/// A pack of one table with two fields of whole numbers and one of texts, and settings at three places.
fn weighed(everywhere: &str, table: &str, field: &str) -> Pack {
    let schema = format!(
        "fields:\n  - {{name: first, title: First, type: integer, constraints: {{minimum: 5}}, crosscast: {{checks: \
         {{{field}}}}}}}\n  - {{name: second, title: Second, type: integer, constraints: {{minimum: 5}}}}\n  - {{name: note, title: \
         Note, type: string}}\ncrosscast: {{title: Counts, checks: {{{table}}}}}\n"
    );
    let pack = pack(&[("counts", "Counts", &schema)]);
    let file = format!("{}checks: {{{everywhere}}}\n", pack.files.text("partnership.yaml").unwrap());
    pack_of(&[("partnership.yaml", &file), ("tables/counts.yaml", &schema)])
}

#[test]
fn the_nearest_setting_wins() {
    let rows: [(&str, [&str; 3], &[&str]); 8] = [
        ("none", ["", "", ""], &["error too-small Counts!A2", "error too-small Counts!B2"]),
        (
            "everywhere",
            ["too-small: {severity: info}", "", ""],
            &["info too-small Counts!A2", "info too-small Counts!B2"],
        ),
        (
            "a table before everywhere",
            ["too-small: {severity: info}", "too-small: {severity: warning}", ""],
            &["warning too-small Counts!A2", "warning too-small Counts!B2"],
        ),
        (
            "a field before its table",
            ["", "too-small: {severity: warning}", "too-small: {severity: info}"],
            &["info too-small Counts!A2", "warning too-small Counts!B2"],
        ),
        ("off in a field", ["", "", "too-small: {off: true}"], &["error too-small Counts!B2"]),
        ("off in a table", ["", "too-small: {off: true}", ""], &[]),
        (
            "off, and on again in a field",
            ["too-small: {off: true}", "", "too-small: {off: false}"],
            &["error too-small Counts!A2"],
        ),
        (
            "what a near setting leaves out is as the farther has it",
            ["too-small: {severity: warning}", "", "too-small: {off: false}"],
            &["warning too-small Counts!A2", "warning too-small Counts!B2"],
        ),
    ];
    for (name, [everywhere, table, field], expected) in rows {
        let outcome =
            judged(&weighed(everywhere, table, field), "2022-04 April.xlsx", "# Counts\nFirst|Second|Note\n1|1|n");
        assert_eq!(lines(&outcome), expected, "{name}");
    }
}

#[test]
fn what_could_not_run_is_weighed_by_its_field() {
    let of = |field: &str| {
        let outcome = judged(&weighed("", "", field), "2022-04 April.xlsx", "# Counts\nFirst|Second|Note\nx|y|n");
        outcome.not_run.iter().map(|check| (check.check.clone(), check.why.clone(), check.required)).collect::<Vec<_>>()
    };
    let line = |cell: &str, required: bool| {
        ("too-small".to_owned(), format!("Counts!{cell} could not be read (2022-04 April.xlsx)."), required)
    };
    assert!(of("").contains(&line("A2", true)) && of("").contains(&line("B2", true)));
    let off = of("too-small: {off: true}");
    assert!(!off.contains(&line("A2", true)) && off.contains(&line("B2", true)), "{off:?}");
    let free = of("too-small: {required: false}");
    assert!(free.contains(&line("A2", false)) && free.contains(&line("B2", true)), "{free:?}");
}

#[test]
fn a_table_that_was_not_read_asks_for_nothing_that_is_off() {
    let of =
        |table: &str, field: &str| not_run(&judged(&weighed("", table, field), "2022-04 April.xlsx", "# Other\nFirst"));
    let too_small = "too-small: Counts was not read (2022-04 April.xlsx).".to_owned();
    assert!(of("", "").contains(&too_small));
    assert!(of("", "too-small: {off: true}").contains(&too_small), "the second field still asks for it");
    assert!(!of("too-small: {off: true}", "").contains(&too_small));

    // A column that is not there asks for nothing that is off in its field.
    let missing =
        |field: &str| not_run(&judged(&weighed("", "", field), "2022-04 April.xlsx", "# Counts\nSecond|Note\n7|n"));
    let no_first = "too-small: Counts has no first to judge (2022-04 April.xlsx).".to_owned();
    assert!(missing("").contains(&no_first), "{:?}", missing(""));
    assert!(!missing("too-small: {off: true}").contains(&no_first));
}

#[test]
fn keys_and_references_are_weighed_by_their_fields() {
    let found = |reference: &str, project: &str| {
        let meetings = format!(
            "fields:\n  - {{name: project, title: Project, type: string, crosscast: {{checks: {{{project}}}}}}}\n  - \
             {{name: reference, title: Reference, type: string, constraints: {{unique: true}}, crosscast: {{checks: \
             {{{reference}}}}}}}\nforeignKeys:\n  - fields: [project]\n    reference: {{resource: funding, fields: \
             [project]}}\n"
        );
        let kinds = "  - name: all\n    files: '.*'\n    tables: [{table: funding, sheet: Funding}, {table: meetings, \
                     sheet: Meetings}]\n";
        let pack = pack_of(&[
            ("tables/meetings.yaml", &meetings),
            ("tables/funding.yaml", "fields:\n  - {name: project, title: Project title, type: string}\n"),
            ("partnership.yaml", &partnership(kinds)),
        ]);
        let text = "# Funding\nProject title\nHate Crime\n# Meetings\nProject|Reference\nLighting|A-1\nHate Crime|A-1";
        let workbook = read("a.xlsx", &workbook(text), &pack);
        lines(&check_keys(&sealed_store(&pack, &[workbook]), &pack).unwrap())
    };
    assert_eq!(found("", ""), ["error unknown-reference Meetings!A2", "error repeated-value Meetings!B3"]);
    assert_eq!(
        found("repeated-value: {severity: warning}", "unknown-reference: {off: true}"),
        ["warning repeated-value Meetings!B3"]
    );
    // A setting in another field than that of the key says nothing of it.
    assert_eq!(found("unknown-reference: {off: true}", "repeated-value: {off: true}").len(), 2);
}
