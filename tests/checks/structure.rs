//! Files, sheets, tables and headings.

use crosscast::checks::{Context, check_workbook};
use crosscast::read::read;

use super::support::pack::partnership;
use super::support::{pack, pack_of, workbook};
use super::{HEADINGS, SPEND, judged, lines, messages, not_run, spend_pack, suggestions};

#[test]
fn sheets_and_headings() {
    let pack = spend_pack();
    let judge = |text: &str| judged(&pack, "2022-04 April.xlsx", text);
    let row = "2022-04-15 | INV-0001 | Hate Crime | Final | 1 | £5.00 | Yes | 2022-04";

    let sheet = judge(&format!("# Spnd\n{HEADINGS}\n{row}"));
    assert_eq!(lines(&sheet), ["error missing-sheet"]);
    assert_eq!(messages(&sheet), ["There is no sheet named “Spend”."]);
    assert_eq!(suggestions(&sheet.findings[0]), ["the sheet “Spnd”, under a name that has a slip in it"]);
    assert!(not_run(&sheet).contains(&"total-mismatch: Payments was not read (2022-04 April.xlsx).".to_owned()));
    assert!(not_run(&sheet).contains(&"required-value: Payments was not read (2022-04 April.xlsx).".to_owned()));

    let table = judge("# Spend\nNothing here\n");
    assert_eq!(lines(&table), ["error missing-table Spend"]);
    assert!(!table.not_run.is_empty() && table.not_run.iter().all(|not_run| not_run.required));

    let heading = judge(&format!("# Spend\n{}\n{row}", HEADINGS.replace("Amount", "Amuont")));
    assert_eq!(lines(&heading), ["error missing-heading Spend!F1"]);
    assert_eq!(messages(&heading), ["Add a column headed Amount; the unknown heading “Amuont” in F1 could be it."]);
    assert_eq!(
        not_run(&heading),
        ["not-an-amount", "too-small", "total-mismatch"]
            .map(|code| format!("{code}: Spend has no amount to judge (2022-04 April.xlsx)."))
    );

    let unknown = judge(&format!("# Spend\n{HEADINGS} | Checked\n{row} | yes"));
    assert_eq!(lines(&unknown), ["info unknown-heading Spend!I1"]);
    let optional = judge(&format!("# Spend\n{HEADINGS} | Share\n{row} | 12%"));
    assert_eq!(lines(&optional), [""; 0]);

    let repeated = judge(&format!("# Spend\n{HEADINGS} | amount\n{row} | £5.00"));
    assert_eq!(lines(&repeated), ["error repeated-heading Spend!I1"]);
    assert_eq!(messages(&repeated), ["The heading “amount” repeats “Amount” in F1, so this column was not read."]);
}

#[test]
fn blank_headings_and_rows_below_the_total() {
    let pack = spend_pack();
    let judge = |text: &str| judged(&pack, "2022-04 April.xlsx", text);
    let row = "2022-04-15 | INV-0001 | Hate Crime | Final | 1 | £5.00 | Yes | 2022-04";
    let total = "|| Total ||| £5.00";

    let headings = HEADINGS.replace("| Month booked", "| | Month booked");
    let blank = judge(&format!("# Spend\n{headings}\n{}", row.replace("| 2022-04", "| remark | 2022-04")));
    assert_eq!(lines(&blank), ["warning blank-heading Spend!H1"]);
    let two = HEADINGS.replace("| Month booked", "| | | Month booked");
    let two = judge(&format!("# Spend\n{two}\n{}", row.replace("| 2022-04", "| remark | more | 2022-04")));
    assert_eq!(lines(&two), ["warning blank-heading Spend!H1:I1"]);
    let spacer = judge(&format!("# Spend\n{headings}\n{}", row.replace("| 2022-04", "| | 2022-04")));
    assert_eq!(lines(&spacer), [""; 0]);

    let after = judge(&format!("# Spend\n{HEADINGS}\n{row}\n{total}\n{}", row.replace("0001", "0002")));
    assert_eq!(lines(&after), ["error row-after-total Spend!A4:H4"]);
    let note = judge(&format!("# Spend\n{HEADINGS}\n{row}\n{total}\n\nJournals are paid in June."));
    assert_eq!(lines(&note), [""; 0]);
}

