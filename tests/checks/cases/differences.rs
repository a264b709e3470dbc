//! Cases of what workbooks say of each other, and what could explain a difference.

use super::Case;

/// The cases, one for each check.
pub const CASES: &[Case] = &[];
