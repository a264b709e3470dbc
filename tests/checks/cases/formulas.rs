//! Cases of formulas: totals, columns of formulas, what they refer to, and their stored results.

use super::Case;
use super::Given::Lines;

/// The cases, one for each check.
pub const CASES: &[Case] = &[Case {
    code: "stale-result",
    fires: Lines("Rent|£80.00\nHeat|=B2/10 -> £9.00"),
    found: &["error stale-result Lines!B3"],
    near_miss: Lines("Rent|£80.00\nHeat|=B2/10 -> £8.00"),
}];
