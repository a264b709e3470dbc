//! The lines that are said of what changed. Texts of workbooks stand in them as they are: whoever prints them makes every
//! character visible.

use super::{Change, Effects, Tally, What};
use crate::model::{Finding, Report};

/// At most so many new findings are named.
const MOST_NAMED: usize = 3;

/// A line for each workbook of which something is other: `2022-04 April return.xlsx came in: +2 errors, +1 warning`; and one
/// for what came and went elsewhere.
pub fn change_lines(effects: &Effects<'_>) -> Vec<String> {
    let mut lines: Vec<String> = effects.changes.iter().map(|(change, tally)| change_line(change, tally)).collect();
    if !effects.elsewhere.is_nothing() {
        lines.push(format!("elsewhere: {}", effects.elsewhere));
    }
    lines
}

fn change_line(change: &Change, tally: &Tally) -> String {
    let what = match change.what {
        What::CameIn => "came in".to_owned(),
        What::Changed => "changed".to_owned(),
        What::Removed => "removed".to_owned(),
        What::Opened(program) => format!("was opened in {program}"),
        What::Closed => "was closed".to_owned(),
    };
    let did = match change.what {
        _ if !tally.is_nothing() => tally.to_string(),
        What::CameIn => "no findings in it".to_owned(),
        _ => "no other findings in it than before".to_owned(),
    };
    // A file that is gone has no findings in it.
    if change.what == What::Removed && tally.is_nothing() {
        return format!("{} {what}", change.path);
    }
    format!("{} {what}: {did}", change.path)
}

/// A line for each of the first new findings, and one that counts the others and says on which page they are.
pub fn new_lines(new: &[&Finding], page: &str) -> Vec<String> {
    let mut lines: Vec<String> = new.iter().take(MOST_NAMED).map(|finding| finding_line(finding)).collect();
    let more = new.len().saturating_sub(MOST_NAMED);
    if more > 0 {
        lines.push(format!("and {more} more: {page}"));
    }
    lines
}

fn finding_line(finding: &Finding) -> String {
    let workbook = finding.place.workbook.as_deref().unwrap_or("the inbox");
    let place = [workbook.to_owned(), finding.place.in_workbook()];
    let place: Vec<String> = place.into_iter().filter(|part| !part.is_empty()).collect();
    format!("{}  {}  {}", finding.severity, place.join("  "), finding.message)
}

/// Whether the appendix may be published, and where it is. `standing` says what stands against it, where something does, in a
/// sentence that other outputs have too.
pub fn verdict_line(report: &Report, standing: &str, is_draft: bool, appendix: &str) -> String {
    match (report.is_clear(), is_draft) {
        (true, false) => {
            format!("Nothing stands against publication. The committee's appendix is final: {appendix}")
        }
        (true, true) => format!("DRAFT: the year is not complete. Nothing else stands against publication: {appendix}"),
        (false, _) => format!("DRAFT: {}: {appendix}", standing.trim_end_matches('.')),
    }
}

#[cfg(test)]
mod tests {
    use super::super::changes::tests::judged;
    use super::super::effects::tests::finding;
    use super::*;
    use crate::model::{Place, Severity};

    #[test]
    fn what_changed_in_words() {
        let error = |workbook: &str, row| finding(Severity::Error, workbook, row, "The total is wrong.");
        let before = judged(
            &[("a.xlsx", "1"), ("b.xlsx", "1"), ("c.xlsx", "1"), ("d.xlsx", "1"), ("e.xlsx", "1")],
            vec![error("a.xlsx", 1), error("a.xlsx", 2), error("c.xlsx", 1), error("e.xlsx", 1)],
        );
        let after = judged(
            &[("a.xlsx", "2"), ("b.xlsx", "2"), ("e.xlsx", "1"), ("f.xlsx", "1"), ("g.xlsx", "1")],
            vec![error("f.xlsx", 1), error("f.xlsx", 2), finding(Severity::Warning, "f.xlsx", 3, "Odd.")],
        );
        assert_eq!(
            change_lines(&Effects::between(&before, &after)),
            [
                "a.xlsx changed: -2 errors",
                "b.xlsx changed: no other findings in it than before",
                "c.xlsx removed: -1 error",
                "d.xlsx removed",
                "f.xlsx came in: +2 errors, +1 warning",
                "g.xlsx came in: no findings in it",
                "elsewhere: -1 error"
            ]
        );
        assert!(change_lines(&Effects::between(&after, &after)).is_empty());
    }

    #[test]
    fn three_new_findings_are_named_and_the_others_counted() {
        let many: Vec<Finding> = (1..=5).map(|row| finding(Severity::Error, "a.xlsx", row, "Wrong.")).collect();
        let named = |number: usize| new_lines(&many.iter().take(number).collect::<Vec<_>>(), "output/findings.html");
        assert_eq!(named(0), Vec::<String>::new());
        assert_eq!(named(1), ["error  a.xlsx  Spend!F1  Wrong."]);
        assert_eq!(named(3).len(), 3);
        assert_eq!(named(5)[3], "and 2 more: output/findings.html");
        let of_inbox = Finding::new("workbook-missing", Severity::Warning, Place::inbox(), "None.", "Put it in.");
        assert_eq!(new_lines(&[&of_inbox], ""), ["warning  the inbox  None."]);
    }
}
