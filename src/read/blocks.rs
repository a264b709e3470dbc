//! Blocks: the same small table again and again, each below a line of its own.

use super::place::Region;
use crate::model::{Table, WhyAbsent};
use crate::schema::TableSchema;

/// Takes the table out of each block of a region.
///
/// # Errors
/// Why no block was found.
pub(super) fn tables(_region: &Region<'_>, _schema: &TableSchema) -> Result<Vec<Table>, WhyAbsent> {
    Err(WhyAbsent::NoHeadings(Vec::new()))
}
