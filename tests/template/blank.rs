//! A blank form: what is said of it, and what stands in it.

use crosscast::export::template::{Asked, template};

use crate::support::package::edit_parts;
use crate::support::sample_pack::sample_pack;
use crate::{check, council_pack, line, of_april, standing};

#[test]
fn a_blank_form_in_the_inbox_says_what_is_missing() {
    let pack = sample_pack();
    let made = of_april(&pack, "return");
    let report = check(&pack, &made.file_name, &made.bytes);
    let found: Vec<String> = standing(&report, &pack).into_iter().map(line).collect();
    for expected in [
        "required-value Return!B7 Enter the prepared by.",
        "required-value Return!B8 Enter the date prepared.",
        "required-value Return!B9 Enter the status.",
    ] {
        assert!(found.contains(&expected.to_owned()), "{found:#?}");
    }
    // Month and partnership stand there already, and every table is found.
    assert!(!found.iter().any(|line| line.contains("Return!B5") || line.contains("Return!B6")), "{found:#?}");
    assert!(!found.iter().any(|line| line.starts_with("missing-")), "{found:#?}");
}

#[test]
fn the_same_pack_gives_the_same_bytes() {
    let pack = sample_pack();
    assert_eq!(of_april(&pack, "return").bytes, of_april(&pack, "return").bytes);
    assert_ne!(of_april(&pack, "return").bytes, of_april(&pack, "spend").bytes);
}

#[test]
fn what_cannot_be_made_is_said_in_words() {
    let (pack, council) = (sample_pack(), council_pack());
    let said = |pack, name, month: Option<&str>, year| {
        let month = month.map(|month| month.parse().unwrap());
        template(pack, &Asked { name, month, year, rows: 10 })
            .map(|made| made.file_name)
            .unwrap_or_else(|error| error.to_string())
    };
    assert_eq!(
        said(&pack, "retrun", None, None),
        "retrun is neither a workbook nor a table of the pack. Did you mean return? The workbooks of the pack are funding, \
         return, recorded-crime, year-end-measures, registers, meetings and explanations; further tables are measures, \
         members, orders, recorded_crime, reviews, spend, summary, virements and year_end_measures."
    );
    assert_eq!(
        said(&council, "monitor", None, None),
        "A form for Budget monitor cannot be made, because which headings go across, and which rows its sections have, is not \
         in the pack. Copy a workbook that was filled in before, and clear its cells."
    );
    assert_eq!(
        said(&council, "projects", None, None),
        "A form for Grant by project cannot be made, because the lines with which its blocks begin are not in the pack. Copy \
         a workbook that was filled in before, and clear its cells."
    );
    assert_eq!(
        said(&pack, "return", Some("2024-04"), None),
        "April 2024 does not lie in any year of the pack (2022-23)."
    );
    assert_eq!(said(&pack, "return", None, Some("2021-22")), "2021-22 is no year of the pack. Its years are 2022-23.");
    // What an officer calls it will do as well, in any letter case.
    assert_eq!(said(&pack, "Monthly return", Some("2022-04"), None), "2022-04 April return.xlsx");
    // Without a month its name cannot be told.
    assert_eq!(said(&pack, "return", None, None), "Monthly return template.xlsx");
}

// How it looks to a reader of the file: locked but for what is filled in, headings that stay in sight, prompts in words.
#[test]
fn a_blank_return_as_the_file_has_it() {
    let made = of_april(&sample_pack(), "return");
    let mut parts = std::collections::BTreeMap::new();
    edit_parts(&made.bytes, |name, text| {
        parts.insert(name.to_owned(), text.clone());
        text
    });
    let spend = &parts["xl/worksheets/sheet2.xml"];
    // No password, and rows can be put in between.
    assert!(spend.contains("<sheetProtection sheet=\"1\"") && !spend.contains("password"), "{spend}");
    assert!(spend.contains("insertRows=\"0\"") && spend.contains("formatColumns=\"0\""));
    assert!(spend.contains("ySplit=\"5\"") && spend.contains("topLeftCell=\"A6\""));
    // Ten rows, and a total over exactly these.
    assert!(spend.contains("<f>SUM(F6:F15)</f><v>0</v>"), "{spend}");
    assert!(spend.contains("prompt=\"Must be filled in. A date typed as dd/mm/yyyy, from 01/04/2022 to 30/04/2022.\""));
    let reference = "error=\"Expected here: Text in the form of INV-0001. No two rows may have the same.\"";
    assert!(spend.contains(reference), "{spend}");
    assert!(parts["xl/styles.xml"].contains("<protection locked=\"0\"/>"));
    assert!(parts["docProps/core.xml"].contains("<dc:title>Monthly return, April 2022</dc:title>"));
    assert!(parts["docProps/core.xml"].contains("<dc:language>en-GB</dc:language>"));
    // No sheet is hidden: a hidden one is itself a finding.
    assert!(!parts["xl/workbook.xml"].contains("state="));
}
