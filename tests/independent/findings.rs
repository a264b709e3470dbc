//! The findings page as officers use it, in a browser: filtered, copied from, by keyboard, without a script, on paper.

use std::process::Command;
use std::sync::Arc;

use chrono::NaiveDate;
use crosscast::export::TableTitles;
use crosscast::export::page::{PageFace, page};
use crosscast::model::{
    CheckPage, CheckPart, Checked, Difference, Excerpts, Explained, Finding, Money, Period, Place, Position, Report,
    Severity, ShownCell,
};

use crate::browser::{Checker, acted, browse, framed};
use crate::programs::{Program, needed, run};

const APRIL: &str = "returns/April & May.xlsx";
const FUNDING: &str = "Funding.xlsx";

/// What a test does on the page, after its own script has run: says which findings are shown, and what is said of them.
const STATE: &str = "
    const numbers = () => all('.finding').filter(one => one.checkVisibility()).map(one => one.id.slice(8)).join(' ');
    const state = () => told(`${numbers()} | ${document.querySelector('#shown').textContent} | ${location.hash}`);
    const choose = (name, value) => {
        const field = document.querySelector(`[name=${name}]`);
        field.value = value;
        field.dispatchEvent(new Event('change', { bubbles: true }));
    };
    const tick = value => document.querySelector(`[value=${value}]`).click();
";

/// A page of seven findings, and the cells round those of April.
fn seven() -> (Report, Excerpts) {
    let cell = |workbook: &str, sheet: &str, cell: &str| {
        Place::area(&workbook.into(), &sheet.into(), cell.parse::<Position>().unwrap())
    };
    let finding = |code, severity, place| Finding::new(code, severity, place, "What is wrong.", "mend it.");
    let mut explained = finding("total-mismatch", Severity::Error, cell(FUNDING, "PCC funding", "D15"));
    explained.difference = Some(Difference::Money(Money::from_pence(600_000)));
    explained.explained = Some(Explained {
        explanation: "It is being traced.".into(),
        recorded_by: "Finance officer".into(),
        approved_by: "Head of Community Safety".into(),
        date: NaiveDate::from_ymd_opt(2023, 4, 28).unwrap(),
        source: cell("Explanations.xlsx", "Explanations", "A5"),
    });
    let findings = vec![
        finding("no-yearly-workbook", Severity::Info, Place::inbox()),
        explained,
        finding("date-as-text", Severity::Warning, cell(APRIL, "Spend", "E6")),
        finding("date-as-text", Severity::Warning, cell(APRIL, "Spend", "E9")),
        finding("unknown-reference", Severity::Error, cell(APRIL, "Spend", "B14")),
        finding("total-mismatch", Severity::Error, cell(APRIL, "Summary", "C15")),
        finding("total-mismatch", Severity::Error, cell("Other.xlsx", "Summary", "C15")),
    ];
    let mut excerpts = Excerpts::default();
    let workbook: Arc<str> = APRIL.into();
    for (sheet, row, line) in [
        (
            "Spend",
            12,
            "PCC-09|Hate Crimes|Lighting of the underpass at St John's, second instalment|05/05/2022|£1,250.00",
        ),
        ("Spend", 13, "PCC-10|Youth|Venue|06/05/2022|£80.00"),
        ("Summary", 13, "Youth|£80.00|£160.00||"),
        ("Summary", 14, "Total|£12,345,678.90|£160.00||"),
    ] {
        for (text, column) in line.split('|').zip(0..).filter(|(text, _)| !text.is_empty()) {
            let is_number = text.starts_with('£') || text.contains('/');
            let cell = ShownCell { text: text.into(), is_number };
            excerpts.insert(&workbook, &sheet.into(), Position::new(row, column), cell);
        }
    }
    (report(findings), excerpts)
}

fn report(findings: Vec<Finding>) -> Report {
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap();
    let mut report = Report {
        pack: "South Worcestershire Community Safety Partnership".into(),
        notice: None,
        period: Period {
            year: "2022-23".into(),
            start: day(2022, 4, 1),
            end: day(2023, 3, 31),
            to: "2023-03".parse().unwrap(),
        },
        workbooks: Vec::new(),
        findings,
        not_run: Vec::new(),
        checked: vec![
            Checked { check: "date-as-text".into(), workbooks: 3, rows: Some(1_240), findings: 2 },
            Checked { check: "sheet-missing".into(), workbooks: 3, rows: None, findings: 0 },
        ],
        whole_inbox: true,
    };
    report.sort();
    report
}

