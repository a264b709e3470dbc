//! Which checks run without a pack, and what they find.

use std::collections::BTreeSet;

use crosscast::checks::{NEEDING_A_PACK, registry};
use serde_json::Value as Json;

use crate::program::{Folder, document, findings, inspect_in, repository};
use crate::support::workbook;

/// The checks that `crosscast inspect` is known to run. Those that are added later run too, unless they need a pack.
const RUN: [&str; 41] = [
    "amount-as-text",
    "blank-heading",
    "broken-name",
    "broken-reference",
    "calculation-not-automatic",
    "circular-reference",
    "date-as-text",
    "date-with-time",
    "error-beside-table",
    "error-hidden-by-formula",
    "error-value",
    "figures-in-comment",
    "filtered-rows",
    "formula-typed-over",
    "formula-unlike-others",
    "formula-uses-empty-cell",
    "formula-uses-text",
    "formula-without-result",
    "hidden-columns",
    "hidden-rows",
    "hidden-sheet",
    "impossible-date",
    "invisible-character",
    "invisible-text",
    "look-alike-characters",
    "merged-cells",
    "number-as-date",
    "number-as-text",
    "other-date-system",
    "other-workbook-linked",
    "personal-data",
    "sign-as-text",
    "stale-result",
    "total-adjusted-by-hand",
    "total-counts-twice",
    "total-leaves-lines-out",
    "total-mismatch",
    "total-takes-others-in",
    "total-typed-over",
    "two-digit-year",
    "unreadable-workbook",
];

