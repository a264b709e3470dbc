//! The same small table again and again.

use crosscast::checks::{check_resubmission, have_the_same_rows};
use crosscast::model::{Origin, Table, Value, Workbook};

use crate::{findings, read_by, shown, support};

/// The tables of a workbook, each as its rows: the cell and what it holds.
fn blocks(workbook: &Workbook) -> Vec<Vec<Vec<String>>> {
    workbook.tables.iter().map(shown).collect()
}

fn read(yaml: &str, text: &str) -> Workbook {
    read_by(&[("projects", "Projects", yaml)], text)
}

fn found(yaml: &str, text: &str) -> Vec<String> {
    findings(&[("projects", "Projects", yaml)], text)
}

/// What a field means in each row of each table.
fn values(workbook: &Workbook, field: usize) -> Vec<Value> {
    let rows = workbook.tables.iter().flat_map(|table: &Table| &table.rows);
    rows.map(|row| row.cells[field].value.clone()).collect()
}

fn text(text: &str) -> Value {
    Value::Text(text.into())
}

const PROJECTS: &str = "
fields:
  - {name: project, title: Project, type: string}
  - {name: number, title: Number, type: integer}
  - {name: item, title: Item, type: string}
  - {name: cost, title: Cost, type: number, crosscast: {unit: GBP}}
crosscast:
  layout: blocks
  blocks: {start: 'Project (?P<number>\\d+): (?P<project>.*)', end: 'Notes:?'}
";

const BELOW: &str = "# Projects
    Capital projects

    Project 1: Riverside
    Item | Cost
    Fencing | £10.00
    Paths | £2.50
    Total | =SUM(B5:B6) -> £12.50

    project 2: Hilltop
    Item | Cost
    Seats | £5.00
    Notes:
    Gates | £99.00";

/// Survey: the same small block repeated (10), one a project.
#[test]
fn blocks_below_each_other() {
    let read = read(PROJECTS, BELOW);
    assert_eq!(
        blocks(&read),
        [
            vec![["A3 Riverside", "A3 1", "A5 Fencing", "B5 10"], ["A3 Riverside", "A3 1", "A6 Paths", "B6 2.5"],],
            vec![["A9 Hilltop", "A9 2", "A11 Seats", "B11 5"]],
        ]
    );
    assert_eq!(values(&read, 0), [text("Riverside"), text("Riverside"), text("Hilltop")]);
    assert_eq!(values(&read, 1), [Value::Integer(1), Value::Integer(1), Value::Integer(2)]);
    assert_eq!(read.tables[0].columns[0].as_ref().unwrap().origin, Origin::Block);
    assert_eq!(read.tables[0].total.as_ref().unwrap().line, 6, "each block has a total of its own");
    assert_eq!(read.absent, []);
    assert_eq!(
        found(PROJECTS, BELOW),
        ["unclaimed-figures B13: B13 stands below the table, where nothing is read; £99.00 is in no figure."],
        "what stands below the end is no block's"
    );
}

/// Near miss of the row above: a block whose total is out, and one without its headings; the others are read.
#[test]
fn what_is_wrong_with_one_block_is_said_of_it() {
    let wrong = BELOW.replace("-> £12.50", "-> £13.50").replace("Item | Cost\n    Seats", "What | Price\n    Seats");
    let read = read(PROJECTS, &wrong);
    assert_eq!(read.tables.len(), 1);
    let lines = found(PROJECTS, &wrong);
    assert!(lines.iter().any(|line| line.contains("B7")), "{lines:?}");
    assert!(lines.iter().any(|line| line.starts_with("missing-table")), "{lines:?}");
    let why = format!("{:?}", read.absent[0].why);
    assert!(why.contains("the headings “Item” and “Cost” of the block “project 2: Hilltop” in A9"), "{why}");
}

/// Near miss: texts that begin nearly as a block does are named, and none of them is one.
#[test]
fn where_no_block_begins_what_is_like_one_is_named() {
    let read = read(PROJECTS, "# Projects\nCapital projects\nProject 1 - Riverside\nItem | Cost\nFencing | £10.00");
    assert_eq!(read.tables, []);
    let why = format!("{:?}", read.absent[0].why);
    assert!(why.contains("Project 1 - Riverside") && !why.contains("Capital"), "{why}");
}

