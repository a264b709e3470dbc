//! A year-end appendix with all that a document can hold: headline figures, charts, footnotes, links, sources and a
//! table too wide for an upright page.

use crosscast::model::Format;
use crosscast::model::document::{
    Block, ChartBlock, ChartKind, ChartValue, Document, Fact, Inline, Series, SourceNote, TableBlock, Target,
};

use crate::sample;

/// A run that leads somewhere.
pub fn run(text: &str, target: Target) -> Inline {
    Inline { text: text.to_owned(), target: Some(target), ..Inline::default() }
}

/// The mark of a footnote.
pub fn note(index: usize) -> Inline {
    run(&(index + 1).to_string(), Target::Note(index))
}

/// A headline figure.
pub fn fact(value: &str, label: &str, source: Option<usize>) -> Fact {
    Fact { value: value.to_owned(), label: label.to_owned(), source }
}

/// A paragraph of runs.
pub fn runs(number: &str, text: Vec<Inline>) -> Block {
    Block::Paragraph { number: (!number.is_empty()).then(|| number.to_owned()), text }
}

/// A chart of what each project may spend and has spent, in pence.
pub fn chart(title: &str) -> ChartBlock {
    let series = |title: &str, amounts: [i32; 3]| Series {
        title: title.to_owned(),
        values: amounts
            .iter()
            .map(|&amount| ChartValue {
                amount: Some(f64::from(amount)),
                label: format!("£{}.00", amount / 100),
                origin: None,
            })
            .collect(),
    };
    ChartBlock {
        title: title.to_owned(),
        alt: "Of three projects, mentoring spent all of its budget and the others nearly all.".to_owned(),
        kind: ChartKind::GroupedBar,
        categories: sample::strings(&["Domestic abuse outreach", "Youth mentoring", "CCTV maintenance"]),
        series: vec![
            series("Budget", [4_400_000, 600_000, 2_000_000]),
            series("Spend", [4_387_000, 600_000, 2_094_100]),
        ],
        format: Format::Money,
        empty: "No spend was returned.".to_owned(),
        notes: sample::strings(&["Spend is as returned by 31 March 2023."]),
        source: Some(1),
    }
}

/// Twelve months between the project and the total: fourteen columns.
pub fn months() -> TableBlock {
    let names = ["Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar"];
    let titles: Vec<String> = std::iter::once("Project".to_owned())
        .chain(names.iter().map(|name| format!(">{name}")))
        .chain(std::iter::once(">Year".to_owned()))
        .collect();
    let row = |project: &str, month: &str, year: &str| -> Vec<String> {
        std::iter::once(project).chain([month; 12]).chain(std::iter::once(year)).map(str::to_owned).collect()
    };
    let rows = vec![
        row("Partnership Analyst", "1,666.67", "20,000.04"),
        row("Domestic Homicide Reviews", "2,621.73", "31,460.76"),
        row("Dawn Project", "3,240.77", "38,889.24"),
    ];
    let total = row("Total", "7,529.17", "90,350.04");
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    let total: Vec<&str> = total.iter().map(String::as_str).collect();
    let mut table = sample::table("Table 6: Spend by month, in pounds", &titles, rows, Some(&total));
    table.source = Some(2);
    table
}

/// About ten pages, and one of them on its side.
pub fn year_end() -> Document {
    let mut document = sample::year_end();
    document.blocks.splice(
        4..4,
        [
            Block::Facts(vec![
                fact("£139,250.00", "approved for 2022-23", Some(0)),
                fact("£134,437.50", "spent by 31 March 2023", Some(1)),
                fact("10,817", "crimes recorded, 681 more than the year before", Some(3)),
            ]),
            runs(
                "1.3",
                vec![
                    Inline::plain("The grant is paid under section 143 of an Act"),
                    note(0),
                    Inline::plain(" and is described on "),
                    run(
                        "the pages of the Police and Crime Commissioner on how grants are made",
                        Target::Web("https://example.org/grants".to_owned()),
                    ),
                    Inline::plain("; some of it is kept back"),
                    note(1),
                    Inline::plain(" before it is paid over."),
                ],
            ),
            Block::Chart(chart("Figure 1: Budget and spend by project")),
        ],
    );
    document.blocks.extend([
        sample::heading(1, "6", "Spend by month"),
        Block::Table(months()),
        sample::heading(1, "7", "Sources"),
        Block::Sources,
    ]);
    document.notes = vec![
        vec![Inline::plain("Anti-social Behaviour, Crime and Policing Act 2014.")],
        vec![
            Inline::plain("“Top sliced”: kept by the Commissioner as a contribution to contracts; see "),
            run("https://example.org/contracts", Target::Web("https://example.org/contracts".to_owned())),
            Inline::plain("."),
        ],
    ];
    let source = |of: &str, text: &str| SourceNote { of: of.to_owned(), text: text.to_owned(), full: text.into() };
    document.sources = vec![
        source("Approved", "PCC funding!D15 of workbook 17"),
        source("Figure 1", "Summary!B4:D13 of workbook 15"),
        source("Table 6", "Spend!F6:F14 of workbooks 4 to 15"),
        source("Recorded crime", "Crime!B17 of workbook 2"),
    ];
    document
}
