//! Officers lay their sheets out as they like: the same return in other layouts gives the same figures.

use crate::desk::{APRIL, Desk, findings, number, row, standing, swap, text};
use crate::support::workbook;

/// April's return as another officer would lay it out: titles moved down, columns in another order and under other
/// names, blank rows put in, notes below, an unknown column, the sheets in another order.
const OTHER_LAYOUT: &str = "
# Lists (hidden)
Partnership Analyst
Hate Crime

# Measures
Council business unit


Measures for April 2022

Area | Value | MEASURE ID | Measure
Domestic abuse | 35 | DA-01 | Referrals to DAWN
Domestic abuse | 6 | DA-02 | People supported with complex needs
Domestic abuse | 5 | DA-03 | People who left the relationship long term
Domestic abuse | 9 | DA-04 | Children living safer lives
Domestic abuse | 4 | DA-05 | People on the Freedom programme
Domestic abuse | 4 | DA-06 | People in further learning

Housing | 15 | HO-01 | Housing duty accepted: victims of domestic abuse
Housing | 2 | HO-02 | of which male
Housing | 0 | HO-03 | of which sex not known

Street Pastors | 120 | SP-01 | People supported by Street Pastors
Street Pastors | 2 | SP-02 | ASB incidents attended
Street Pastors | 108 | SP-03 | Bottles and broken glass cleared
Street Pastors | 14 | SP-04 | Pairs of flip flops given
Street Pastors | 15 | SP-05 | Rough sleepers spoken with
Safe and Sound | 0 | CS-01 | Bikes marked at partnership events
Safe and Sound | 0 | CS-02 | Bikes marked at schools and priority locations
Safe and Sound | 0 | CS-03 | Bikes marked at the Worcester Show
Safe and Sound | 48 | CS-04 | Personal safety alarms issued
Safe and Sound | 0 | CS-05 | Follow-up visits, Homes for Ukraine
Safe and Sound | 0 | CS-06 | Students on the Life Skills course
Youth intervention | 2 | YO-01 | Young people completing mentoring
Youth intervention | 58 | YO-02 | Students in school group sessions
Youth intervention | 6 | YO-03 | Young people in YMCA group sessions
Youth intervention | 66 | YO-04 | Youth patrols delivered
Anti-social behaviour | 754 | AS-01 | Young adults engaged
Anti-social behaviour | 86 | AS-02 | Adults engaged
Anti-social behaviour | 0 | AS-03 | Community trigger enquiries
Anti-social behaviour | 3 | AS-04 | Mobile CCTV cameras at month end

# Spend
South Worcestershire Community Safety Partnership
Finance office

Payments made in April 2022

 | Amount (£) | PROJECT | Payee | \"Date\\u{a0}paid\" | Reference | Description
 | 561.44 | Acquisitive Crime | Locksmith contractor | 2022-04-15 | INV-0001 | Security equipment
 | 1700 | \" Crimestoppers\\u{a0}\" | West Mercia PCC | 2022-04-20 | JNL-0002 | Top sliced: contract contribution

 | 926.34 | Acquisitive Crime | Home security supplier | 2022-04-25 | INV-0003 | Security equipment
 | 3714.48 | Dawn Project | Worcester Community Trust | 2022-04-29 | INV-0004 | Project worker, monthly grant payment
 | =SUM(B7:B11) -> 6902.26 | Total

 | Paid by BACS on the last working day of each week.

# Summary
Project | Ref | Remaining | Budget | Spend to date | Spend this month
Partnership Analyst | PCC-01 | 20000 | 20000 | 0 | 0
Integrated Offender Management | PCC-02 | 5000 | 5000 | 0 | 0
Hate Crime | PCC-03 | 5000 | 5000 | 0 | 0
Crimestoppers | PCC-04 | 0 | 1700 | 1700 | 1700
Dawn Project | PCC-05 | 35174.77 | 38889.25 | 3714.48 | 3714.48
Worcester Street Pastors | PCC-06 | 5200 | 5200 | 0 | 0
Acquisitive Crime | PCC-07 | 8512.22 | 10000 | 1487.78 | 1487.78
Adult Exploitation | PCC-08 | 10000 | 10000 | 0 | 0
Domestic Homicide Reviews | PCC-09 | 31460.75 | 31460.75 | 0 | 0
Youth ASB & Wellness Youth Mentoring | PCC-10 | 6000 | 6000 | 0 | 0
Total | | 126347.74 | 133250 | 6902.26 | 6902.26

