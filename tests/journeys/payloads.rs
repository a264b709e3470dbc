//! Nothing of a cell comes alive: a text is a text in every output, whatever it would be elsewhere.

mod list;
mod outputs;

use calamine::Data;

use crate::desk::{Desk, FINAL, FUNDING, MAY, finding, messages, sample, swap, text, text_of};
use crate::support::package::{edit_parts, package};
use crate::support::workbook;
use list::PAYLOADS;
use outputs::{Actions, Active, Page, drawn};

/// A text as the notation of [`workbook`] writes it.
fn quoted(text: &str) -> String {
    let mut written = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => written.extend(['\\', character]),
            _ if character.is_control() || character.is_whitespace() && character != ' ' => {
                written.push_str(&format!("\\u{{{:x}}}", u32::from(character)));
            }
            _ => written.push(character),
        }
    }
    written + "\""
}

/// The meetings of the year, each with a text as its group and among its topics.
fn meetings(texts: &[&str]) -> Vec<u8> {
    let mut sheet = String::from("# Meetings\nDate | Group | Held | Main topics\n");
    for (index, text) in texts.iter().enumerate() {
        let day = chrono::NaiveDate::from_ymd_opt(2022, 4, 1).unwrap() + chrono::Days::new(index as u64);
        let text = quoted(text);
        sheet.push_str(&format!("{day} | Group | {text} | {text}\n"));
    }
    workbook(&sheet)
}

/// The sample year with texts where nothing is wrong with any text: the groups and topics of meetings, and what payments
/// were for.
fn quiet(texts: &[&str]) -> Desk {
    let desk = Desk::year();
    desk.take("registers/Meetings 2022-23.ods");
    desk.put("registers/Meetings 2022-23.xlsx", &meetings(texts));
    desk
}

fn texts() -> Vec<&'static str> {
    PAYLOADS.iter().map(|payload| payload.text).collect()
}

/// As many texts that are nothing but words.
fn words() -> Vec<String> {
    (1..=PAYLOADS.len()).map(|number| format!("Topic {number}")).collect()
}

/// The return for May with texts as projects, payees and descriptions of payments, as headings that nobody knows, in a
/// formula, in comments, in names that lead nowhere, and in the format of numbers.
fn loud(texts: &[&str]) -> Desk {
    let desk = Desk::year();
    let total = " |  |  |  | \"Total\" | 24283.35\n";
    let payments: String = (0..)
        .zip(texts)
        .map(|(index, text)| {
            let text = quoted(text);
            format!("\"12/05/2022\" | \"INV-{}\" | {text} | {text} | {text} | 1\n", 9000 + index)
        })
        .collect();
    let formula = format!(" |  |  |  | \"Total\" | =SUM(F4:F10)+LEN(\"{}\") -> 24283.35\n", "<b>{{ 7*7 }}</b>");
    let headings: String = texts.iter().map(|text| format!(" | {}", quoted(text))).collect();
    let may = text_of(&std::fs::read(desk.path("inbox").join(MAY)).unwrap());
    let may = swap(may, total, &format!("{payments}{formula}"));
    let known = "\"Measure ID\" | \"Measure\" | \"Area\" | \"Value\"";
    let bytes = workbook(&swap(may, known, &format!("{known}{headings}")));
    let names: String = texts
        .iter()
        .map(|text| format!("<definedName name=\"{}\">{}</definedName>", xml(text), xml(&format!("'{text}'!#REF!"))))
        .collect();
    let comments: String = (0..)
        .zip(texts)
        .map(|(index, text)| {
            format!("<comment ref=\"B{}\"><text><t>{} £9,999.00</t></text></comment>", index + 4, xml(text))
        })
        .collect();
    let mut parts = Vec::new();
    edit_parts(&bytes, |name, text| {
        let text = match name {
            "xl/workbook.xml" => text.replace("</sheets>", &format!("</sheets><definedNames>{names}</definedNames>")),
            "xl/styles.xml" => text.replace(
                "<cellXfs count=\"1\">",
                "<numFmts count=\"1\"><numFmt numFmtId=\"199\" formatCode=\"&lt;script&gt;0.00\"/></numFmts><cellXfs count=\"1\">",
            ),
            _ => text,
        };
        parts.push((name.to_owned(), text.clone()));
        text
    });
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments";
    let relation = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
         <Relationship Id=\"rId1\" Type=\"{kind}\" Target=\"../comments1.xml\"/></Relationships>"
    );
    parts.push(("xl/worksheets/_rels/sheet2.xml.rels".to_owned(), relation));
    parts.push(("xl/comments1.xml".to_owned(), format!("<comments><commentList>{comments}</commentList></comments>")));
    desk.put(MAY, &package(&parts));
    desk
}

