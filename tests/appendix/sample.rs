//! Documents to draw, made by hand: what a partnership's year-end appendix holds.

use crosscast::model::document::{Align, Block, ColumnHead, Detail, Document, Draft, Inline, TableBlock, TableCell};

/// The months of the financial year 2022-23.
pub const MONTHS: [&str; 12] = [
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

/// A heading.
pub fn heading(level: u8, number: &str, text: &str) -> Block {
    let number = (!number.is_empty()).then(|| number.to_owned());
    Block::Heading { level, number, text: text.to_owned() }
}

/// A paragraph in one style.
pub fn paragraph(number: &str, text: &str) -> Block {
    let number = (!number.is_empty()).then(|| number.to_owned());
    Block::Paragraph { number, text: vec![Inline::plain(text)] }
}

/// A table. A title that begins with `>` is set to the right.
pub fn table(
    caption: &str,
    titles: &[&str],
    rows: Vec<Vec<impl Into<TableCell>>>,
    total: Option<&[&str]>,
) -> TableBlock {
    let column = |title: &&str| match title.strip_prefix('>') {
        Some(title) => ColumnHead { title: title.to_owned(), align: Align::Right },
        None => ColumnHead { title: (*title).to_owned(), align: Align::Left },
    };
    TableBlock {
        caption: caption.to_owned(),
        columns: titles.iter().map(column).collect(),
        rows: rows.into_iter().map(|row| row.into_iter().map(Into::into).collect()).collect(),
        total: total.map(cells),
        empty: "There is nothing to report for this period.".to_owned(),
        notes: Vec::new(),
        source: None,
    }
}

/// Texts as the model has them.
pub fn cells(texts: &[&str]) -> Vec<TableCell> {
    texts.iter().map(|text| (*text).into()).collect()
}

/// Notes as the model has them.
pub fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

/// A document with a title and nothing else that could be left out.
pub fn bare(blocks: Vec<Block>) -> Document {
    Document {
        title: "Safer Communities Partnership: year-end report 2022-23".to_owned(),
        language: "en-GB".to_owned(),
        author: "Safer Communities Partnership".to_owned(),
        subject: "Funding, performance and orders of the partnership in 2022-23".to_owned(),
        title_block: vec![
            Detail { label: "Report to".to_owned(), value: "Communities Committee".to_owned() },
            Detail { label: "Date".to_owned(), value: "13 June 2023".to_owned() },
        ],
        notice: None,
        header: "Communities Committee, 13 June 2023".to_owned(),
        footer: "Safer Communities Partnership · year-end report 2022-23".to_owned(),
        draft: None,
        blocks,
        notes: Vec::new(),
        sources: Vec::new(),
    }
}

/// One page.
pub fn short() -> Document {
    bare(vec![
        heading(1, "", "Summary"),
        paragraph("", "The partnership spent £139,250.00 of the £139,250.00 that was approved for 2022-23."),
        Block::Table(funding()),
    ])
}

/// What a year's appendix looks like: about ten pages.
pub fn year_end() -> Document {
    let mut document = bare(Vec::new());
    document.title_block = [
        ("Report to", "Communities Committee"),
        ("Date of meeting", "13 June 2023"),
        ("Report of", "The community safety manager on behalf of the Safer Communities Partnership and its responsible authorities"),
        ("Period", "1 April 2022 to 31 March 2023"),
        ("Wards affected", "All"),
        ("Contact", "community.safety@example.gov.uk, 01234 567890"),
        ("Exempt", "No"),
        ("Inputs", "17 workbooks, fingerprint 3f9a 27c0 be11 84d2"),
    ]
    .map(|(label, value)| Detail { label: label.to_owned(), value: value.to_owned() })
    .to_vec();
    document.notice = Some(
        "The figures in this report are sample data. They describe no real partnership, place or person.".to_owned(),
    );
    document.blocks = vec![
        heading(1, "1", "Purpose of the report"),
        paragraph("1.1", "This report tells the committee how the money that it granted to the partnership for 2022-23 was used, what was achieved with it, and which orders were in force. It is made from the workbooks that the partners return each month; every figure was checked against the approved budget and against the other returns before it was printed."),
        Block::Paragraph { number: Some("1.2".to_owned()), text: vec![
            Inline::plain("The committee is asked to "),
            Inline { text: "note".to_owned(), bold: true, ..Inline::default() },
            Inline::plain(" the outturn in section 2 and to "),
            Inline { text: "approve".to_owned(), bold: true, ..Inline::default() },
            Inline::plain(" the carry-forward of £4,812.50 set out in "),
            Inline { text: "Table 2".to_owned(), italic: true, ..Inline::default() },
            Inline::plain("."),
        ] },
        Block::List { ordered: false, items: vec![
            vec![Inline::plain("Spending was within the approved total in every month.")],
            vec![Inline::plain("Twenty-two of the 28 measures met their target; four were missed by less than a tenth, and two are explained in section 3 because they were missed by more.")],
            vec![Inline::plain("Three public spaces protection orders were renewed; none lapsed.")],
        ] },
        heading(1, "2", "Funding"),
        heading(2, "2.1", "Approved budget and outturn"),
        paragraph("2.1.1", "Table 1 sets the outturn against the budget that the committee approved in February 2022. Money moved between lines during the year is shown in the latest budget."),
        Block::Table(funding()),
        heading(2, "2.2", "Spend by month"),
        paragraph("2.2.1", "Table 2 gives the spend of each month as it was returned. A month that was restated later is shown with its last figure."),
        Block::Table(wide()),
        heading(1, "3", "Performance"),
        paragraph("3.1", "The measures below were agreed with the partners at the start of the year. The last column says in a word how the year ended."),
        Block::Table(measures()),
        heading(1, "4", "Register of orders"),
        paragraph("4.1", "Orders in force on 31 March 2023, in the order in which they were made."),
        Block::Table(orders(60)),
        heading(2, "4.2", "Orders that lapsed"),
        Block::Table(table("Table 5: Orders that lapsed in 2022-23", &["Reference", "Place", "Lapsed on"], Vec::<Vec<String>>::new(), None)),
        heading(1, "5", "How the figures were checked"),
        Block::List { ordered: true, items: (1..=12).map(|step| vec![Inline::plain(format!("Check {step}: each stated total was computed again from its lines, and each return was set beside the one before it, so that a restated month does not go unseen."))]).collect() },
        paragraph("5.1", "Nothing stood against publication when this report was made."),
    ];
    document
}

/// The same as a draft.
pub fn draft() -> Document {
    let mut document = year_end();
    document.draft = Some(Draft {
        reasons: vec![
            "In SWCSP funding 2022-23.xlsx, PCC funding!D15 says £139,250.00; D5:D14 add up to £133,250.00.".to_owned(),
            "The return for March 2023 has not been received.".to_owned(),
        ],
    });
    document
}

/// Some two hundred pages of rows.
pub fn long() -> Document {
    let mut blocks = vec![heading(1, "1", "Payments")];
    for part in 1..=4 {
        blocks.push(heading(2, &format!("1.{part}"), &format!("Quarter {part}")));
        let mut payments = orders(750);
        payments.caption = format!("Table {part}: Payments of quarter {part}");
        blocks.push(Block::Table(payments));
    }
    bare(blocks)
}

fn funding() -> TableBlock {
    let rows = [
        ("Domestic abuse outreach", "£42,000.00", "£44,000.00", "£43,870.15", "−£129.85", "Underspend"),
        ("Independent domestic violence adviser", "£31,500.00", "£31,500.00", "£31,500.00", "£0.00", "On budget"),
        ("Youth ASB and wellness: youth mentoring", "£6,000.00", "£6,000.00", "£6,000.00", "£0.00", "On budget"),
        (
            "Street pastors and night-time economy marshals",
            "£12,750.00",
            "£12,750.00",
            "£11,204.00",
            "−£1,546.00",
            "Underspend",
        ),
        ("CCTV maintenance", "£22,000.00", "£20,000.00", "£20,941.50", "£941.50", "Overspend"),
        ("Hate-crime reporting centres", "£8,000.00", "£8,000.00", "£7,950.00", "−£50.00", "Underspend"),
        (
            "Serious violence duty: strategic needs assessment",
            "£17,000.00",
            "£17,000.00",
            "£12,971.85",
            "−£4,028.15",
            "Underspend",
        ),
    ]
    .map(|(line, original, latest, actual, variance, word)| strings(&[line, original, latest, actual, variance, word]))
    .to_vec();
    let total = ["Total", "£139,250.00", "£139,250.00", "£134,437.50", "−£4,812.50", "Underspend"];
    let titles = ["Budget line", ">Original budget", ">Latest budget", ">Actual", ">Variance", "Outcome"];
    let mut table = table("Table 1: Police and crime commissioner funding 2022-23", &titles, rows, Some(&total));
    table.notes = strings(&[
        "Variance is actual less latest budget; a minus sign is an underspend.",
        "Explained: the total in PCC funding!D15 differs by £6,000.00 from its lines because youth mentoring was approved after the workbook was issued (recorded by A. Officer, approved by the section 151 officer, 2 May 2023).",
    ]);
    table
}

fn wide() -> TableBlock {
    let titles = [
        "Month",
        ">Domestic abuse outreach",
        ">Adviser",
        ">Youth mentoring",
        ">Night-time economy",
        ">CCTV",
        ">Hate crime",
        ">Serious violence",
        ">All lines",
    ];
    let rows = MONTHS
        .iter()
        .map(|month| {
            strings(&[month, "3,655.85", "2,625.00", "500.00", "933.67", "1,745.13", "662.50", "1,080.99", "11,203.14"])
        })
        .collect();
    let total =
        ["Year", "43,870.15", "31,500.00", "6,000.00", "11,204.00", "20,941.50", "7,950.00", "12,971.85", "134,437.50"];
    let mut table = table("Table 2: Spend by month and budget line, in pounds", &titles, rows, Some(&total));
    table.notes = strings(&["Months may not add up to the year where a return was rounded to the nearest penny."]);
    table
}

fn measures() -> TableBlock {
    let names = [
        "Victims of domestic abuse supported by outreach workers",
        "Repeat victimisation within twelve months",
        "Young people in mentoring for at least twelve weeks",
        "Anti-social behaviour incidents per 1,000 residents",
        "Public-space cameras working on the day of inspection",
        "Hate incidents reported through third-party reporting centres",
        "People who feel safe outside after dark",
    ];
    let rows = (0..28)
        .map(|index| {
            let outcome =
                ["Met", "Met", "Missed by less than 10%", "Met", "Met", "Missed by 10% or more", "Met"][index % 7];
            let (number, target, actual) =
                (format!("M{:02}", index + 1), format!("{}", 100 + 7 * index), format!("{}", 96 + 8 * index));
            vec![
                number,
                names[index % 7].to_owned(),
                ["Partnership", "Police", "Council", "Probation service"][index % 4].to_owned(),
                target,
                actual,
                outcome.to_owned(),
            ]
        })
        .collect();
    table("Table 3: Year-end measures", &["No.", "Measure", "Lead", ">Target", ">Actual", "Outcome"], rows, None)
}

/// A register with as many rows as asked for.
fn orders(count: usize) -> TableBlock {
    let places = [
        "High Street and Market Place, including the car park behind the library",
        "Riverside Park",
        "Station Approach/Bridge Road underpass",
        "Llwynŵr Gardens",
    ];
    let reasons = [
        "Drinking in public and behaviour that is likely to cause alarm or distress",
        "Dogs not on leads",
        "Nuisance vehicles (car cruising)",
        "Street trading without consent",
    ];
    let rows = (0..count)
        .map(|index| {
            let made = format!(
                "{} {} 20{}",
                index % 28 + 1,
                ["March", "June", "September", "December"][index % 4],
                19 + index % 4
            );
            let ends = format!(
                "{} {} 20{}",
                index % 28 + 1,
                ["March", "June", "September", "December"][index % 4],
                22 + index % 4
            );
            vec![
                format!("PSPO-{:04}", index + 1),
                places[index % 4].to_owned(),
                reasons[(index / 3) % 4].to_owned(),
                made,
                ends,
                format!("£{}.00", 75 + index % 30),
            ]
        })
        .collect();
    table(
        "Table 4: Public spaces protection orders",
        &["Reference", "Place", "What it forbids", "Made on", "Ends on", ">Penalty"],
        rows,
        None,
    )
}
