//! Labels with their values far apart.

use crosscast::model::{Table, Value, WhyAbsent};

use crate::{findings, read_by, the_table};

/// The one record of a form: for each field the cell of its value, and what it means.
fn record(table: &Table) -> Vec<String> {
    let [row] = table.rows.as_slice() else { panic!("{} rows", table.rows.len()) };
    let said = |value: &Value| match value {
        Value::Null => "-".to_owned(),
        Value::Text(text) => text.to_string(),
        Value::Money(money) => money.to_string(),
        Value::Date(day) => day.to_string(),
        other => format!("{other:?}"),
    };
    row.cells.iter().map(|cell| format!("{} {}", cell.position, said(&cell.value))).collect()
}

fn form(yaml: &str, text: &str) -> Table {
    the_table(&read_by(&[("claim", "Claim", yaml)], text), "claim")
}

fn found(yaml: &str, text: &str) -> Vec<String> {
    findings(&[("claim", "Claim", yaml)], text)
}

const CLAIM: &str = "
fields:
  - {name: applicant, title: Name of applicant, type: string, constraints: {required: true}}
  - {name: signed_on, title: Date, type: date, crosscast: {value: {right: 7}}}
  - {name: amount, type: number, crosscast: {unit: GBP, heading: 'Total (grant )?claimed.*', value: below}}
  - {name: region, title: Region, type: string}
crosscast:
  layout: form
  headings: {strip: footnotes}
  form:
    value: right
    ignore: ['< ?Select.*>', '\\(as on .*\\)', 'Enter .*']
";

/// Survey: label-and-value forms (18), the value 2 to 7 columns away or below a hint; a drop-down that shows “< Select >” (7).
#[test]
fn values_far_from_their_labels_and_below_hints() {
    let text = "# Claim
        Grant claim form
        Name of applicant: [note 1] | (as on the offer letter) | | Riverside Trust
        Date | | office use | | | | | 2022-04-15
        \"TOTAL GRANT\\nCLAIMED (£)\"
        Enter pounds and pence
        £1,250.00
        Region | < Select >";
    let table = form(CLAIM, text);
    assert_eq!(record(&table), ["D2 Riverside Trust", "H3 2022-04-15", "A6 £1,250.00", "B7 -"]);
    let labels: Vec<String> =
        table.columns.iter().flatten().map(|label| format!("{} {}", label.heading, label.text)).collect();
    assert_eq!(labels, ["A2 Name of applicant: [note 1]", "A3 Date", "A4 TOTAL GRANT\nCLAIMED (£)", "A7 Region"]);
    assert_eq!(found(CLAIM, text), [""; 0]);
}

/// Near miss of the row above: without the words, hints and drop-downs are values, and a label with a mark is none.
#[test]
fn a_hint_that_the_pack_says_nothing_of_is_a_value() {
    let plain = CLAIM.split("  headings:").next().unwrap();
    let text = "# Claim
        Name of applicant | (as on the offer letter) | | Riverside Trust
        Date | | | | | | | 2022-04-15
        Total claimed [note 1]
        £1,250.00
        Region | < Select >";
    assert_eq!(
        record(&form(plain, text)),
        ["B1 (as on the offer letter)", "H2 2022-04-15", "A4 £1,250.00", "B5 < Select >"]
    );
    // Eight columns away where seven are said, and what is not chosen where something must be.
    let far = "# Claim
        Name of applicant | < Select one >
        Date | | | | | | | | 2022-04-15
        Total claimed
        £1,250.00
        Region | North";
    assert_eq!(record(&form(CLAIM, far)), ["B1 -", "H2 -", "A4 £1,250.00", "B5 North"]);
    assert_eq!(found(CLAIM, far), ["required-value B1: Enter the name of applicant."]);
}

const PARTIES: &str = "
fields:
  - {name: applicant, title: Name, type: string, crosscast: {section: 'Section A.*'}}
  - {name: applicant_role, title: Role, type: string, crosscast: {section: 'Section A.*'}}
  - {name: partner, title: Name, type: string, crosscast: {section: 'Section B.*'}}
  - {name: partner_role, title: Role, type: string, crosscast: {section: 'Section B.*'}}
  - {name: reference, title: Reference, type: string}
crosscast: {layout: form}
";

/// Survey: label-and-value forms (18): the same labels in several sections.
#[test]
fn sections_tell_the_same_labels_apart() {
    let below_each_other = "# Claim
        Reference | C-17
        Section A: Applicant
        Name | Riverside Trust
        Role | Chair
        Section B: Partner
        Name | Hilltop Ltd
        Role |
        Note | none";
    assert_eq!(
        record(&form(PARTIES, below_each_other)),
        ["B3 Riverside Trust", "B4 Chair", "B6 Hilltop Ltd", "B7 -", "B1 C-17"]
    );
    let side_by_side = "# Claim
        Reference | C-17
        Section A: Applicant | | Section B: Partner
        Name | Riverside Trust | Name | Hilltop Ltd
        Role | Chair | Role | Clerk";
    assert_eq!(
        record(&form(PARTIES, side_by_side)),
        ["B3 Riverside Trust", "B4 Chair", "D3 Hilltop Ltd", "D4 Clerk", "B1 C-17"]
    );
}

/// Near miss of the row above: a label outside its section is none, and one that stands twice in it is told.
#[test]
fn a_label_outside_its_section_is_not_taken() {
    let early = "# Claim
        Name | Riverside Trust
        Section A: Applicant
        Role | Chair
        Section B: Partner
        Name | Hilltop Ltd
        Role | Clerk
        Role | Member
        Reference | C-17";
    let table = form(PARTIES, early);
    assert_eq!(table.columns[0], None, "the name above its section is not the applicant's");
    assert_eq!(record(&table)[3], "B6 Clerk");
    let lines = found(PARTIES, early);
    assert_eq!(
        lines,
        [
            "missing-heading : Add the label “Name” with its value beside it; the sheet has none.",
            "repeated-heading A7: The label “Role” repeats “Role” in A6, so its value was not read.",
        ]
    );
}

/// A label that is merged over several columns: its value is looked for behind them, and missed there.
#[test]
fn values_behind_merged_labels() {
    let yaml = "
fields:
  - {name: applicant, title: Applicant, type: string, constraints: {required: true}}
  - {name: region, title: Region, type: string}
crosscast: {layout: form}
";
    let text = "# Claim
        @merge A1:C1
        @merge A2:C2
        Applicant
        Region | | | North";
    assert_eq!(record(&form(yaml, text)), ["D1 -", "D2 North"]);
    assert_eq!(found(yaml, text), ["required-value D1: Enter the applicant."]);
}

/// A form of which no label is there is no form, whatever else is.
#[test]
fn a_form_without_its_labels_is_not_found() {
    let read = read_by(&[("claim", "Claim", PARTIES)], "# Claim\nName | Riverside Trust\nRole | Chair");
    assert_eq!(read.tables, []);
    let WhyAbsent::NoHeadings(missing) = &read.absent[0].why else { panic!("{:?}", read.absent) };
    assert_eq!(missing, &["Name", "Role", "Name", "Role", "Reference"]);
}