/// A text within XML, without the characters that it cannot hold.
fn xml(text: &str) -> String {
    let text: String = text.chars().filter(|character| !character.is_control() && *character != '\u{ffff}').collect();
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The funding workbook with a hidden sheet of figures for each text, which is its name; Excel would not let one type most
/// of them.
fn with_hidden_sheets(texts: &[&str]) -> Vec<u8> {
    let funding = text_of(&sample(FUNDING));
    let sheets: String =
        (0..texts.len()).map(|index| format!("# HIDDEN{index}- (hidden)\nItem | Amount\nA | 1.5\nB | 2.5\n")).collect();
    edit_parts(&workbook(&format!("{funding}{sheets}")), |name, text| match name {
        "xl/workbook.xml" => texts.iter().enumerate().fold(text, |text, (index, name)| {
            text.replace(&format!("name=\"HIDDEN{index}-\""), &format!("name=\"{}\"", xml(name)))
        }),
        _ => text,
    })
}

/// Runs, and gives what was printed.
fn ran(desk: &Desk, status: i32) -> String {
    let ended = desk.run(&[]);
    assert_eq!((ended.status, ended.err.as_str()), (status, ""), "{}", ended.out);
    ended.out
}

fn bytes_of(desk: &Desk, path: &str) -> Vec<u8> {
    std::fs::read(desk.path("output").join(path)).unwrap()
}

/// Without any space: a terminal breaks lines anywhere.
fn together(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace()).collect()
}

/// A text as a message quotes it.
fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a text holds a character that acts on a terminal, turns a line round, or cannot be seen.
fn acts(text: &str) -> bool {
    let directs =
        |character| matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}');
    text.chars().any(|one| one != '\n' && (one.is_control() || directs(one) || matches!(one, '\u{200b}' | '\u{feff}')))
}

#[test]
fn texts_of_cells_stand_in_the_final_appendix_as_texts() {
    let (desk, harmless) = (quiet(&texts()), quiet(&words().iter().map(String::as_str).collect::<Vec<_>>()));
    ran(&desk, 0);
    ran(&harmless, 0);
    let path = "for-committee/committee-appendix.html";
    let (page, before) = (Page::of(&desk.output(path)), Page::of(&harmless.output(path)));
    // The very elements, links and styles that the page has with words in those cells.
    let differs = page.elements.iter().zip(&before.elements).position(|(one, other)| one != other);
    assert_eq!((differs, page.elements.len()), (None, before.elements.len()), "{:?}", page.kinds());
    assert_eq!(page.styles, before.styles);
    assert_eq!(before.texts.iter().filter(|text| text.starts_with("Topic ")).count(), PAYLOADS.len());
    let begin = page.texts.iter().position(|text| text.ends_with("Meetings held in the year")).unwrap();
    for payload in PAYLOADS {
        let printed = page.texts[begin..].iter().filter(|text| *text == payload.printed).count();
        assert_eq!(printed, 1, "{:?}", payload.text);
    }

    let path = "for-committee/committee-appendix.pdf";
    let (pdf, before) = (bytes_of(&desk, path), bytes_of(&harmless, path));
    let actions = Actions::of(&pdf);
    assert_eq!(actions, Actions::of(&before));
    assert_eq!(
        actions.actions.iter().map(|(kind, address)| format!("{kind} {address}")).collect::<Vec<_>>(),
        [
            "URI https://www.legislation.gov.uk/ukpga/2006/48/section/19",
            "URI https://www.legislation.gov.uk/ukpga/2014/12/section/60",
            "URI https://www.legislation.gov.uk/uksi/2009/942",
        ]
    );
    assert_eq!(actions.annotations, ["Link".to_owned()].into());
    let drawn = drawn(&pdf);
    for payload in PAYLOADS {
        // Letters that join or stand upon each other are drawn as other signs.
        let is_shaped = payload.text.contains(['\u{627}', '\u{351}', '\u{200d}']);
        assert!(is_shaped || drawn.contains(&together(payload.printed)), "{:?}", payload.text);
    }
}

