//! What could explain a difference, and how often that is said where nothing does: cells in, suggestions out.

#![allow(clippy::unwrap_used)]

mod causes;
mod chance;
mod told;

#[path = "../support"]
mod support {
    pub mod one_kind;
    pub mod pack;
    pub mod package;
    pub mod workbook;

    pub use one_kind::pack;
    pub use workbook::workbook;
}

use crosscast::checks::{Context, check_workbook};
use crosscast::model::{Finding, Workbook};
use crosscast::read::read;
use crosscast::reconcile::suggest;
use crosscast::schema::Pack;

/// A pack of one table of names and amounts.
fn lines_pack(amount: &str) -> Pack {
    let name = "  - {name: name, title: Name, type: string}";
    support::pack(&[("lines", "Lines", &format!("fields:\n{name}\n  - {{name: amount, title: Amount, {amount}}}\n"))])
}

fn pounds() -> Pack {
    lines_pack("type: number, crosscast: {unit: GBP}")
}

/// A workbook of amounts, labelled Line a, Line b, …, and their stated total. The headings are in row 1.
fn sums(pack: &Pack, amounts: &[&str], total: &str) -> Workbook {
    let rows: String =
        amounts.iter().zip('a'..).map(|(amount, letter)| format!("Line {letter} | {amount}\n")).collect();
    lines(pack, &format!("{rows}Total | {total}"))
}

/// A workbook with the given rows of names and amounts.
fn lines(pack: &Pack, rows: &str) -> Workbook {
    read("lines.xlsx", &support::workbook(&format!("# Lines\nName | Amount\n{rows}")), pack)
}

/// The finding that the total is not the sum of its lines, with what could explain it by the cells alone.
fn mismatch(pack: &Pack, workbook: &Workbook) -> Option<Finding> {
    let year = &pack.partnership.years[0];
    let context = Context { pack, year, month: None };
    let mut findings = check_workbook(workbook, &context).findings;
    findings.retain(|finding| finding.code == "total-mismatch");
    suggest(&mut findings, &[workbook], pack);
    findings.pop()
}

fn suggestions(finding: &Finding) -> Vec<&str> {
    finding.suggestions.iter().map(|suggestion| suggestion.text.as_str()).collect()
}
