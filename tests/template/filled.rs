//! A filled-in form passes its own checks.

use crosscast::schema::{Layout, Pack, SheetChoice};

use crate::form::Form;
use crate::right::right_entries;
use crate::support::sample_pack::sample_pack;
use crate::{check, council_pack, line, of_april, standing};

/// The kinds of workbooks and the tables of a pack of which a form can be made.
fn names(pack: &Pack) -> Vec<String> {
    let can_be_made = |table: &str| matches!(pack.tables[table].crosscast.layout, Layout::Rows | Layout::Form);
    let kinds = pack.partnership.workbooks.iter();
    let kinds = kinds.filter(|kind| kind.tables.iter().any(|place| can_be_made(&place.table)));
    let tables = pack.tables.keys().map(|name| name.to_string()).filter(|name| can_be_made(name));
    kinds.map(|kind| kind.name.clone()).chain(tables).collect()
}

/// Fills in every form of a pack and checks each by itself; gives what stands, and the tables with their rows.
fn check_all(pack: &Pack) -> (Vec<String>, Vec<String>) {
    let (mut standing_all, mut read) = (Vec::new(), Vec::new());
    for name in names(pack) {
        let made = of_april(pack, &name);
        let form = Form::new(made.bytes.clone());
        let filled = form.filled(&right_entries(&form, &made.file_name, pack));
        let report = check(pack, &made.file_name, &filled);
        assert_eq!(report.workbooks.len(), 1);
        let tables = report.workbooks[0].tables.iter().map(|table| format!("{} {}", table.sheet, table.rows));
        read.push(format!("{name}: {}: {}", made.file_name, tables.collect::<Vec<_>>().join(", ")));
        // Of a table alone the other sheets of its workbook are missing, which is right; those that are there are counted.
        let stands = standing(&report, pack);
        let stands = stands.iter().filter(|finding| finding.code != "missing-sheet");
        standing_all.extend(stands.map(|finding| format!("{name}: {}", line(finding))));
    }
    (standing_all, read)
}

#[test]
fn every_form_of_the_sample_pack() {
    let (standing, read) = check_all(&sample_pack());
    assert_eq!(standing, [""; 0]);
    assert_eq!(
        read,
        [
            "funding: Funding 2022-23.xlsx: PCC funding 3, Virements 3",
            "return: 2022-04 April return.xlsx: Return 1, Spend 3, Summary 3, Measures 28",
            "recorded-crime: Recorded crime 2022-23.xlsx: Recorded crime 12",
            "year-end-measures: Year-end measures 2022-23.xlsx: Year-end measures 3",
            "registers: Registers 2022-23.xlsx: DHR 3, PSPO 3, Members 3",
            "meetings: Meetings 2022-23.xlsx: Meetings 3",
            "explanations: Explanations 2022-23.xlsx: Explanations 3",
            "explanations: Explanations 2022-23.xlsx: Explanations 3",
            "funding: Funding 2022-23.xlsx: PCC funding 3, Virements 3",
            "measures: 2022-04 April return.xlsx: Measures 28",
            "meetings: Meetings 2022-23.xlsx: Meetings 3",
            "members: Registers 2022-23.xlsx: Members 3",
            "orders: Registers 2022-23.xlsx: PSPO 3",
            "recorded_crime: Recorded crime 2022-23.xlsx: Recorded crime 12",
            "return: 2022-04 April return.xlsx: Return 1, Spend 3, Summary 3, Measures 28",
            "reviews: Registers 2022-23.xlsx: DHR 3",
            "spend: 2022-04 April return.xlsx: Spend 3",
            "summary: 2022-04 April return.xlsx: Summary 3",
            "virements: Funding 2022-23.xlsx: Virements 3",
            "year_end_measures: Year-end measures 2022-23.xlsx: Year-end measures 3",
        ]
    );
}

#[test]
fn every_form_of_the_sample_council() {
    let (standing, read) = check_all(&council_pack());
    assert_eq!(standing, [""; 0]);
    assert_eq!(
        read,
        [
            "workforce: Workforce 2024-25.xlsx: Apr 2024 3",
            "claim: Grant claim 2024-25.xlsx: Claim 1",
            "payments: Payments over £500 2024-25.xlsx: Payments 3",
            "claim: Grant claim 2024-25.xlsx: Claim 1",
            "payments: Payments over £500 2024-25.xlsx: Payments 3",
            "workforce: Workforce 2024-25.xlsx: Apr 2024 3",
        ]
    );
}

// A near miss: the totals do add what is filled in, and a wrong entry does stand.
#[test]
fn a_form_that_is_filled_in_wrongly_does_not_pass() {
    let pack = sample_pack();
    let made = of_april(&pack, "spend");
    let form = Form::new(made.bytes.clone());
    let mut entries = right_entries(&form, &made.file_name, &pack);
    let amounts: Vec<_> = entries.keys().filter(|(_, at)| at.column == 5).cloned().collect();
    entries.remove(&amounts[1]);
    let report = check(&pack, &made.file_name, &form.filled(&entries));
    let found: Vec<String> = standing(&report, &pack).into_iter().map(line).collect();
    assert!(found.contains(&"required-value Spend!F7 Enter the amount.".to_owned()), "{found:#?}");
}

#[test]
fn a_table_on_every_sheet_of_a_pattern_has_one_for_each_month() {
    let pack = council_pack();
    assert!(matches!(pack.partnership.workbooks[0].tables[0].sheet, SheetChoice::Matching(_)));
    let asked = crosscast::export::template::Asked { name: "workforce", month: None, year: None, rows: 4 };
    let made = crosscast::export::template::template(&pack, &asked).unwrap();
    assert_eq!((made.sheets.len(), made.sheets[0].as_str(), made.sheets[11].as_str()), (13, "Apr 2024", "Mar 2025"));
    assert_eq!(made.sheets[12], "Guidance");
}