# Return
Worcester City Council

 | Monthly return

 | Status | Final
 | Partnership | South Worcestershire Community Safety Partnership
 | Prepared by | Partnership finance officer
 | Return month | 2022-04
 | Date prepared | 2022-05-10
";

fn desk_with(layout: &str) -> Desk {
    let desk = Desk::year();
    desk.put(APRIL, &workbook(layout));
    desk
}

#[test]
fn another_layout_gives_the_same_figures() {
    let desk = desk_with(OTHER_LAYOUT);
    let ended = desk.run(&[]);
    let report = desk.written_report();
    assert_eq!(ended.status, 0, "{:#?}", standing(&report));
    // No more is found in this layout than what is in it: a non-breaking space behind a project, and typed totals.
    let of_april: Vec<_> = findings(&report).into_iter().filter(|finding| finding.contains(APRIL)).collect();
    assert_eq!(
        of_april,
        [
            format!("warning invisible-character {APRIL} Spend!C8"),
            format!("info total-typed-over {APRIL} Summary!D12:C12"),
        ]
    );

    let april = report["workbooks"].as_array().unwrap().iter().find(|workbook| workbook["path"] == APRIL).unwrap();
    let tables = april["tables"].as_array().unwrap().iter();
    let counts: Vec<_> = tables.map(|table| (text(&table["name"]), table["rows"].as_u64().unwrap())).collect();
    assert_eq!(counts, [("return", 1), ("spend", 4), ("summary", 10), ("measures", 28)]);

    let months = desk.consolidated("Spend by project and month");
    assert_eq!(number(&row(&months, "Total")[2]), Some(6_902.26));
    assert_eq!(number(&row(&months, "Total")[14]), Some(132_662.60));
    let measures = desk.consolidated("Measures by month");
    for (id, april, year) in [("DA-01", 35.0, 338.0), ("SP-01", 120.0, 1767.0), ("AS-04", 3.0, 6.0)] {
        assert_eq!((number(&row(&measures, id)[3]), number(&row(&measures, id)[15])), (Some(april), Some(year)));
    }
}

#[test]
fn a_finding_names_the_cell_where_it_lies_in_that_layout() {
    let desk = desk_with(&swap(OTHER_LAYOUT.to_owned(), "926.34", "926.35"));
    let (status, report) = desk.report(&[]);
    assert_eq!(status, 1);
    // The payment is a penny more than the total and the summary say: the total is B12 here.
    assert!(standing(&report).contains(&format!("error total-mismatch {APRIL} Spend!B12")), "{:#?}", standing(&report));
}

#[test]
fn a_row_below_the_total_is_an_error_and_never_a_note() {
    let desk = Desk::year();
    desk.retype(
        APRIL,
        &[(
            "\"Total\" | 6902.26\n",
            "\"Total\" | 6902.26\n2022-04-29 | \"INV-0099\" | \"Hate Crime\" | \"Payee\" | \"Late\" | 12.50\n",
        )],
    );
    let (status, report) = desk.report(&[]);
    assert_eq!(status, 1);
    assert_eq!(standing(&report).len(), 1, "{:#?}", standing(&report));
    assert!(standing(&report)[0].contains("Spend!A9"), "{:#?}", standing(&report));
}

#[test]
fn a_heading_that_is_not_there_is_named_with_its_likely_match() {
    let desk = Desk::year();
    desk.retype(APRIL, &[("\"Reference\"", "\"Refrence\"")]);
    let (status, report) = desk.report(&[]);
    assert_eq!(status, 1);
    let found = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .find(|finding| finding["workbook"] == APRIL && finding["severity"] == "error");
    let found = found.unwrap();
    let words = format!("{} {}", text(&found["message"]), found["suggestions"]);
    assert!(words.contains("Reference") && words.contains("Refrence"), "{words}");
}