fn face() -> PageFace {
    let check = |code: &str, title: &str| CheckPage {
        code: code.into(),
        title: title.into(),
        severity: Severity::Error,
        is_off: false,
        parts: vec![CheckPart::new("Why it matters", "A reader adds the rows up, too.")],
    };
    PageFace {
        language: "en-GB".into(),
        titles: TableTitles::default(),
        checks: vec![
            check("total-mismatch", "A total is not the sum of its rows"),
            check("date-as-text", "Dates are typed as text"),
            check("unknown-reference", "A name is not in the table that it is looked up in"),
            check("sheet-missing", "A sheet is missing"),
            check("too-long", "A text is too long"),
        ],
        marked: [(APRIL.to_owned(), format!("marked/{APRIL}"))].into(),
    }
}

fn html() -> String {
    let (report, excerpts) = seven();
    page(&report, &excerpts, &face())
}

#[test]
fn findings_are_filtered_and_the_address_keeps_it() {
    let Some(chromium) = needed(Program::Chromium) else { return };
    let script = format!(
        "{STATE}
        state();
        choose('workbook', '{APRIL}'); state();
        tick('warning'); state();
        choose('check', 'total-mismatch'); state();
        told(all('.workbook').filter(one => one.checkVisibility()).length);
        tick('warning'); tick('error'); state();
        choose('workbook', ''); tick('explained'); state();
        document.querySelector('#clear').click(); state();
        told(document.querySelector('[name=check]').value === '' && all(':checked[type=checkbox]').length === 0);"
    );
    assert_eq!(
        acted(&chromium, &html(), "", &script),
        [
            "1 2 3 4 5 6 7 | 7 findings. | ",
            "4 5 6 7 | 4 of 7 findings are shown. | #workbook=returns%2FApril+%26+May.xlsx",
            "4 5 | 2 of 7 findings are shown. | #workbook=returns%2FApril+%26+May.xlsx&severity=warning",
            " | No finding is of all that you chose. Clear the filter to see them again. | \
             #workbook=returns%2FApril+%26+May.xlsx&check=total-mismatch&severity=warning",
            "0",
            "7 | 1 of 7 findings is shown. | #workbook=returns%2FApril+%26+May.xlsx&check=total-mismatch&severity=error",
            "2 3 7 | 3 of 7 findings are shown. | #check=total-mismatch&severity=error&severity=explained",
            "1 2 3 4 5 6 7 | 7 findings. | ",
            "true",
        ]
    );
}

#[test]
fn a_filtered_page_can_be_sent() {
    let Some(chromium) = needed(Program::Chromium) else { return };
    let page = html();
    let at = |fragment: &str, script: &str| acted(&chromium, &page, fragment, &format!("{STATE}{script}"));
    assert_eq!(
        at("#workbook=returns%2FApril+%26+May.xlsx&severity=error&severity=warning", "state();")[0],
        "4 5 6 7 | 4 of 7 findings are shown. | #workbook=returns%2FApril+%26+May.xlsx&severity=error&severity=warning"
    );
    // A workbook that is mended by now is not in the page; of the others all are shown.
    assert_eq!(at("#workbook=May.xlsx", "state();"), ["1 2 3 4 5 6 7 | 7 findings. | #workbook=May.xlsx"]);
    // A link leads to its finding also where that is filtered out.
    assert_eq!(
        at(
            "#severity=warning",
            "state(); document.querySelector('a[href=\"#finding-7\"]').click(); await pause(); state();"
        ),
        ["4 5 | 2 of 7 findings are shown. | #severity=warning", "1 2 3 4 5 6 7 | 7 findings. | #finding-7"]
    );
}