#[test]
fn texts_of_cells_stand_in_the_consolidated_workbook_as_texts() {
    let (desk, harmless) = (quiet(&texts()), quiet(&words().iter().map(String::as_str).collect::<Vec<_>>()));
    ran(&desk, 0);
    ran(&harmless, 0);
    let path = "for-officers/consolidated.xlsx";
    let (active, before) = (Active::of(&bytes_of(&desk, path)), Active::of(&bytes_of(&harmless, path)));
    assert_eq!(active.formulas, before.formulas);
    assert!(active.formulas.iter().all(|(_, formula)| formula.starts_with("SUBTOTAL(109,")), "{:?}", active.formulas);
    assert_eq!((&active.links, &active.names, &active.parts), (&before.links, &before.names, &before.parts));
    assert_eq!(active.relationships, before.relationships);
    assert!(active.relationships.iter().all(|(_, _, leads_out)| !leads_out), "{:?}", active.relationships);
    // Numbers and shared strings, and no cell of another kind.
    assert_eq!(active.types.keys().map(String::as_str).collect::<Vec<_>>(), ["", "s"]);

    let rows = desk.consolidated("Meetings");
    let topics: Vec<&Data> = rows[4..].iter().map(|row| &row[3]).collect();
    assert_eq!(topics.len(), PAYLOADS.len());
    for (topic, payload) in topics.into_iter().zip(PAYLOADS) {
        // A line ends in Excel with a line feed.
        assert_eq!(*topic, Data::String(payload.stored.replace('\r', "\n")));
    }
}

#[test]
fn texts_of_cells_stand_in_findings_as_texts() {
    let (desk, harmless) = (loud(&texts()), loud(&words().iter().map(String::as_str).collect::<Vec<_>>()));
    let console = ran(&desk, 1);
    ran(&harmless, 1);
    assert!(!acts(&console));
    let report = desk.written_report();
    let json = desk.output("for-officers/findings.json");
    assert!(!acts(&json));
    let (status, checked) = desk.report(&[]);
    assert_eq!((status, &checked["findings"]), (1, &report["findings"]));
    let page = Page::of(&desk.output("for-officers/findings.html"));
    let before = Page::of(&harmless.output("for-officers/findings.html"));
    assert!(page.kinds().is_subset(&before.kinds()), "{:?}", page.kinds().difference(&before.kinds()));
    assert_eq!(page.styles, before.styles);
    assert!(!page.texts.iter().any(|text| acts(text)));
    let console = together(&console);
    for payload in PAYLOADS {
        // A cell, and a heading.
        let (stored, quoted) = (on_one_line(payload.stored), payload.quoted);
        for (code, text, shown) in [
            ("unknown-reference", format!("The project “{stored}” is not"), format!("The project “{quoted}” is not")),
            ("unknown-heading", format!("The heading “{stored}” is not"), format!("The heading “{quoted}” is not")),
        ] {
            // One that looks like another text is told as that; a heading is quoted with what is not read of a value.
            let is_told = code == "unknown-heading" && payload.stored != payload.text
                || code == "unknown-reference" && stored.starts_with('\u{ff1d}');
            let is_there = messages(&report, code).iter().any(|message| message.starts_with(&text));
            assert!(is_there || is_told, "{code} {text:?}");
            assert!(page.texts.iter().any(|text| text.starts_with(&shown)) || is_told, "{code} {shown:?}");
            assert!(console.contains(&together(&shown)) || is_told, "{code} {shown:?}");
        }
    }

    // The draft prints the findings, too.
    let path = "for-committee/committee-appendix-DRAFT.html";
    let (page, before) = (Page::of(&desk.output(path)), Page::of(&harmless.output(path)));
    assert!(page.kinds().is_subset(&before.kinds()), "{:?}", page.kinds().difference(&before.kinds()));
    assert_eq!(page.styles, before.styles);
    // Some are withheld, since the payee says the same.
    for shown in ["\"><svg onload=alert(1)>", "{{ 7*7 }}", "=1+1"] {
        let shown = format!("The project “{shown}” is not in the funding table.");
        assert!(page.texts.contains(&shown), "{shown}");
    }
    let path = "for-committee/committee-appendix-DRAFT.pdf";
    assert_eq!(Actions::of(&bytes_of(&desk, path)), Actions::of(&bytes_of(&harmless, path)));
    let path = "for-officers/consolidated.xlsx";
    let (active, before) = (Active::of(&bytes_of(&desk, path)), Active::of(&bytes_of(&harmless, path)));
    assert_eq!(active.formulas, before.formulas);
    assert_eq!((&active.links, &active.relationships), (&before.links, &before.relationships));
    assert_eq!(active.types.keys().map(String::as_str).collect::<Vec<_>>(), ["", "s"]);
}

