//! Charts of every shape that a pack might ask for.

use crate::model::document::{ChartBlock, ChartKind, ChartValue, Series};
use crate::model::{Format, Money, Scalar};

pub(super) const MONTHS: [&str; 12] = [
    "April 2022",
    "May 2022",
    "June 2022",
    "July 2022",
    "August 2022",
    "September 2022",
    "October 2022",
    "November 2022",
    "December 2022",
    "January 2023",
    "February 2023",
    "March 2023",
];
pub(super) const PROJECTS: [&str; 10] = [
    "Partnership Analyst",
    "Integrated Offender Management",
    "Hate Crime",
    "Crimestoppers",
    "Dawn Project",
    "Worcester Street Pastors",
    "Acquisitive Crime",
    "Adult Exploitation",
    "Domestic Homicide Reviews",
    "Youth ASB & Wellness Youth Mentoring",
];
const BUDGET: [f64; 10] = [20e5, 5e5, 5e5, 1.7e5, 3_888_925.0, 5.2e5, 10e5, 10e5, 3_146_075.0, 6e5];
const SPEND: [f64; 10] = [20e5, 5e5, 4.8e5, 1.7e5, 3_888_925.0, 5.2e5, 9.1e5, 10e5, 2_906_012.0, 6e5];
const CRIME: [f64; 12] = [870.0, 921.0, 905.0, 964.0, 918.0, 887.0, 932.0, 861.0, 842.0, 899.0, 851.0, 967.0];
const CRIME_BEFORE: [f64; 12] = [801.0, 850.0, 872.0, 880.0, 846.0, 861.0, 890.0, 840.0, 795.0, 803.0, 799.0, 899.0];

/// An amount as its format prints it.
pub(super) fn value(amount: f64, format: Format) -> ChartValue {
    let label = match format {
        Format::Money => Money::from_pence(amount as i64).to_string(),
        Format::Integer => Format::Integer.show(&Scalar::Integer(amount as i64)).unwrap(),
        _ => format.show(&Scalar::Real(amount)).unwrap(),
    };
    ChartValue { amount: Some(amount), label, origin: None }
}

/// What is printed where there is no amount.
pub(super) fn gap(label: &str) -> ChartValue {
    ChartValue { amount: None, label: label.to_owned(), origin: None }
}

/// A chart whose values are printed as their format has it.
pub(super) fn chart(kind: ChartKind, format: Format, categories: &[&str], series: &[(&str, &[f64])]) -> ChartBlock {
    let series = series.iter().map(|(title, amounts)| Series {
        title: (*title).to_owned(),
        values: amounts.iter().map(|amount| value(*amount, format)).collect(),
    });
    ChartBlock {
        title: "Figure 1: Budget and spend".to_owned(),
        alt: "What it shows.".to_owned(),
        kind,
        categories: categories.iter().map(|category| (*category).to_owned()).collect(),
        series: series.collect(),
        format,
        empty: "No figures.".to_owned(),
        notes: Vec::new(),
        source: None,
    }
}

