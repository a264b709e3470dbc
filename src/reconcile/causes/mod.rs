//! What could explain a difference between a stated and a computed figure.
//!
//! Each cause is looked for exactly, to the penny, in the cells that the computed figure comes from: what other findings
//! say of them, a line left out, counted or entered twice, a sign turned, a decimal point slipped, two digits swapped, a
//! hidden row, and two of these together where no one explains it. Nothing is offered because a difference can be divided
//! by nine: one random difference in nine can. Nor is a cause offered that a random difference of the same size and
//! roundness would often have ([`chance`]).

mod chance;
mod lines;
mod mistyped;
mod naming;
mod pairs;
mod search;
mod told;

use crate::model::{Comparison, Finding, Suggestion, Workbook};
use crate::schema::Pack;
use lines::Cells;
use search::Search;
use told::Told;

/// The most suggestions that a finding carries.
const MOST: usize = 3;

/// Says of each difference between two figures what could explain it: at most three causes, most likely first.
///
/// Suggestions that a finding brings with it stay before what is found here. A finding that is itself a cause of
/// differences is not searched: it says already why it differs.
pub fn suggest(findings: &mut [Finding], workbooks: &[&Workbook], pack: &Pack) {
    let cells = Cells::new(workbooks, pack);
    let told = Told::new(findings);
    let found: Vec<(usize, Vec<Suggestion>)> = findings
        .iter()
        .enumerate()
        .filter(|(_, finding)| finding.cause.is_none())
        .filter_map(|(index, finding)| {
            Some((index, causes(index, finding, finding.comparison.as_ref()?, &cells, &told)))
        })
        .collect();
    for (index, causes) in found {
        let suggestions = &mut findings[index].suggestions;
        suggestions.extend(causes);
        suggestions.truncate(MOST);
    }
}

/// What could explain one difference.
fn causes(
    index: usize,
    finding: &Finding,
    comparison: &Comparison,
    cells: &Cells<'_>,
    told: &Told<'_>,
) -> Vec<Suggestion> {
    let Some(search) = Search::new(&finding.place, comparison, cells) else { return Vec::new() };
    let told = told.of(index, &search);
    let mut causes = told.exact;
    causes.extend(search.single_causes(&causes));
    if causes.is_empty() {
        causes.extend(told.together);
    }
    if causes.is_empty() {
        causes.extend(search.pairs());
    }
    if causes.is_empty() {
        causes.extend(told.of_unknown_size);
    }
    causes.truncate(MOST);
    causes
}
