//! Cases of what is hidden or out of place.

use super::Case;

/// The cases, one for each check.
pub const CASES: &[Case] = &[];
