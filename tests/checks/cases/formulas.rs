//! Cases of formulas: totals, columns of formulas, what they refer to, and their stored results.

use super::Case;

/// The cases, one for each check.
pub const CASES: &[Case] = &[];
