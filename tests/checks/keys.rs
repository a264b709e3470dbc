//! Values that must not repeat and values that must be in another table, over all workbooks of a year.

use crosscast::checks::check_keys;
use crosscast::model::{Outcome, Place, Workbook};
use crosscast::read::read;

use super::support::pack::partnership;
use super::support::store::sealed_store;
use super::support::{pack_of, workbook};
use super::{lines, messages, not_run, suggestions};

const MEETINGS: &str = "
fields:
  - {name: held_on, title: Date, type: date}
  - {name: project, title: Project, type: string}
  - {name: reference, title: Reference, type: string, constraints: {unique: true}}
primaryKey: [held_on, project]
foreignKeys:
  - fields: [project]
    reference: {resource: funding, fields: [project]}
";

const FUNDING: &str = "
fields:
  - {name: project, title: Project title, type: string}
  - {name: amount, title: Amount, type: number, crosscast: {unit: GBP}}
crosscast: {title: Funding}
";

const KINDS: &str = "  - name: funding
    files: 'funding'
    tables: [{table: funding, sheet: Funding}]
  - name: meetings
    files: '.*'
    tables: [{table: meetings, sheet: Meetings}]
";

const PROJECTS: &str = "Hate Crime | £5.00\nDawn Project | £6.00";

/// Workbooks of meetings: the path and the rows of each.
type Meetings<'a> = &'a [(&'a str, &'a str)];

/// What is found over a funding table and workbooks of meetings.
fn keys(funding: &str, meetings: Meetings) -> Outcome {
    let pack = pack_of(&[
        ("tables/meetings.yaml", MEETINGS),
        ("tables/funding.yaml", FUNDING),
        ("partnership.yaml", &partnership(KINDS)),
    ]);
    let funding = workbook(&format!("# Funding\nProject title | Amount\n{funding}"));
    let sheet = |rows: &str| workbook(&format!("# Meetings\nDate | Project | Reference\n{rows}"));
    let mut workbooks: Vec<Workbook> = vec![read("funding.xlsx", &funding, &pack)];
    workbooks.extend(meetings.iter().map(|(path, rows)| read(path, &sheet(rows), &pack)));
    check_keys(&sealed_store(&pack, &workbooks), &pack).unwrap()
}

#[test]
fn what_must_not_repeat() {
    let rows: [(&str, Meetings, &[&str]); 6] = [
        ("all are different", &[("a.xlsx", "2022-06-12|Hate Crime|A-1\n2022-06-13|Hate Crime|A-2")], &[]),
        (
            "a value in one sheet",
            &[("a.xlsx", "2022-06-12|Hate Crime|A-1\n2022-06-13|Hate Crime|A-2\n2022-06-14|Hate Crime|A-1")],
            &["repeated-value a.xlsx Meetings!C4 The reference “A-1” is already in C2."],
        ),
        (
            "a value in another workbook",
            &[("a.xlsx", "2022-06-12|Hate Crime|A-1"), ("b.xlsx", "2022-06-13|Hate Crime|A-1")],
            &["repeated-value b.xlsx Meetings!C2 The reference “A-1” is already in Meetings!C2 of a.xlsx."],
        ),
        (
            "a key of two fields",
            &[("a.xlsx", "2022-06-12|Hate Crime|A-1\n2022-06-12|Dawn Project|A-2\n2022-06-12|Hate Crime|A-3")],
            &[
                "repeated-key a.xlsx Meetings!A4 The row of A2 already has the date 12/06/2022 and project “Hate Crime”.",
            ],
        ),
        (
            "keys with an empty part",
            &[("a.xlsx", "|Hate Crime|A-1\n|Hate Crime|A-2\n2022-06-12|Hate Crime|\n2022-06-13|Hate Crime|")],
            &[],
        ),
        (
            "a table copied whole",
            &[
                ("a.xlsx", "2022-06-12|Hate Crime|A-1\n2022-06-13|Hate Crime|A-2"),
                ("b.xlsx", "2022-06-12|Hate Crime|A-3\n2022-06-13|Hate Crime|A-4"),
            ],
            &["repeated-key b.xlsx Meetings!A2:A3 2 rows have the date and project of the rows of Meetings!A2:A3 of \
                 a.xlsx."],
        ),
    ];
    for (name, meetings, expected) in rows {
        let found: Vec<String> = keys(PROJECTS, meetings)
            .findings
            .iter()
            .map(|finding| {
                let workbook = finding.place.workbook.as_deref().unwrap();
                format!("{} {workbook} {} {}", finding.code, finding.place.in_workbook(), finding.message)
            })
            .collect();
        assert_eq!(found, expected, "{name}");
    }
    let repeated = keys(PROJECTS, &[("a.xlsx", "2022-06-12|Hate Crime|A-1\n2022-06-13|Hate Crime|A-1")]);
    assert_eq!(repeated.findings[0].related.iter().map(Place::in_workbook).collect::<Vec<_>>(), ["Meetings!C2"]);
}

#[test]
fn what_must_be_in_another_table() {
    let slip = keys(PROJECTS, &[("a.xlsx", "2022-06-12|Hate Cirme|A-1\n2022-06-13|Dawn Project|A-2")]);
    assert_eq!(lines(&slip), ["error unknown-reference Meetings!B2"]);
    assert_eq!(messages(&slip), ["The project “Hate Cirme” is not in the funding table."]);
    assert_eq!(suggestions(&slip.findings[0]), ["“Hate Crime”"]);
    assert_eq!(slip.findings[0].suggestions[0].cells[0].in_workbook(), "Funding!A2");

    let unlike = keys(PROJECTS, &[("a.xlsx", "2022-06-12|Street lighting|A-1\n2022-06-13|Street lighting|A-2")]);
    assert_eq!(lines(&unlike), ["error unknown-reference Meetings!B2:B3"]);
    assert_eq!(suggestions(&unlike.findings[0]), [""; 0]);

    assert_eq!(lines(&keys(PROJECTS, &[("a.xlsx", "2022-06-12||A-1\n2022-06-13||A-2")])), [""; 0]);

    let nothing = keys("", &[("a.xlsx", "2022-06-12|Hate Crime|A-1")]);
    assert_eq!(lines(&nothing), [""; 0]);
    assert_eq!(
        not_run(&nothing),
        ["unknown-reference: Funding has no rows that were read, so that meetings could not be looked up in it."]
    );
}
