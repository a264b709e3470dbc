//! The figures that were published in July 2023, read back from what the program makes of the workbooks.

use calamine::Data;

use crate::desk::{Desk, number, row};

/// Measure, its name in the workbooks, the year's figure as published, as the appendix prints it.
const MEASURES: [(&str, &str, f64, &str); 28] = [
    ("DA-01", "Referrals to DAWN", 338.0, "338"),
    ("DA-02", "People supported with complex needs", 94.0, "94"),
    ("DA-03", "People who left the relationship long term", 69.0, "69"),
    ("DA-04", "Children living safer lives", 114.0, "114"),
    ("DA-05", "People on the Freedom programme", 41.0, "41"),
    ("DA-06", "People in further learning", 56.0, "56"),
    ("HO-01", "Housing duty accepted: victims of domestic abuse", 181.0, "181"),
    ("HO-02", "of which male", 17.0, "17"),
    ("HO-03", "of which sex not known", 1.0, "1"),
    ("SP-01", "People supported by Street Pastors", 1767.0, "1,767"),
    ("SP-02", "ASB incidents attended", 25.0, "25"),
    ("SP-03", "Bottles and broken glass cleared", 1659.0, "1,659"),
    ("SP-04", "Pairs of flip flops given", 193.0, "193"),
    ("SP-05", "Rough sleepers spoken with", 193.0, "193"),
    ("CS-01", "Bikes marked at partnership events", 40.0, "40"),
    ("CS-02", "Bikes marked at schools and priority locations", 13.0, "13"),
    ("CS-03", "Bikes marked at the Worcester Show", 23.0, "23"),
    ("CS-04", "Personal safety alarms issued", 653.0, "653"),
    ("CS-05", "Follow-up visits, Homes for Ukraine", 18.0, "18"),
    ("CS-06", "Students on the Life Skills course", 65.0, "65"),
    ("YO-01", "Young people completing mentoring", 22.0, "22"),
    ("YO-02", "Students in school group sessions", 501.0, "501"),
    ("YO-03", "Young people in YMCA group sessions", 85.0, "85"),
    ("YO-04", "Youth patrols delivered", 708.0, "708"),
    ("AS-01", "Young adults engaged", 7856.0, "7,856"),
    ("AS-02", "Adults engaged", 1167.0, "1,167"),
    ("AS-03", "Community trigger enquiries", 4.0, "4"),
    // A count at the month's end: six cameras in March, not the 53 that the months add up to.
    ("AS-04", "Mobile CCTV cameras at month end", 6.0, "6"),
];

const YEAR_END: [(&str, &str, f64, &str); 14] = [
    ("YE-01", "People worked with by DAWN in the year", 463.0, "463"),
    ("YE-02", "Rise in referrals to DAWN over five years", 2.0, "200%"),
    ("YE-03", "Partner agencies at the White Ribbon launch", 14.0, "14"),
    ("YE-04", "White ribbons given out", 5000.0, "5,000"),
    ("YE-05", "Property marking kits ordered, Warndon", 185.0, "185"),
    ("YE-06", "Property marking kits used, Warndon", 185.0, "185"),
    ("YE-07", "Property marking kits ordered, Gorse Hill", 250.0, "250"),
    ("YE-08", "Property marking kits used, Gorse Hill", 213.0, "213"),
    ("YE-09", "Welcome visits, Homes for Ukraine", 120.0, "over 120"),
    ("YE-10", "Weeks of the Life Skills course", 15.0, "15"),
    ("YE-11", "Youth intervention officers (a)", 2.5, "2.5"),
    ("YE-12", "Ward briefings for councillors (a)", 15.0, "15"),
    ("YE-13", "Mobile CCTV cameras at the start of the year", 3.0, "3"),
    ("YE-14", "Mobile CCTV cameras at the end of the year", 6.0, "6"),
];

/// Ref, project, amount as published, and as printed.
const FUNDING: [(&str, &str, f64, &str); 10] = [
    ("PCC-01", "Partnership Analyst", 20_000.00, "£20,000.00"),
    ("PCC-02", "Integrated Offender Management", 5_000.00, "£5,000.00"),
    ("PCC-03", "Hate Crime", 5_000.00, "£5,000.00"),
    ("PCC-04", "Crimestoppers", 1_700.00, "£1,700.00"),
    ("PCC-05", "Dawn Project", 38_889.25, "£38,889.25"),
    ("PCC-06", "Worcester Street Pastors", 5_200.00, "£5,200.00"),
    ("PCC-07", "Acquisitive Crime", 10_000.00, "£10,000.00"),
    ("PCC-08", "Adult Exploitation", 10_000.00, "£10,000.00"),
    ("PCC-09", "Domestic Homicide Reviews", 31_460.75, "£31,460.75"),
    ("PCC-10", "Youth ASB & Wellness Youth Mentoring", 6_000.00, "£6,000.00"),
];

/// What each return's summary says was spent in the month (cell D14), April to March.
const SPENT: [f64; 12] = [
    6_902.26, 24_283.35, 24_474.73, 6_451.82, 4_958.79, 17_405.33, 6_785.74, 4_546.71, 7_260.84, 17_164.46, 5_518.21,
    6_910.36,
];

/// What the March return's summary says was spent to date (column E), line by line.
const SPENT_TO_DATE: [f64; 10] =
    [20_000.00, 5_000.00, 5_000.00, 1_700.00, 38_889.25, 5_200.00, 9_412.60, 10_000.00, 31_460.75, 6_000.00];