#[test]
fn names_of_sheets_are_texts_in_every_output() {
    let desk = Desk::year();
    desk.put(FUNDING, &with_hidden_sheets(&texts()));
    let console = ran(&desk, 0);
    assert!(!acts(&console) && !acts(&desk.output("for-officers/findings.json")));
    let report = desk.written_report();
    let said = messages(&report, "hidden-sheet");
    let page = Page::of(&desk.output("for-officers/findings.html"));
    assert_eq!(said.len(), PAYLOADS.len());
    for payload in PAYLOADS {
        let name: String = payload.text.chars().filter(|one| !one.is_control() && *one != '\u{ffff}').collect();
        let name = on_one_line(&name);
        let message = format!("The sheet “{name}” is hidden, and holds 2 amounts in B2:B3");
        assert!(said.iter().any(|said| said.starts_with(&message)), "{name:?}");
        let is_shown = |text: &&String| text.starts_with("The sheet “") && text.contains("2 amounts in B2:B3");
        assert_eq!(page.texts.iter().filter(is_shown).count(), PAYLOADS.len());
    }
    assert!(page.texts.iter().any(|text| text == "Sheet <script>alert(1)</script>"));
    assert!(console.contains("The sheet “[U+202E]fdp.exe” is hidden"), "{console}");
    let active = Active::of(&bytes_of(&desk, "for-officers/consolidated.xlsx"));
    assert!(active.formulas.iter().all(|(_, formula)| formula.starts_with("SUBTOTAL(109,")), "{:?}", active.formulas);
    assert!(active.links.iter().all(|(_, target)| target.ends_with("'!A1")), "{:?}", active.links);
    assert!(active.relationships.iter().all(|(_, _, leads_out)| !leads_out), "{:?}", active.relationships);
}

#[test]
fn a_sheet_of_31_characters_with_a_quote_and_an_emoji_is_read_and_named() {
    // Emoji count twice in Excel: 29 characters, 31 code units.
    let name = "O'Brien & Søn's \u{1f512} money \u{1f512} sum";
    assert_eq!(name.encode_utf16().count(), 31);
    let desk = Desk::year();
    desk.copy_pack();
    desk.edit_pack(
        "partnership.yaml",
        "{table: funding, sheet: PCC funding}",
        &format!("{{table: funding, sheet: \"{name}\"}}"),
    );
    desk.put(FUNDING, &workbook(&text_of(&sample(FUNDING)).replace("# PCC funding\n", &format!("# {name}\n"))));
    // The explanation still names the sheet as it was, so the error stands again, at the sheet of that name.
    ran(&desk, 1);
    let report = desk.written_report();
    assert_eq!(finding(&report, "total-mismatch")["sheet"], name);
    let draft = desk.output("for-committee/committee-appendix-DRAFT.html");
    assert!(draft.contains("O&#39;Brien &amp; Søn&#39;s [U+1F512] money [U+1F512] sum!D15"), "{draft}");
    let sources: Vec<Data> = desk.consolidated("Sources").into_iter().map(|row| row[2].clone()).collect();
    assert!(sources.contains(&Data::String(name.to_owned())), "{sources:?}");
}