#[test]
fn a_reference_is_copied() {
    let Some(chromium) = needed(Program::Chromium) else { return };
    let click = "
        const button = all('button.copy')[0];
        told(button.textContent);
        button.click();
        await pause();
        told(button.textContent);
        told(document.querySelector('#copied').textContent);
        await pause(4000);
        told(button.textContent);";
    let clipboard =
        |write: &str| format!("Object.defineProperty(navigator, 'clipboard', {{ value: {{ writeText: {write} }} }});");
    let modern = format!("{} {click}", clipboard("async text => told(`written ${text}`)"));
    assert_eq!(
        acted(&chromium, &html(), "", &modern),
        [
            "Copy 'PCC funding'!D15",
            "written 'PCC funding'!D15",
            "Copied 'PCC funding'!D15",
            "Copied 'PCC funding'!D15",
            "Copy 'PCC funding'!D15",
        ]
    );
    let refused = clipboard("async () => { throw new Error('refused') }");
    let older = format!(
        "{refused} document.execCommand = () => {{ told(`selected ${{document.activeElement.value}}`); return true; }};
        {click} told(document.activeElement === button);"
    );
    assert_eq!(
        acted(&chromium, &html(), "", &older),
        [
            "Copy 'PCC funding'!D15",
            "selected 'PCC funding'!D15",
            "Copied 'PCC funding'!D15",
            "Copied 'PCC funding'!D15",
            "Copy 'PCC funding'!D15",
            "true",
        ]
    );
    let by_hand = format!(
        "{refused} document.execCommand = () => false;
        all('button.copy')[1].click();
        await pause();
        const field = document.activeElement;
        told(`${{field.value}}, ${{field.selectionStart}} to ${{field.selectionEnd}}: ${{field.getAttribute('aria-label')}}`);"
    );
    assert_eq!(acted(&chromium, &html(), "", &by_hand), ["Summary!C15, 0 to 11: Press Ctrl and C to copy Summary!C15"]);
}

#[test]
fn the_keyboard_reaches_what_can_be_used_and_no_more() {
    let Some(chromium) = needed(Program::Chromium) else { return };
    let script = "
        await pause(500);
        const name = one => one.getAttribute('aria-label') ?? one.labels?.[0]?.textContent ?? one.textContent;
        const reached = all('a[href], button, select, input, summary, [tabindex]')
            .filter(one => one.tabIndex >= 0 && one.checkVisibility());
        told(reached.some(one => one.tabIndex > 0));
        const first = reached.findIndex(one => one.closest('form'));
        const last = reached.findIndex(one => one.matches('.about summary'));
        for (const one of reached.slice(first, last + 1)) told(name(one).trim().replace(/\\s+/g, ' '));
        const small = reached.filter(one => one.matches('button, select, summary, input')
            && Math.min(one.getBoundingClientRect().width, one.getBoundingClientRect().height) < 20);
        told(small.length);";
    let told = acted(&chromium, &html(), "", script);
    assert_eq!(
        told,
        [
            "false",
            "Workbook",
            "Check",
            "Errors that stand (3)",
            "Errors, explained (1)",
            "Warnings (2)",
            "For information (1)",
            "Clear the filter",
            "Copy 'PCC funding'!D15",
            "About this check: A total is not the sum of its rows total-mismatch",
            "0",
        ]
    );
}

#[test]
fn the_text_of_a_check_is_unfolded_below_its_finding() {
    let Some(chromium) = needed(Program::Chromium) else { return };
    let script = "
        const folded = all('.finding .about')[0];
        told(folded.textContent.includes('A reader adds the rows up, too.'));
        folded.open = true;
        await pause();
        told(folded.querySelector('dl').textContent.trim().replace(/\\s+/g, ' '));
        told(new Set(all('[id]').map(one => one.id)).size === all('[id]').length);";
    assert_eq!(
        acted(&chromium, &html(), "", script),
        ["false", "Why it matters A reader adds the rows up, too.", "true"]
    );
}

#[test]
fn without_a_script_and_on_paper_all_of_it_is_there() {
    let (Some(chromium), Some(pdftotext)) = (needed(Program::Chromium), needed(Program::Pdftotext)) else { return };
    let folder = tempfile::tempdir().unwrap();
    let (file, pdf) = (folder.path().join("page.html"), folder.path().join("page.pdf"));
    let (mut report, excerpts) = seven();
    let related = |row| Place::area(&APRIL.into(), &"Spend".into(), Position::new(row, 5));
    report.findings[6].related = (0..30).map(related).collect();
    std::fs::write(&file, page(&report, &excerpts, &face())).unwrap();
    for setting in ["--blink-settings=scriptEnabled=true", "--blink-settings=scriptEnabled=false"] {
        let print = format!("--print-to-pdf={}", pdf.display());
        browse(&chromium, &[setting, "--no-pdf-header-footer", &print], &file);
        let text = run(Command::new(&pdftotext).arg("-layout").arg(&pdf).arg("-")).output;
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for part in [
            "3 errors stand against publication.",
            "7 findings.",
            "Cell B14",
            "Hate Crimes",
            "Lighting of",
            "£12,345,678.90",
            "£6,000.00",
            "Recorded by Finance officer",
            "About this check: Dates are typed as text",
            "A reader adds the rows up, too.",
            "Nothing found",
        ] {
            assert!(words.contains(part), "{setting}: {part}\n{text}");
        }
        for part in ["All workbooks", "Clear the filter", "Copy 'PCC"] {
            assert!(!words.contains(part), "{setting}: {part}\n{text}");
        }
    }
}

