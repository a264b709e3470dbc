//! The findings in the order in which officers deal with them.

use crate::model::{Finding, Report, Weight};

/// The findings of a report by what has to be done about them, each group in the report's order.
#[derive(Debug, Default)]
pub struct Groups<'a> {
    /// Errors that stand against publication.
    pub standing: Vec<Numbered<'a>>,
    /// Errors that an explanation covers.
    pub explained: Vec<Numbered<'a>>,
    /// Warnings.
    pub warnings: Vec<Numbered<'a>>,
    /// Good to know.
    pub infos: Vec<Numbered<'a>>,
}

/// A finding and its number in the report, from 1.
#[derive(Debug, Clone, Copy)]
pub struct Numbered<'a> {
    /// The place among the report's findings, from 1.
    pub number: usize,
    /// The finding.
    pub finding: &'a Finding,
}

impl<'a> Groups<'a> {
    /// Groups the findings of a report.
    pub fn of(report: &'a Report) -> Self {
        let mut groups = Self::default();
        for numbered in numbered(report) {
            let group = match numbered.finding.weight() {
                Weight::Standing => &mut groups.standing,
                Weight::Explained => &mut groups.explained,
                Weight::Warning => &mut groups.warnings,
                Weight::Info => &mut groups.infos,
            };
            group.push(numbered);
        }
        groups
    }
}

/// The findings of a report with their numbers.
pub fn numbered(report: &Report) -> impl Iterator<Item = Numbered<'_>> + Clone {
    report.findings.iter().enumerate().map(|(index, finding)| Numbered { number: index + 1, finding })
}