#[cfg(unix)]
#[test]
fn names_of_files_and_folders_are_texts_in_every_output() {
    let desk = Desk::year();
    // Names without a separator of folders or NUL, which no file can have; those that begin with a point or `~$` are left aside.
    let names: Vec<&str> =
        texts().into_iter().filter(|name| !name.contains(['/', '\0']) && !name.starts_with('.')).collect();
    let plain = workbook("# Plan\nItem | Amount\nA | 1.5\n");
    for (index, name) in names.iter().enumerate() {
        if index % 2 == 0 {
            desk.put(&format!("{name}.xlsx"), &plain);
        } else {
            desk.put(&format!("{name}/plan {index}.xlsx"), &plain);
        }
    }
    let odd = "monthly/2022-05 May <b>'\"&%41 return\u{202e}.xlsx";
    desk.rename(MAY, odd);
    let before = crate::desk::files(desk.path("").as_path());
    let console = ran(&desk, 0);
    assert!(!acts(&console) && !acts(&desk.output("for-officers/findings.json")));
    assert!(!acts(&desk.output("manifest.json")));
    let report = desk.written_report();
    let unknown = report["workbooks"].as_array().unwrap().iter().filter(|workbook| workbook["state"] == "unknown");
    let unknown: Vec<&str> = unknown.map(|workbook| text(&workbook["path"])).collect();
    for (index, name) in names.iter().enumerate() {
        let path = if index % 2 == 0 { format!("{name}.xlsx") } else { format!("{name}/plan {index}.xlsx") };
        // A name stands on one line, whatever acts in it.
        let path = path.replace(char::is_control, "\u{fffd}");
        assert!(unknown.contains(&path.as_str()), "{path:?} {unknown:?}");
    }
    assert!(names.len() >= 75, "{}", names.len());

    // Nothing was written but the outputs.
    let mut expected: Vec<String> = before.into_iter().chain(FINAL.map(|path| format!("output/{path}"))).collect();
    // Of each workbook that nobody knows a marked copy, under a name that every system takes.
    let copies = desk.for_single_officers();
    assert!(copies.len() >= names.len(), "{copies:?}");
    for copy in &copies {
        assert!(!copy.contains(['<', '>', ':', '"', '\\', '|', '?', '*']) && !acts(copy), "{copy:?}");
    }
    expected.extend(copies.iter().map(|path| format!("output/for-officers/{path}")));
    expected.sort();
    assert_eq!(crate::desk::files(desk.path("").as_path()), expected);

    let page = Page::of(&desk.output("for-officers/findings.html"));
    for shown in ["\"><svg onload=alert(1)>/plan 11.xlsx", "\u{fffd}[31mred\u{fffd}[0m.xlsx"] {
        assert!(page.texts.iter().any(|text| text == shown), "{shown}: {:?}", page.texts);
    }
    let appendix = desk.output("for-committee/committee-appendix.html");
    Page::of(&appendix);
    assert!(appendix.contains("monthly/2022-05 May &lt;b&gt;&#39;&quot;&amp;%41 return[U+202E].xlsx"), "{appendix}");
    let active = Active::of(&bytes_of(&desk, "for-officers/consolidated.xlsx"));
    assert!(active.relationships.iter().all(|(_, _, leads_out)| !leads_out), "{:?}", active.relationships);
    assert_eq!(active.types.keys().map(String::as_str).collect::<Vec<_>>(), ["", "s"]);

    // What verify prints, of the manifest and of a workbook that is gone.
    let verified = desk.crosscast(&["verify", "output", "inbox"]);
    assert_eq!(verified.status, 0, "{}", verified.out);
    assert!(!acts(&verified.out) && verified.out.contains("May <b>'\"&%41 return[U+202E].xlsx"), "{}", verified.out);
    desk.take(odd);
    let verified = desk.crosscast(&["verify", "output", "inbox"]);
    assert_eq!(verified.status, 1, "{}", verified.out);
    assert!(!acts(&verified.out) && verified.out.contains("May <b>'\"&%41 return[U+202E].xlsx"), "{}", verified.out);

    // And what is said where a path does not lead anywhere.
    let lost = desk.crosscast(&["check", "inbox/\u{1b}]8;;http://evil.example\u{1b}\\ \u{202e}.xlsx"]);
    assert!(lost.status == 2 && !acts(&lost.err), "{:?}", lost.err);
    let lost = desk.crosscast(&["explain", "\u{1b}[31mred"]);
    assert!(lost.status == 2 && !acts(&lost.err), "{:?}", lost.err);
}

#[test]
fn there_are_more_payloads_than_were_promised_and_no_two_alike() {
    let kinds: std::collections::BTreeSet<&str> = texts().into_iter().collect();
    assert_eq!(kinds.len(), PAYLOADS.len());
    assert!(PAYLOADS.len() >= 100, "{}", PAYLOADS.len());
}

#[test]
fn a_text_as_long_as_a_cell_and_one_longer_are_cut_with_a_word() {
    let whole = format!("={}", "<b>x</b>'\"".repeat(3_277)).chars().take(32_767).collect::<String>();
    let desk = quiet(&[&whole]);
    ran(&desk, 0);
    let rows = desk.consolidated("Meetings");
    assert_eq!(rows[4][3], Data::String(whole.clone()));
    let page = Page::of(&desk.output("for-committee/committee-appendix.html"));
    assert!(page.texts.contains(&whole));
}