/// Every shape of chart that a pack might ask for, by name.
pub(super) fn cases() -> Vec<(&'static str, ChartBlock)> {
    use ChartKind::{Bar, GroupedBar, Line};
    use Format::{Integer, Money, Number, Percentage};
    let long = [
        "A project whose name is so long that nobody would ever print it on one line of a report, nor on two, and hardly on three",
        "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogoch",
        "",
    ];
    let mut cases = vec![
        ("budget", chart(Bar, Money, &PROJECTS, &[("Budget", &BUDGET)])),
        ("budget and spend", chart(GroupedBar, Money, &PROJECTS, &[("Budget", &BUDGET), ("Spend", &SPEND)])),
        ("crime", chart(Line, Integer, &MONTHS, &[("2022-23", &CRIME), ("2021-22", &CRIME_BEFORE)])),
        ("one line", chart(Line, Money, &MONTHS, &[("Spend", &CRIME.map(|amount| amount * 1234.0))])),
        (
            "lines that meet",
            chart(
                Line,
                Integer,
                &MONTHS,
                &[("2022-23", &CRIME), ("2021-22", &CRIME), ("Average of three years", &CRIME)],
            ),
        ),
        ("variance", chart(Bar, Money, &PROJECTS[..4], &[("Variance", &[-12_985.0, -154_600.0, 94_150.0, 0.0])])),
        ("all below zero", chart(Bar, Money, &PROJECTS[..3], &[("Variance", &[-1e5, -2e5, -3e5])])),
        (
            "variance by year",
            chart(
                GroupedBar,
                Money,
                &PROJECTS[..3],
                &[("A", &[-1e8, 2e8, 0.0]), ("B", &[1e8, -2e8, -1.0]), ("C", &[0.0, 0.0, 5.0])],
            ),
        ),
        ("line below zero", chart(Line, Money, &MONTHS[..4], &[("Variance", &[-1e5, 2e5, -3e5, 1e4])])),
        ("all zero", chart(Bar, Integer, &PROJECTS[..3], &[("Count", &[0.0; 3])])),
        ("all zero line", chart(Line, Integer, &MONTHS, &[("Count", &[0.0; 12]), ("Before", &[0.0; 12])])),
        ("one bar", chart(Bar, Integer, &["Referrals"], &[("Count", &[338.0])])),
        ("one pair", chart(GroupedBar, Integer, &["Referrals"], &[("2021-22", &[112.0]), ("2022-23", &[338.0])])),
        ("one month", chart(Line, Integer, &["April 2022"], &[("2022-23", &[870.0]), ("2021-22", &[869.0])])),
        ("two months", chart(Line, Integer, &MONTHS[..2], &[("2022-23", &[870.0, 12.0])])),
        (
            "huge and tiny",
            chart(Bar, Money, &PROJECTS[..3], &[("Amount", &[99_999_999_999_999.0, 1.0, -99_999_999_999_999.0])]),
        ),
        ("huge line", chart(Line, Money, &MONTHS, &[("Amount", &CRIME.map(|amount| amount * 1e11))])),
        ("tiny", chart(Line, Number, &MONTHS[..3], &[("Share", &[0.01, 0.02, 0.015])])),
        (
            "percentages",
            chart(
                Line,
                Percentage,
                &MONTHS[..6],
                &[("Target", &[0.7; 6]), ("Homes marked", &[0.1, 0.25, 0.4, 0.55, 0.8, 0.852])],
            ),
        ),
        ("percent bars", chart(Bar, Percentage, &["Warndon", "Gorse Hill"], &[("Used", &[1.0, 0.852])])),
        (
            "twelve months, two series",
            chart(GroupedBar, Integer, &MONTHS, &[("2021-22", &CRIME_BEFORE), ("2022-23", &CRIME)]),
        ),
        ("fifteen", chart(Bar, Integer, &["Ward"; 15], &[("Count", &[7.0; 15])])),
        ("fifteen on a line", chart(Line, Integer, &["Ward of some name"; 15], &[("Count", &[7.0; 15])])),
        (
            "three years of months",
            chart(
                Line,
                Integer,
                &[MONTHS, MONTHS, MONTHS].concat(),
                &[("Count", &[CRIME, CRIME_BEFORE, CRIME].concat())],
            ),
        ),
        ("long names", chart(Bar, Integer, &long, &[("Count", &[3.0, 2.0, 1.0])])),
        (
            "long names on a line",
            chart(Line, Integer, &long, &[(long[0], &[3.0, 2.0, 1.0]), (long[1], &[1.0, 2.0, 1.0])]),
        ),
        ("long legend", chart(GroupedBar, Integer, &["A"], &[(long[0], &[3.0]), (long[1], &[2.0]), ("Short", &[2.0])])),
        (
            "many lines",
            chart(
                Line,
                Integer,
                &MONTHS[..3],
                &[
                    ("One", &[1.0; 3]),
                    ("Two", &[1.0; 3]),
                    ("Three", &[1.0; 3]),
                    ("Four", &[1.0; 3]),
                    ("Five", &[2.0; 3]),
                    ("Six", &[1.0; 3]),
                    ("Seven", &[1.0; 3]),
                    ("Eight", &[1.0; 3]),
                ],
            ),
        ),
    ];
    let mut with_gaps = chart(Bar, Integer, &PROJECTS[..3], &[("Count", &[30.0, 2.0, 1.0])]);
    with_gaps.series[0].values[1] = gap("not available until the return of the third quarter is in");
    with_gaps.series[0].values[2] = gap("[c]");
    cases.push(("bars with gaps", with_gaps));
    let mut with_gaps =
        chart(Line, Integer, &MONTHS, &[("2022-23", &CRIME), ("2021-22", &CRIME_BEFORE), ("Nothing", &[0.0; 12])]);
    with_gaps.series[0].values[3] = gap("[c]");
    with_gaps.series[0].values[5] = gap("");
    with_gaps.series[0].values[11] = gap("");
    with_gaps.series[1].values[2].amount = Some(f64::INFINITY);
    with_gaps.series[2].values.fill(gap(""));
    cases.push(("lines with gaps", with_gaps));
    cases
}
