//! The sample year, read by the pack that the repository brings.

use std::path::Path;

use crosscast::model::{Converted, Money, RawValue, UnreadableWorkbook, Value, Workbook};
use crosscast::read::read;
use crosscast::schema::Pack;

use crate::support::sample_pack::sample_pack;
use crate::support::sample_workbooks::sample_workbooks;

fn sample(folder: &str, path: &str, pack: &Pack) -> Workbook {
    let file = Path::new("samples").join(folder).join(path);
    read(path, &std::fs::read(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display())), pack)
}

fn rows(workbooks: &[Workbook], table: &str) -> Vec<usize> {
    workbooks.iter().filter_map(|workbook| workbook.table(table)).map(|table| table.rows.len()).collect()
}

#[test]
fn all_eighteen_workbooks_are_read_whole() {
    let workbooks = sample_workbooks("2022-23", &sample_pack());
    assert_eq!(workbooks.len(), 18);
    for workbook in &workbooks {
        assert_eq!(workbook.unreadable, None, "{}", workbook.path);
        assert_eq!(workbook.absent, [], "{}", workbook.path);
        for table in &workbook.tables {
            assert!(table.columns.iter().all(Option::is_some), "{} {}", workbook.path, table.name);
            assert_eq!(table.after_total, [], "{} {}", workbook.path, table.name);
            let marked = table.rows.iter().flat_map(|row| &row.cells).filter(|cell| cell.is_marked()).count();
            assert_eq!(marked, 0, "{} {}", workbook.path, table.name);
        }
    }
    assert_eq!(rows(&workbooks, "spend").iter().sum::<usize>(), 58);
    assert_eq!(rows(&workbooks, "measures"), [28; 12]);
    assert_eq!(rows(&workbooks, "summary"), [10; 12]);
    assert_eq!(rows(&workbooks, "return"), [1; 12]);
    for (table, count) in [
        ("funding", 10),
        ("recorded_crime", 12),
        ("year_end_measures", 14),
        ("reviews", 6),
        ("orders", 3),
        ("members", 7),
        ("meetings", 11),
        ("explanations", 1),
    ] {
        assert_eq!(rows(&workbooks, table), [count], "{table}");
    }
}

#[test]
fn stated_totals() {
    let pack = sample_pack();
    let funding = sample("2022-23", "funding/SWCSP funding 2022-23.xlsx", &pack);
    let total = funding.table("funding").unwrap().total.as_ref().unwrap();
    let stated = total.cells.iter().find(|cell| cell.position.to_string() == "D15").unwrap();
    assert_eq!(stated.value, Value::Money(Money::from_pence(13_925_000)));
    assert_eq!(stated.formula, None, "it was typed, not added");

    let april = sample("2022-23", "monthly/2022-04 April return.xlsx", &pack);
    for (table, cell) in [("spend", "F8"), ("summary", "D14")] {
        let total = april.table(table).unwrap().total.as_ref().unwrap();
        let stated = total.cells.iter().find(|stated| stated.position.to_string() == cell).unwrap();
        assert!(stated.formula.as_deref().is_some_and(|formula| formula.starts_with("SUM(")), "{table} {stated:?}");
    }
    assert_eq!(april.table("measures").unwrap().total, None);

    let crime = sample("2022-23", "performance/Recorded crime 2022-23.xlsx", &pack);
    let total = crime.table("recorded_crime").unwrap().total.as_ref().unwrap();
    assert_eq!(total.cells[0].converted, None, "the label stands in a column of months");
    assert_eq!(total.cells[1].value, Value::Integer(10_817));
}

#[test]
fn what_officers_left_in_the_sample() {
    let pack = sample_pack();
    let may = sample("2022-23", "monthly/2022-05 May return.xlsx", &pack);
    let dates: Vec<_> = may.table("spend").unwrap().rows.iter().map(|row| &row.cells[0]).collect();
    assert!(dates.iter().all(|cell| cell.converted == Some(Converted::FromText)));
    assert_eq!(dates[0].value, Value::Date("2022-05-04".parse().unwrap()));
    assert!(may.sheets.iter().any(|sheet| &*sheet.name == "Lists" && sheet.is_hidden()));

    let august = sample("2022-23", "monthly/2022-08 August return.xlsx", &pack);
    let project = &august.table("spend").unwrap().rows[0].cells[2];
    assert_eq!(project.value, Value::Text("Acquisitive Crime".into()));
    assert_eq!(project.raw, RawValue::Text(" Acquisitive Crime\u{a0}".into()));

    let november = sample("2022-23", "monthly/2022-11 November return.xlsx", &pack);
    let unknown: Vec<_> =
        november.table("spend").unwrap().unknown_headings.iter().map(|heading| &*heading.text).collect();
    assert_eq!(unknown, ["Checked"]);
    assert_eq!(november.month_in_name.unwrap().iso(), "2022-11");
}

#[test]
fn old_and_open_formats_have_real_dates() {
    let pack = sample_pack();
    let registers = sample("2022-23", "registers/SWCSP registers 2022-23.xls", &pack);
    let orders = registers.table("orders").unwrap();
    assert_eq!(orders.rows[0].cells[1].value, Value::Null, "the day was not published");
    assert_eq!(orders.rows[0].cells[2].value, Value::Date("2021-11-25".parse().unwrap()));
    let reviews = registers.table("reviews").unwrap();
    assert_eq!(
        (&reviews.rows[0].cells[0].value, &reviews.rows[0].cells[3].value),
        (&Value::Integer(16), &Value::Boolean(true))
    );

    let meetings = sample("2022-23", "registers/Meetings 2022-23.ods", &pack);
    let first = &meetings.table("meetings").unwrap().rows[0];
    assert_eq!((first.line, &first.cells[0].value), (3, &Value::Date("2022-05-12".parse().unwrap())));
    assert_eq!(first.cells[0].converted, None);
}

#[test]
fn faults_stay_visible() {
    let workbooks = sample_workbooks("with-faults", &sample_pack());
    let meetings = workbooks.iter().find(|workbook| workbook.path.ends_with(".ods")).unwrap();
    assert!(matches!(meetings.unreadable, Some(UnreadableWorkbook::Damaged(_))), "{:?}", meetings.unreadable);
    assert_eq!(workbooks.iter().filter(|workbook| workbook.unreadable.is_some()).count(), 1);
    let marked: Vec<String> = workbooks
        .iter()
        .flat_map(|workbook| workbook.tables.iter().map(move |table| (workbook, table)))
        .flat_map(|(workbook, table)| table.rows.iter().map(move |row| (workbook, table, row)))
        .flat_map(|(workbook, table, row)| {
            let marked = row.cells.iter().filter(|cell| cell.is_marked());
            marked.map(move |cell| format!("{} {}!{}", workbook.stem(), table.sheet, cell.position))
        })
        .collect();
    assert_eq!(marked, ["2022-08 August return Spend!A5", "2023-02 February return Spend!F4"]);
}