/// Survey: side by side (14), the same table.
#[test]
fn blocks_beside_each_other() {
    let text = "# Projects
        Capital projects
        Project 1: Riverside | | | Project 2: Hilltop
        Item | Cost | | Item | Cost
        Fencing | £10.00 | | Seats | £5.00
        Paths | £2.50 | | |
        \"Project 3:\\nQuay\" | | | Project 4: Moor
        Item | Cost | | Item | Cost
        Steps | £1.00 | | Walls | £3.00";
    let read = read(PROJECTS, text);
    assert_eq!(
        blocks(&read),
        [
            vec![["A2 Riverside", "A2 1", "A4 Fencing", "B4 10"], ["A2 Riverside", "A2 1", "A5 Paths", "B5 2.5"],],
            vec![["D2 Hilltop", "D2 2", "D4 Seats", "E4 5"]],
            vec![["A6 Quay", "A6 3", "A8 Steps", "B8 1"]],
            vec![["D6 Moor", "D6 4", "D8 Walls", "E8 3"]],
        ]
    );
    assert_eq!(found(PROJECTS, text), [""; 0]);
}

/// Side by side, where the next one on the left begins while that on the right goes on: neither takes rows of the other.
#[test]
fn blocks_beside_each_other_that_begin_in_different_rows() {
    let text = "# Projects
        Project 1: Riverside | | | Project 2: Hilltop
        Item | Cost | | Item | Cost
        Fencing | £10.00 | | Seats | £5.00
        Project 3: Quay | | | Gates | £6.00
        Item | Cost | | Signs | £7.00
        Steps | £1.00 | | Bins | £8.00";
    let read = read(PROJECTS, text);
    assert_eq!(
        blocks(&read),
        [
            vec![["A1 Riverside", "A1 1", "A3 Fencing", "B3 10"]],
            vec![
                ["D1 Hilltop", "D1 2", "D3 Seats", "E3 5"],
                ["D1 Hilltop", "D1 2", "D4 Gates", "E4 6"],
                ["D1 Hilltop", "D1 2", "D5 Signs", "E5 7"],
                ["D1 Hilltop", "D1 2", "D6 Bins", "E6 8"],
            ],
            vec![["A4 Quay", "A4 3", "A6 Steps", "B6 1"]],
        ]
    );
}

/// Each block is compared with its like, not with the first of its name.
#[test]
fn what_changed_in_one_of_several_blocks_is_named() {
    let pack = support::pack(&[("projects", "Projects", PROJECTS)]);
    let read = |path: &str, text: &str| crosscast::read::read(path, &support::workbook(text), &pack);
    let old = read("2022-04 April.xlsx", BELOW);
    let new = read("2022-04 April again.xlsx", &BELOW.replace("Seats | £5.00", "Seats | £6.00"));
    let message = &check_resubmission(&old, &new, &pack).findings[0].message;
    assert!(message.ends_with("It differs in Projects!B11 (£5.00 before, £6.00 now)."), "{message}");
    // One block less, and the one that is left is the first.
    let less = read("2022-04 April again.xlsx", BELOW.split("\n\n    project 2").next().unwrap());
    let message = &check_resubmission(&old, &less, &pack).findings[0].message;
    assert!(message.ends_with("It differs in the table on Projects (gone)."), "{message}");

    let many = |last: &str| {
        let rows: String = (1..=12).map(|nth| format!("Item {nth} | £{nth}.00\n")).collect();
        format!("# Projects\nProject 1: A\nItem | Cost\n{rows}Project 2: B\nItem | Cost\nSeats | {last}")
    };
    let [april, copy, may] = [("2022-04", "£5.00"), ("2022-05", "£5.00"), ("2022-06", "£6.00")]
        .map(|(month, last)| read(month, &many(last)));
    assert!(have_the_same_rows(&april, &copy, &pack), "every row of every block");
    assert!(!have_the_same_rows(&april, &may, &pack), "the second block is another");
}

const FORMS: &str = "
fields:
  - {name: project, title: Project, type: string}
  - {name: lead, title: Lead officer, type: string, constraints: {required: true}}
  - {name: grant, title: Grant claimed, type: number, crosscast: {unit: GBP}}
crosscast:
  layout: blocks
  blocks: {start: 'Project: ?(?P<project>.*)', layout: form}
  rows: {require: [lead]}
  form: {ignore: ['< Select >']}
";

/// Survey: the same small block repeated (10): a form for each project, of which some were not needed.
#[test]
fn blocks_that_are_forms() {
    let claims = "# Projects
        Project: Riverside
        Lead officer | | A. Clerk
        Grant claimed | | £10.00
        Project: Hilltop
        Lead officer | | B. Clerk
        Grant claimed
        Project:
        Lead officer | < Select >
        Grant claimed";
    let read = read(FORMS, claims);
    assert_eq!(
        blocks(&read),
        [
            vec![["A1 Riverside", "C2 A. Clerk", "C3 10"]],
            // Nothing of a block is taken from the next one.
            vec![["A4 Hilltop", "C5 B. Clerk", "B6"]],
        ]
    );
    assert_eq!(found(FORMS, claims), [""; 0]);
    // Near miss: without `require` the third is a claim that was not filled in.
    let all = FORMS.replace("  rows: {require: [lead]}\n", "");
    assert_eq!(found(&all, claims), ["required-value B8: Enter the lead officer."]);
}
