//! Another year, and returns of two years in one inbox.

use serde_json::Value as Json;

use crate::desk::{
    APRIL, Desk, EXPLANATIONS, FUNDING, MAY, finding, findings, number, retyped, row, sample, set_aside, standing, text,
};

const NEXT_APRIL: &str = "monthly/2023-04 April return.xlsx";
const NEXT_FUNDING: &str = "SWCSP funding 2023-24.xlsx";
/// Next year as the pack writes it; its approved total is what its lines come to.
const NEXT_YEAR: &str = "    committee_date: 2023-07-19
  - name: 2023-24
    start: 2023-04-01
    end: 2024-03-31
    approved_total: 133250.00
    committee_date: 2024-07-17
";

/// April's return, a year later: every date and title moved on.
fn next_april() -> Vec<u8> {
    retyped(
        &sample(APRIL),
        &[
            ("\"Return month\" | 2022-04-01", "\"Return month\" | 2023-04-01"),
            ("2022-05-10", "2023-05-10"),
            ("2022-04-15", "2023-04-15"),
            ("2022-04-20", "2023-04-20"),
            ("2022-04-25", "2023-04-25"),
            ("2022-04-29", "2023-04-28"),
            ("Payments made in April 2022", "Payments made in April 2023"),
            ("Position at the end of April 2022", "Position at the end of April 2023"),
            ("Measures for April 2022", "Measures for April 2023"),
        ],
    )
}

/// The funding workbook of the next year, whose total is that of its lines.
fn next_funding() -> Vec<u8> {
    retyped(
        &sample(FUNDING),
        &[
            ("financial year 2022-23", "financial year 2023-24"),
            ("A 2022-23 grant round", "A 2023-24 grant round"),
            ("139250", "133250"),
        ],
    )
}

/// A desk with next year's first return and funding, and the pack with the next year in it.
fn next_year() -> Desk {
    let desk = Desk::new();
    desk.put(NEXT_APRIL, &next_april());
    desk.put(NEXT_FUNDING, &next_funding());
    desk.copy_pack();
    desk.edit_pack("partnership.yaml", "    committee_date: 2023-07-19\n", NEXT_YEAR);
    desk
}

#[test]
fn a_second_year_by_the_pack_alone() {
    let desk = next_year();
    for arguments in [&["--schemas", "schemas", "--year", "2023-24"][..], &[]] {
        let ended = desk.run(arguments);
        assert_eq!((ended.status, ended.err.as_str()), (0, ""), "{}", ended.out);
        let report = desk.written_report();
        assert_eq!((&report["year"], &report["to"]), (&Json::from("2023-24"), &Json::from("2023-04")));
        assert_eq!(findings(&report), Vec::<String>::new());
    }
    let position = desk.consolidated("Position by project");
    let total: Vec<_> = row(&position, "Total")[3..6].iter().map(number).collect();
    assert_eq!(total, [Some(133_250.00), Some(6_902.26), Some(126_347.74)]);
    let appendix = desk.appendix("-DRAFT");
    for said in [
        "Community Safety Partnership: figures for 2023-24",
        "Date 17 July 2024",
        "Financial year 2023-24, 1 April 2023 to 31 March 2024",
        "The year is not complete: the figures run up to April 2023, and the year ends with March 2024.",
        "DAWN service took 35 referrals",
    ] {
        assert!(appendix.contains(said), "{said}\n{appendix}");
    }
    assert!(!appendix.contains("2022"), "nothing of the year before is left");
}

#[test]
fn without_that_year_in_the_pack() {
    let desk = next_year();
    std::fs::remove_dir_all(desk.path("schemas")).unwrap();
    let ended = desk.run(&[]);
    assert_eq!(ended.status, 2);
    assert_eq!(
        ended.err.trim_end(),
        "The returns are for April 2023, and no year of the pack holds that month. Add the year to partnership.yaml."
    );
    assert!(!desk.path("output").exists());
}

#[test]
fn returns_of_two_years_are_refused_and_named() {
    let desk = next_year();
    desk.put(APRIL, &sample(APRIL));
    desk.put(MAY, &sample(MAY));
    let ended = desk.run(&[]);
    assert_eq!((ended.status, ended.out.as_str()), (2, ""));
    assert_eq!(
        ended.err.trim_end(),
        "The inbox holds returns of 2 years: 2022-23 (for example monthly/2022-04 April return.xlsx); 2023-24 (for \
         example monthly/2023-04 April return.xlsx). Take one year's returns out, or choose a year with --year."
    );
    assert!(!desk.path("output").exists());
}

#[test]
fn with_a_year_chosen_the_other_years_returns_are_set_aside() {
    let desk = next_year();
    desk.put(APRIL, &sample(APRIL));
    desk.put(MAY, &sample(MAY));
    let (status, report) = desk.report(&["--year", "2023-24"]);
    assert_eq!((status, findings(&report)), (0, Vec::new()));
    assert_eq!(set_aside(&report), [format!("{APRIL}: other-year"), format!("{MAY}: other-year")]);
    let console = desk.check(&["--year", "2023-24"]).out;
    assert!(console.contains("of another year"), "{console}");

    // And the other way round: the funding workbook is the one of that year.
    std::fs::remove_file(desk.path("inbox").join(NEXT_FUNDING)).unwrap();
    desk.put(FUNDING, &sample(FUNDING));
    desk.put(EXPLANATIONS, &sample(EXPLANATIONS));
    let (status, report) = desk.report(&["--year", "2022-23"]);
    assert_eq!((status, standing(&report)), (0, Vec::new()));
    assert_eq!(
        (&report["to"], set_aside(&report)),
        (&Json::from("2022-05"), vec![format!("{NEXT_APRIL}: other-year")])
    );
}

#[test]
fn a_return_with_a_slip_in_its_year_is_not_missed_in_silence() {
    let desk = Desk::year();
    desk.put("monthly/2032-04 April return.xlsx", &sample(APRIL));
    let (status, report) = desk.report(&[]);
    assert_eq!((status, standing(&report)), (0, Vec::new()));
    let said = finding(&report, "unknown-year");
    assert_eq!((text(&said["severity"]), text(&said["workbook"])), ("warning", "monthly/2032-04 April return.xlsx"));
    assert_eq!(
        text(&said["message"]),
        "This workbook is for April 2032, which is not in the year 2022-23, so it was left aside."
    );
}

#[test]
fn figures_of_two_years_are_never_added() {
    let desk = next_year();
    desk.put(APRIL, &sample(APRIL));
    assert_eq!(desk.run(&["--year", "2023-24"]).status, 0);
    let months = desk.consolidated("Spend by project and month");
    assert_eq!(number(&row(&months, "Total")[14]), Some(6_902.26));
    let measures = desk.consolidated("Measures by month");
    assert_eq!(number(&row(&measures, "DA-01")[15]), Some(35.0));
}
