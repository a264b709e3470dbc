//! Cases of values that look right and are not.

use super::Case;

/// The cases, one for each check.
pub const CASES: &[Case] = &[];
