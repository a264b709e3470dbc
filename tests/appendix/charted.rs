//! A document with charts, headline figures, notes and sources, made by hand.

use crosscast::model::Format;
use crosscast::model::document::{
    Block, ChartBlock, ChartKind, ChartValue, Document, Fact, Inline, Series, SourceNote, TableCell, Target,
};

use crate::sample::{MONTHS, bare, heading, strings, table};

/// Where a figure of the funding comes from, to the cell.
pub const ORIGIN: &str = "SWCSP funding 2022-23.xlsx, PCC funding!D9 (3f9a27c0be11)";
/// The same for a whole table.
pub const FULL: &str = "SWCSP funding 2022-23.xlsx (3f9a27c0be11), PCC funding!D5:D14";

/// A chart with the labels that its amounts are printed with.
pub fn chart(kind: ChartKind, format: Format, categories: &[&str], series: &[(&str, &[(f64, &str)])]) -> ChartBlock {
    let values = |values: &[(f64, &str)]| {
        let value = |(amount, label): &(f64, &str)| ChartValue {
            amount: amount.is_finite().then_some(*amount),
            label: (*label).to_owned(),
            origin: Some(ORIGIN.into()),
        };
        values.iter().map(value).collect()
    };
    ChartBlock {
        title: "Figure 1: Budget and spend by project".to_owned(),
        alt: "Bar chart. Two of three projects spent what they were given; Hate Crime spent £200.00 less.".to_owned(),
        kind,
        categories: strings(categories),
        series: series.iter().map(|(title, of)| Series { title: (*title).to_owned(), values: values(of) }).collect(),
        format,
        empty: "No project has been funded yet.".to_owned(),
        notes: strings(&["Spend is what the returns show as paid by 31 March 2023."]),
        source: Some(1),
    }
}

/// Budget beside spend of three projects.
pub fn budget() -> ChartBlock {
    chart(
        ChartKind::GroupedBar,
        Format::Money,
        &["Dawn Project", "Youth ASB & Wellness Youth Mentoring", "Hate Crime"],
        &[
            ("Budget", &[(3_888_925.0, "£38,889.25"), (600_000.0, "£6,000.00"), (500_000.0, "£5,000.00")]),
            ("Spend", &[(3_888_925.0, "£38,889.25"), (600_000.0, "£6,000.00"), (480_000.0, "£4,800.00")]),
        ],
    )
}

/// Crime by month, with a month that has not been returned.
pub fn crime() -> ChartBlock {
    let this_year = [
        (870.0, "870"),
        (921.0, "921"),
        (f64::NAN, "[x]"),
        (964.0, "964"),
        (918.0, "918"),
        (887.0, "887"),
        (932.0, "932"),
        (861.0, "861"),
        (842.0, "842"),
        (899.0, "899"),
        (851.0, "851"),
        (967.0, "967"),
    ];
    let before = [
        (801.0, "801"),
        (850.0, "850"),
        (872.0, "872"),
        (880.0, "880"),
        (846.0, "846"),
        (861.0, "861"),
        (890.0, "890"),
        (840.0, "840"),
        (795.0, "795"),
        (803.0, "803"),
        (799.0, "799"),
        (899.0, "899"),
    ];
    let mut chart = chart(ChartKind::Line, Format::Integer, &MONTHS, &[("2022-23", &this_year), ("2021-22", &before)]);
    chart.title = "Figure 2: Recorded crime by month".to_owned();
    chart.alt = "Line chart. Recorded crime was above the year before in every month.".to_owned();
    chart.notes = strings(&["[x] The return for June has not been received."]);
    chart.source = None;
    chart
}

/// A headline figure.
pub fn fact(value: &str, label: &str, source: Option<usize>) -> Fact {
    Fact { value: value.to_owned(), label: label.to_owned(), source }
}

/// A run that leads somewhere.
pub fn link(text: &str, target: Target) -> Inline {
    Inline { text: text.to_owned(), target: Some(target), ..Inline::default() }
}

/// A paragraph of runs.
pub fn runs(number: &str, text: Vec<Inline>) -> Block {
    let number = (!number.is_empty()).then(|| number.to_owned());
    Block::Paragraph { number, text }
}

/// Everything that a report may hold besides plain text.
pub fn report() -> Document {
    let mut funding = table(
        "Table 1: Funding 2022-23",
        &["Project", ">Amount", "Route"],
        vec![
            strings(&["Dawn Project", "£38,889.25", "Partnership"]),
            strings(&["Hate Crime", "£5,000.00", "Top sliced"]),
        ],
        Some(&["Total", "£43,889.25", ""]),
    );
    funding.rows[0][1] = TableCell { text: "£38,889.25".to_owned(), origin: Some(ORIGIN.into()) };
    funding.source = Some(0);
    let mut document = bare(vec![
        heading(1, "1", "Summary"),
        runs(
            "1.1",
            vec![
                Inline::plain("The lines add up to "),
                Inline {
                    text: "£133,250.00".to_owned(), bold: true, origin: Some(ORIGIN.into()), ..Inline::default()
                },
                Inline::plain(" by the "),
                link("report of ", Target::Web("https://example.gov.uk/report?a=1&b=2".to_owned())),
                Inline {
                    italic: true,
                    ..link("July 2023", Target::Web("https://example.gov.uk/report?a=1&b=2".to_owned()))
                },
                Inline::plain(", which is a first figure."),
                link("1", Target::Note(0)),
                Inline::plain(" The total is another."),
                link("2", Target::Note(1)),
                Inline::plain(" See again."),
                link("1", Target::Note(0)),
            ],
        ),
        Block::Facts(vec![
            fact("£133,250.00", "awarded by the Commissioner for 2022-23", Some(0)),
            fact("10,817", "crimes recorded in Worcester, 681 more than the year before", Some(1)),
            fact("over 120", "welcome visits to homes of guests from Ukraine", None),
            fact("338", "referrals for domestic abuse", None),
        ]),
        heading(1, "2", "Funding"),
        Block::Table(funding),
        Block::Chart(budget()),
        heading(1, "3", "Recorded crime"),
        runs("3.1", vec![Inline::plain("Most of the rise is a change in recording practice.")]),
        Block::Chart(crime()),
        heading(1, "4", "Sources"),
        Block::Sources,
    ]);
    document.notes = vec![
        vec![
            Inline::plain("Before the line that nobody has named: see "),
            link("[S1]", Target::Source(0)),
            Inline::plain("."),
        ],
        vec![Inline::plain("As published in July 2023.")],
    ];
    document.sources = vec![
        SourceNote {
            of: "Table 1".to_owned(),
            text: "PCC funding!D5:D14 of workbook 17".to_owned(),
            full: FULL.into(),
        },
        SourceNote {
            of: "Figure 1".to_owned(),
            text: "PCC funding!D5:D14 of workbook 17; Spend!D4:D90 of workbooks 1 to 12".to_owned(),
            full: "a workbook of some name (3f9a27c0be11), Spend!D4:D90; ".repeat(12).into(),
        },
    ];
    document
}