#[test]
fn the_measures_of_the_year() {
    let desk = Desk::year_with_outputs();
    let rows = desk.consolidated("Measures by month");
    let appendix = desk.appendix("");
    for (id, name, figure, printed) in MEASURES {
        assert_eq!(number(&row(&rows, id)[15]), Some(figure), "{id}");
        let how = if id == "AS-04" { "At the end of the last month" } else { "Sum of the months" };
        let said = format!(" {name} {printed} {how} ");
        assert!(appendix.contains(&said), "{said}");
    }
}

#[test]
fn the_measures_taken_at_the_years_end() {
    let desk = Desk::year_with_outputs();
    let rows = desk.consolidated("Year-end measures");
    let appendix = desk.appendix("");
    for (id, name, figure, printed) in YEAR_END {
        assert_eq!(number(&row(&rows, id)[3]), Some(figure), "{id}");
        let said = format!(" {name} {printed} Once, at the year's end");
        assert!(appendix.contains(&said), "{said}");
    }
}

#[test]
fn the_figures_in_the_text() {
    let appendix = Desk::year_with_outputs().appendix("");
    for said in [
        "653 personal safety alarms were issued.",
        "Officers delivered 708 patrols, and 22 young people completed mentoring.",
        "7,856 young adults and 1,167 adults were engaged about anti-social behaviour.",
        "181 victims of domestic abuse, of whom 17 were male and 1 of sex not known.",
        "10,817 crimes were recorded in Worcester, 681 more than in the year before.",
        "Recorded crime in Worcester came to 10,817 in the year, 681 more than the 10,136 of the year before.",
        "£31,700.00 is top sliced",
        "Spend to date on those lines is £132,662.60, an underspend of £587.40.",
        "Report to Communities Committee, Worcester City Council Date 19 July 2023",
    ] {
        assert!(appendix.contains(said), "{said}");
    }
}

#[test]
fn recorded_crime() {
    let desk = Desk::year_with_outputs();
    let rows = desk.consolidated("Recorded crime");
    let total: Vec<_> = row(&rows, "Total")[1..4].iter().map(number).collect();
    assert_eq!(total, [Some(10_817.0), Some(10_136.0), Some(681.0)]);
    assert!(desk.appendix("").contains("March 2023 874 813 61 Total 10,817 10,136 681"));
}

#[test]
fn the_funding_lines() {
    let desk = Desk::year_with_outputs();
    let rows = desk.consolidated("Position by project");
    let appendix = desk.appendix("");
    for (id, project, amount, printed) in FUNDING {
        assert_eq!(number(&row(&rows, id)[3]), Some(amount), "{id}");
        // The first four lines are top sliced, which their note says.
        let noted = if id <= "PCC-04" { " (a)" } else { "" };
        assert!(appendix.contains(&format!(" {project}{noted} {id} ")), "{project}");
        assert!(appendix.contains(&format!(" {project} {printed} ")), "{project} {printed}");
    }
    // The total is that of the ten lines; no line is invented for the rest.
    assert_eq!(rows.iter().filter(|row| row[0].to_string().starts_with("PCC-")).count(), 10);
    assert_eq!(number(&row(&rows, "Total")[3]), Some(133_250.00));
    let notes = format!("{:?}", desk.consolidated("Notes"));
    assert!(notes.contains("add up to £133,250.00, which is £6,000.00 less than the approved total of £139,250.00"));
}

#[test]
fn totals_out_equal_totals_in() {
    let desk = Desk::year_with_outputs();
    let rows = desk.consolidated("Spend by project and month");
    let total: Vec<_> = row(&rows, "Total")[2..15].iter().map(number).collect();
    let expected: Vec<_> = SPENT.into_iter().chain([132_662.60]).map(Some).collect();
    assert_eq!(total, expected);
    for ((id, ..), spent) in FUNDING.iter().zip(SPENT_TO_DATE) {
        assert_eq!(number(&row(&rows, id)[14]), Some(spent), "{id}");
    }
    let payments = desk.consolidated("Payments");
    assert_eq!(payments.iter().filter(|row| row[1].to_string().contains("-00")).count(), 58);
    assert_eq!(number(&row(&payments, "Total")[5]), Some(132_662.60));
}

#[test]
fn reviews_by_number_and_stage() {
    let desk = Desk::year_with_outputs();
    let rows = desk.consolidated("Reviews");
    let appendix = desk.appendix("");
    let stages = [
        (16, "Published"),
        (18, "With Home Office"),
        (21, "With Home Office"),
        (22, "With Home Office"),
        (25, "Draft for sign-off"),
        (28, "In progress"),
    ];
    let found: Vec<(f64, String)> = rows
        .iter()
        .filter_map(|row| match &row[0] {
            Data::Float(number) => Some((*number, row[1].to_string())),
            _ => None,
        })
        .collect();
    assert_eq!(found, stages.map(|(number, stage)| (f64::from(number), stage.to_owned())));
    for (number, stage) in stages {
        assert!(appendix.contains(&format!(" {number} {stage} ")), "{number} {stage}");
    }
}

#[test]
fn orders_and_their_dates() {
    let appendix = Desk::year_with_outputs().appendix("");
    for said in [
        "City centre 10 March 2020 29 March 2021 28 March 2024 253",
        "Dog control not published 25 November 2021 5 July 2024 352",
        "Alcohol 25 July 2018 13 August 2021 12 August 2024 390",
    ] {
        assert!(appendix.contains(said), "{said}");
    }
}

#[test]
fn meetings_by_group() {
    let desk = Desk::year_with_outputs();
    let rows = desk.consolidated("Meetings");
    for (group, held) in [
        ("Safer Worcester Partnership", 4),
        ("Serious and Organised Crime Focus Group", 3),
        ("Worcester Multi-Agency Tactical Group", 4),
    ] {
        assert_eq!(rows.iter().filter(|row| row[1] == *group).count(), held, "{group}");
    }
    assert!(desk.appendix("").contains("met 11 times in the year"));
}