#[test]
fn each_check_needs_a_pack_or_is_run_without() {
    let known: BTreeSet<&str> = registry().map(|check| check.code).collect();
    let needing: BTreeSet<&str> = NEEDING_A_PACK.into_iter().collect();
    assert!(NEEDING_A_PACK.is_sorted());
    assert_eq!(needing.difference(&known).collect::<Vec<_>>(), Vec::<&&str>::new(), "no such checks");
    let run: BTreeSet<&str> = known.difference(&needing).copied().collect();
    assert_eq!(RUN.into_iter().filter(|code| !run.contains(code)).collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn which_checks_run_is_said() {
    let help = inspect_in(&repository(""), &["--help"]).out;
    let (run, needing) = help.split_once("These need a pack").unwrap();
    let words = |text: &str| -> BTreeSet<String> {
        text.split(|sign: char| sign.is_whitespace() || ",.:".contains(sign)).map(str::to_owned).collect()
    };
    let (run, needing) = (words(run), words(needing));
    assert!(RUN.iter().all(|code| run.contains(*code)), "{help}");
    assert!(NEEDING_A_PACK.iter().all(|code| needing.contains(*code) && !run.contains(*code)), "{help}");
}

#[test]
fn the_sample_year_has_the_one_error_that_it_has() {
    assert_eq!(
        findings(&document(&repository("samples/2022-23"))),
        [
            "error total-mismatch funding/SWCSP funding 2022-23.xlsx PCC funding!D15",
            "warning date-as-text monthly/2022-05 May return.xlsx Spend!A4:A10",
        ]
    );
}

/// Of the sixteen faults of the sample seven need a pack to be seen: a blank date, a date of another month, a project that
/// is spelt wrong, a reference there twice, a negative count, a stage not in the list, an order that is too long.
#[test]
fn nine_of_sixteen_planted_faults_are_seen_without_a_pack() {
    let key: Json =
        serde_json::from_str(&std::fs::read_to_string(repository("samples/with-faults.json")).unwrap()).unwrap();
    let found = findings(&document(&repository("samples/with-faults")));
    let is_seen = |fault: &Json| {
        let text = |value: &Json| value.as_str().unwrap_or("-").to_owned();
        let (workbook, sheet) = (text(&fault["workbook"]), text(&fault["sheet"]));
        let cells: Vec<String> = match fault["any_of"].as_array() {
            Some(cells) => cells.iter().map(text).collect(),
            None => vec![text(&fault["cell"])],
        };
        cells.iter().any(|cell| found.iter().any(|found| found.ends_with(&format!(" {workbook} {sheet}!{cell}"))))
    };
    let faults = key.as_array().unwrap();
    let seen: Vec<&str> =
        faults.iter().filter(|fault| is_seen(fault)).map(|fault| fault["kind"].as_str().unwrap()).collect();
    assert_eq!(
        seen,
        [
            "impossible-date",
            "letter-in-amount",
            "amount-as-text",
            "email-in-description",
            "sum-misses-last-row",
            "summary-disagrees-with-spend",
            "spend-to-date-does-not-roll-forward",
            "crime-total-stale",
            "truncated",
        ]
    );
    assert_eq!(faults.len(), 16);
}

/// What is found in a workbook of this text: `severity code sheet!cell`.
fn found(text: &str) -> Vec<String> {
    let folder = Folder::of(&[("a.xlsx", workbook(text))]);
    let found = findings(&document(&folder.path("")));
    found.iter().map(|line| line.replace(" a.xlsx", "")).collect()
}

#[test]
fn a_total_over_its_lines() {
    let lines = "# Spend\nProject | Payee | Amount\nDawn | A | £5.00\nDusk | B | £6.00\n";
    assert_eq!(found(&format!("{lines}Total |  | £12.00")), ["error total-mismatch Spend!C4"]);
    assert_eq!(found(&format!("{lines}Total |  | £11.00")), [""; 0]);
}

#[test]
fn what_a_total_adds_is_not_guessed() {
    // An average, a rate and totals of parts are no sums of the lines above them.
    let rates = "# Rates\nWard | Calls | Rate\nNorth | 2 | 1.5\nSouth | 4 | 2.5\nTotal | =SUM(B2:B3) -> 6 | =AVERAGE(C2:C3) -> 2";
    assert_eq!(found(rates), [""; 0]);
    let parts = "# Budget\nLine | Amount\nRent | £5.00\nTotal premises | £5.00\nPay | £6.00\nGrand total | £11.00";
    assert_eq!(found(parts), [""; 0]);
}

#[test]
fn errors_are_found_in_tables_and_beside_them() {
    let text = "# Spend
        Project | Payee | Amount | Share
        Dawn | A | £5.00 | =C2/C9 -> #DIV/0!
        Dusk | B | £6.00 | =C3/C4 -> 1
        Total |  | =SUM(C2:C3) -> £11.00

        Note | =#REF!+1 -> #REF!";
    let found = found(text);
    assert!(found.contains(&"error error-value Spend!D2".to_owned()), "{found:?}");
    assert!(found.contains(&"error broken-reference Spend!B6".to_owned()), "{found:?}");
}

#[test]
fn a_hidden_sheet_with_amounts_and_an_address() {
    let text = "# Spend\nProject | Note | Amount\nDawn | jo@example.org | £5.00\nDusk | B | £6.00\n\n# Old (hidden)\nRent | £12.00";
    assert_eq!(found(text), ["warning hidden-sheet Old!-", "error personal-data Spend!B2"]);
    // Lists are often hidden, and hold no figures.
    assert_eq!(
        found("# Spend\nProject | Note | Amount\nDawn | A | £5.00\nDusk | B | £6.00\n\n# Lists (hidden)\nDawn\nDusk"),
        [""; 0]
    );
}

/// What only a pack can say is not asked: an empty cell, a word among the amounts, a negative one, figures beside.
#[test]
fn what_only_a_pack_can_say_is_not_said() {
    let text = "# Spend
        Project | Date paid | Amount
        Dawn | 2022-04-15 | £5.00
        Dusk |  | to follow
        Noon | 2031-04-15 | -£7.00
        Moon | 2022-04-16 | £0.005
        Sun | 2022-04-16 | £8.00

        12 | 13";
    assert_eq!(found(text), [""; 0]);
}