#[test]
fn everybody_can_use_it_by_day_and_by_night() {
    let (Some(chromium), Some(checker)) = (needed(Program::Chromium), Checker::needed()) else { return };
    for scheme in ["--blink-settings=preferredColorScheme=1", "--blink-settings=preferredColorScheme=0"] {
        for width in ["--window-size=1200,900", "--window-size=320,900"] {
            assert_eq!(checker.faults(&chromium, &[scheme, width], &html()), "", "{scheme} {width}");
        }
    }
}

/// What does not scroll of its own is no wider than the window, at 320 pixels, which is 1,280 at 400%.
#[test]
fn it_fits_a_narrow_window() {
    let Some(chromium) = needed(Program::Chromium) else { return };
    let script = "
        const page = document.querySelector('iframe').contentDocument;
        told(page.defaultView.innerWidth);
        told(page.documentElement.scrollWidth);
        const wide = [...page.querySelectorAll('body *')]
            .filter(one => !one.closest('.scroll, .near, .say, .skip') && one.getBoundingClientRect().right > 320);
        told(wide.map(one => one.outerHTML.slice(0, 80)).join(' ') || 'nothing wide');
        told(page.querySelectorAll('.finding').length);";
    assert_eq!(acted(&chromium, &framed(&html(), 320), "", script), ["320", "320", "nothing wide", "7"]);
}

#[test]
fn ten_thousand_findings_are_no_trouble() {
    let Some(chromium) = needed(Program::Chromium) else { return };
    let (report, excerpts) = many(10_000);
    let html = page(&report, &excerpts, &face());
    assert!(html.len() < 1_000_000, "{} bytes", html.len());
    let script = format!(
        "{STATE}
        const count = () => all('.finding').filter(one => !one.hidden).length;
        const said = () => told(`${{count()}} | ${{document.querySelector('#shown').textContent}}`);
        told(document.getElementsByTagName('*').length < 900000);
        said();
        choose('workbook', 'Return 7.xlsx'); said();
        choose('check', 'date-as-text'); said();
        document.querySelector('#clear').click(); said();
        told(document.querySelector('#standing-errors-caption').closest('table').rows.length);"
    );
    assert_eq!(
        acted(&chromium, &html, "", &script),
        [
            "true",
            // Of 9,900 of one check the first 50 are drawn and the others counted; of the other check all 100 are.
            "150 | 150 findings.",
            "100 | 100 of 150 findings are shown.",
            "100 | 100 of 150 findings are shown.",
            "150 | 150 findings.",
            "101",
        ]
    );
}

/// So many errors in ten workbooks, each in a row of its own, and the cells round them.
fn many(number: u32) -> (Report, Excerpts) {
    let (sheet, mut excerpts): (Arc<str>, _) = ("Spend".into(), Excerpts::default());
    let workbooks: Vec<Arc<str>> = (0..10).map(|number| format!("Return {number}.xlsx").into()).collect();
    let findings = (0..number).map(|number| {
        let workbook = &workbooks[number as usize % 10];
        let position = Position::new(5 + number / 10, 4);
        for (text, column) in
            ["PCC-09", "Hate Crime", "Venue for the youth club", "05/05/2022", "£80.00", "Paid"].iter().zip(1..)
        {
            let cell = ShownCell { text: (*text).into(), is_number: column == 4 || column == 5 };
            excerpts.insert(workbook, &sheet, Position::new(position.row, column), cell);
        }
        let place = Place::area(workbook, &sheet, position);
        let message = "The date 05/05/2022 is typed as text, and could be the 5th of May; the sheet is of April.";
        let code = if number % 100 == 7 { "date-as-text" } else { "unknown-reference" };
        let mut finding = Finding::new(code, Severity::Error, place, message, "type the date anew.");
        finding.expected = Some("a date in April 2022".into());
        finding.actual = Some("05/05/2022".into());
        finding
    });
    let findings = findings.collect();
    (report(findings), excerpts)
}