#[test]
fn a_form_is_asked_for_labels() {
    let form = "
fields:
  - {name: partnership, title: Partnership, type: string, constraints: {required: true}}
  - {name: status, title: Status, type: string, constraints: {required: true, enum: [Draft, Final]}}
  - {name: prepared_by, title: Prepared by, type: string, constraints: {required: true}}
crosscast: {title: Return, layout: form}
";
    let pack = pack(&[("return", "Return", form)]);
    let judge = |text: &str| judged(&pack, "2022-04 April.xlsx", text);
    let missing = judge("# Return\nPartnership | South\nPrepared by | Officer");
    assert_eq!(lines(&missing), ["error missing-heading Return"]);
    assert_eq!(messages(&missing), ["Add the label “Status” with its value beside it; the sheet has none."]);
    let empty = judge("# Return\nPartnership | South\nStatus | Final\nPrepared by |");
    assert_eq!(lines(&empty), ["error required-value Return!B3"]);
    assert_eq!(empty.findings[0].fix, "Fill in B3.");
    let twice = judge("# Return\nPartnership | South\nStatus: | Final\nPrepared by | Officer\nstatus : | Draft");
    assert_eq!(lines(&twice), ["error repeated-heading Return!A4"]);
    assert_eq!(messages(&twice), ["The label “status :” repeats “Status:” in A2, so its value was not read."]);
    assert_eq!(
        twice.findings[0].fix,
        "Rename or delete the label that is not meant. If the form has it in two parts, add section: to the field in the \
         pack, with the text that stands above the label that is meant."
    );
    assert_eq!(twice.findings[0].related[0].in_workbook(), "Return!A2");
    let whole = judge("# Return\nPartnership | South\nStatus | Final\nPrepared by | Officer");
    assert_eq!(lines(&whole), [""; 0]);
}

#[test]
fn files_that_cannot_be_read_or_are_not_known() {
    let kinds = "  - name: return
    title: monthly return
    files: '(?P<month>\\d{4}-\\d{2}) .*return'
    frequency: monthly
    tables:
      - {table: spend, sheet: Spend}
";
    let pack = pack_of(&[("tables/spend.yaml", SPEND), ("partnership.yaml", &partnership(kinds))]);
    let year = &pack.partnership.years[0];
    let context = Context { pack: &pack, year, month: None };
    let judge = |path: &str, bytes: &[u8]| check_workbook(&read(path, bytes, &pack), &context);

    let page = judge("2022-04 return.xlsx", b"<!DOCTYPE html><html><body>Sign in</body></html>");
    assert_eq!(lines(&page), ["error unreadable-workbook"]);
    assert_eq!(messages(&page), ["This file is a web page saved with an Excel name."]);
    assert_eq!(page.findings[0].fix, "Open it in Excel and save it as .xlsx.");
    assert!(!page.findings[0].explainable);
    assert!(not_run(&page).contains(&"total-mismatch: Payments was not read (2022-04 return.xlsx).".to_owned()));
    assert_eq!(messages(&judge("2022-04 return.xlsx", b"")), ["This file is empty."]);

    let other = workbook("# Sheet1\nNothing");
    let slip = judge("Apr retrun.xlsx", &other);
    assert_eq!(lines(&slip), ["warning unknown-workbook"]);
    assert_eq!(suggestions(&slip.findings[0]), ["“monthly return”, under a name that has a slip in it"]);
    let by_sheet = judge("Book1.xlsx", &workbook("# Spend\nNothing"));
    assert_eq!(suggestions(&by_sheet.findings[0]), ["“monthly return”, under a name that has a slip in it"]);
    // A word of what officers call the kind tells nothing.
    for name in ["Holiday rota.xlsx", "Monthly rota.xlsx"] {
        let stranger = judge(name, &other);
        assert_eq!(lines(&stranger), ["warning unknown-workbook"], "{name}");
        assert_eq!(suggestions(&stranger.findings[0]), [""; 0], "{name}");
        assert_eq!(stranger.not_run, [], "{name}");
    }
}
