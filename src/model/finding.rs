//! What is wrong, where, and what to do about it.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Money, Place};

/// Parts of one in which numbers that are neither amounts nor counts are held: nine decimals.
const PARTS: f64 = 1e9;

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Stands against publication until it is mended or explained.
    Error,
    /// Should be looked at; the figures are right as they were read.
    Warning,
    /// Good to know.
    Info,
}

impl fmt::Display for Severity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        })
    }
}

/// What a finding comes to, heaviest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// An error that stands against publication.
    Standing,
    /// An error that an explanation covers.
    Explained,
    /// A warning.
    Warning,
    /// Good to know.
    Info,
}

/// Stated less computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Difference {
    /// Of amounts.
    Money(Money),
    /// Of counts.
    Count(i64),
}

impl Difference {
    /// Whether two differences have the same size, whatever their sign.
    pub fn same_size(self, other: Self) -> bool {
        match (self, other) {
            (Self::Money(mine), Self::Money(theirs)) => mine.abs() == theirs.abs(),
            (Self::Count(mine), Self::Count(theirs)) => mine.unsigned_abs() == theirs.unsigned_abs(),
            _ => false,
        }
    }

    /// The same the other way about; none where that cannot be held.
    pub fn reversed(self) -> Option<Self> {
        match self {
            Self::Money(money) => Some(Self::Money(Money::from_pence(money.pence().checked_neg()?))),
            Self::Count(count) => Some(Self::Count(count.checked_neg()?)),
        }
    }

    /// For machines: `6000.00`, `-81`.
    pub fn plain(self) -> String {
        match self {
            Self::Money(money) => money.plain(),
            Self::Count(count) => count.to_string(),
        }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Money(money) => money.fmt(formatter),
            Self::Count(count) => write!(
                formatter,
                "{}{}",
                if *count < 0 { "-" } else { "" },
                super::money::grouped(count.unsigned_abs())
            ),
        }
    }
}

/// What could explain a difference, or what was meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    /// A clause that follows "Could be:".
    pub text: String,
    /// The cells it speaks of.
    pub cells: Vec<Place>,
}

/// The two figures of a difference, and what the computed one was computed from: where its cause is looked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    /// The figure that the sheet states, in pence or ones.
    pub stated: i64,
    /// The figure that was computed, in the same unit.
    pub computed: i64,
    /// What they are.
    pub figures: Figures,
    /// The cells that the computed figure is the sum of, as areas.
    pub lines: Vec<Place>,
    /// Whether the stated figure is known to be what was meant, as an approved total is.
    pub is_approved: bool,
}

/// What figures are, and so how they are added and shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Figures {
    /// Amounts, in pence.
    Pence,
    /// Counts, in ones.
    Ones,
    /// Numbers with decimals, in thousand-millionths.
    Parts,
}

impl Figures {
    /// A number with decimals in thousand-millionths; none from a thousand million on, where that is not exact.
    pub fn parts(number: f64) -> Option<i64> {
        // Excel keeps 15 digits: rounding at the ninth decimal takes away what is beyond them, and nothing else.
        (number.abs() < 1e9).then(|| (number * PARTS).round() as i64)
    }

    /// A figure in words, from its smallest units.
    pub fn show(self, figure: i64) -> String {
        match self {
            Self::Pence => Money::from_pence(figure).to_string(),
            Self::Ones => Difference::Count(figure).to_string(),
            Self::Parts => (figure as f64 / PARTS).to_string(),
        }
    }

    /// A difference as findings carry it; numbers with decimals have none that is exact.
    pub fn difference(self, figure: i64) -> Option<Difference> {
        match self {
            Self::Pence => Some(Difference::Money(Money::from_pence(figure))),
            Self::Ones => Some(Difference::Count(figure)),
            Self::Parts => None,
        }
    }
}

/// What a finding says to a difference that it is the cause of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cause {
    /// A clause that follows “Could be:”, and the cells that it names.
    pub suggestion: Suggestion,
    /// By how much a figure that depends on it is off, stated less computed, where that is known.
    pub difference: Option<Difference>,
}

/// The reason that an officer recorded for a difference that stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explained {
    /// The officer's words.
    pub explanation: String,
    /// The role that recorded it.
    pub recorded_by: String,
    /// The role that approved it, always another.
    pub approved_by: String,
    /// The day it was recorded.
    pub date: NaiveDate,
    /// The row of the explanations workbook.
    pub source: Place,
}

/// One thing that is wrong, or good to know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The check's stable code, in kebab-case.
    pub code: String,
    /// How much it weighs.
    pub severity: Severity,
    /// Where it is.
    pub place: Place,
    /// What is wrong, in sentences.
    pub message: String,
    /// What was expected, if it can be said in a few words.
    pub expected: Option<String>,
    /// What is there.
    pub actual: Option<String>,
    /// Stated less computed.
    pub difference: Option<Difference>,
    /// What to do, as one sentence without "Fix:".
    pub fix: String,
    /// What could explain it: at most three, most likely first.
    pub suggestions: Vec<Suggestion>,
    /// The figures that differ, where they are two that can be compared.
    pub comparison: Option<Comparison>,
    /// What it says to a difference that it is the cause of, in its own cell or in one that was computed from it.
    pub cause: Option<Cause>,
    /// Other cells that it concerns: what it was computed from, and what follows from it.
    pub related: Vec<Place>,
    /// Whether an officer's explanation can let it stand.
    pub explainable: bool,
    /// The explanation that covers it.
    pub explained: Option<Explained>,
}

impl Finding {
    /// A finding with no more than a code, a severity, a place and words.
    pub fn new(
        code: &str,
        severity: Severity,
        place: Place,
        message: impl Into<String>,
        fix: impl Into<String>,
    ) -> Self {
        Self {
            code: code.to_owned(),
            severity,
            place,
            message: message.into(),
            expected: None,
            actual: None,
            difference: None,
            fix: fix.into(),
            suggestions: Vec::new(),
            comparison: None,
            cause: None,
            related: Vec::new(),
            explainable: false,
            explained: None,
        }
    }

    /// Whether it stands against publication: an error that no explanation covers.
    pub fn stands(&self) -> bool {
        self.weight() == Weight::Standing
    }

    /// What it comes to: its severity, and for an error whether an explanation covers it.
    pub fn weight(&self) -> Weight {
        match self.severity {
            Severity::Error if self.explained.is_some() => Weight::Explained,
            Severity::Error => Weight::Standing,
            Severity::Warning => Weight::Warning,
            Severity::Info => Weight::Info,
        }
    }
}

/// A check that could not run. It never counts as passed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct NotRun {
    /// The check's code.
    pub check: String,
    /// Why, and over which rows, as a sentence.
    pub why: String,
    /// Whether it stands against publication (checks are required unless the pack says otherwise).
    pub required: bool,
}

/// What a set of checks gives.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outcome {
    /// What is wrong, or good to know.
    pub findings: Vec<Finding>,
    /// The checks that could not run.
    pub not_run: Vec<NotRun>,
}

impl Outcome {
    /// Adds another outcome to this one.
    pub fn extend(&mut self, other: Self) {
        self.findings.extend(other.findings);
        self.not_run.extend(other.not_run);
    }
}
