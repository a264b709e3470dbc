//! What the committee's appendix may say, and what only officers read.

use crate::desk::{APRIL, Desk, messages};

#[test]
fn a_single_month_of_victims_by_sex_is_never_printed() {
    let desk = Desk::year();
    assert_eq!(desk.run(&["--to", "2022-04"]).status, 0);
    let april = desk.appendix("-DRAFT");
    assert!(april.contains("of whom [c] were male and [c] of sex not known"), "{april}");
    // In April two were male, and none of sex not known; the whole is not kept back.
    assert!(april.contains("a housing duty to 15 victims"), "{april}");
    assert_eq!(desk.run(&["--to", "2022-05"]).status, 0);
    let may = desk.appendix("-DRAFT");
    assert!(may.contains("of whom 3 were male and 0 of sex not known"), "{may}");
    // Officers have each month.
    let months: Vec<String> = desk.consolidated("Measures by month").iter().map(|row| format!("{row:?}")).collect();
    assert!(months.iter().any(|row| row.contains("HO-02") && row.contains("2.0")), "{months:#?}");
}

#[test]
fn what_stands_against_publication_is_told_without_what_may_not_be_published() {
    let desk = Desk::year();
    desk.retype(
        APRIL,
        &[
            ("\"of which male\" | \"Housing\" | 2", "\"of which male\" | \"Housing\" | -7"),
            (
                "\"People on the Freedom programme\" | \"Domestic abuse\" | 4",
                "\"People on the Freedom programme\" | \"Domestic abuse\" | -9",
            ),
        ],
    );
    assert_eq!(desk.run(&[]).status, 1);
    let appendix = desk.appendix("-DRAFT");
    let kept = "monthly/2022-04 April return.xlsx, Measures!D11: A value is below the least that it may be. Details are \
                in the findings page for officers.";
    let told = "monthly/2022-04 April return.xlsx, Measures!D8: Value must be 0 or more; D8 says -9.";
    // On the first page, and in the table of findings, where the place has a column of its own.
    assert!(appendix.contains(kept) && appendix.contains(told), "{appendix}");
    assert_eq!(
        appendix.matches("A value is below the least that it may be. Details are in the findings page").count(),
        2,
        "{appendix}"
    );
    assert!(!appendix.contains("-7"), "{appendix}");
    let officers = desk.output("for-officers/findings.json");
    assert!(officers.contains("D11 says -7"), "{officers}");
}

#[test]
fn a_payee_that_formulas_leave_out_look_for_or_show_is_not_printed() {
    let desk = Desk::year();
    desk.retype(
        APRIL,
        &[
            ("\"INV-0004\" | \"Dawn Project\" | \"Worcester Community Trust\"", "\"INV-0004\" |  | \"Cara Payee\""),
            ("\"Total\" | 6902.26", "\"Total\" | =SUM(F4:F6) -> £6,902.26"),
            // What formulas of another sheet look for and show.
            (
                "\"Acquisitive Crime\" | 10000 | 1487.78",
                "\"Acquisitive Crime\" | 10000 | =SUMIF(Spend!D:D,\"Cara Payee\",Spend!F:F) -> £1,487.78",
            ),
            (
                "\"Position at the end of April 2022\"",
                "\"Position at the end of April 2022\" | =INDEX(Spend!D:D,7) -> Cara Lee",
            ),
        ],
    );
    assert_eq!(desk.run(&[]).status, 1);
    let report = desk.written_report();
    assert_eq!(
        messages(&report, "total-leaves-lines-out"),
        [
            "The total in F8 leaves out F7 (£3,714.48, Project worker, monthly grant payment): its formula is =SUM(F4:F6)."
        ]
    );
    assert_eq!(
        messages(&report, "stale-result"),
        [
            "B1 shows “Cara Lee”; its formula =INDEX(Spend!D:D,7) now gives “Cara Payee”.",
            "D10 shows £1,487.78; its formula =SUMIF(Spend!D:D,\"…\",Spend!F:F) now gives £3,714.48. The difference is \
             -£2,226.70.",
        ]
    );
    let appendix = desk.appendix("-DRAFT");
    assert!(appendix.contains("The formula of a total leaves lines of its column out. Details are"), "{appendix}");
    assert!(!appendix.contains("Cara"), "{appendix}");
}
