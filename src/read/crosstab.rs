//! Crosstabs: values of one kind in a grid, of which each cell becomes a record.

use super::place::Region;
use crate::model::{Table, WhyAbsent};
use crate::schema::TableSchema;

/// Takes a crosstab out of a region.
///
/// # Errors
/// Why it was not found.
pub(super) fn table(_region: &Region<'_>, _schema: &TableSchema) -> Result<Table, WhyAbsent> {
    Err(WhyAbsent::NoHeadings(Vec::new()))
}
