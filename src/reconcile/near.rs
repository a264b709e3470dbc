//! Which places a figure depends on.

use crate::model::{Finding, Place};

/// Whether what is said of a place can be why the figure of a finding is off: the place has cells in common with the
/// finding's own, with those that the figure was computed from, or with what stands below the total of a column.
pub(super) fn concerns(place: &Place, finding: &Finding) -> bool {
    place.overlaps(&finding.place)
        || sources(finding).any(|source| source.overlaps(place))
        || is_below_total(place, finding)
}

/// The cells that a finding's figure was computed from.
pub(super) fn sources(finding: &Finding) -> impl Iterator<Item = &Place> {
    finding.related.iter().chain(finding.comparison.iter().flat_map(|comparison| &comparison.lines))
}

/// Whether a place lies below the figure of a finding that is the total of the column above it.
fn is_below_total(place: &Place, finding: &Finding) -> bool {
    let Some([lines]) = finding.comparison.as_ref().map(|comparison| comparison.lines.as_slice()) else { return false };
    let (Some(lines), Some(total), Some(area)) = (lines.area, finding.place.area, place.area) else { return false };
    let is_total = lines.first.column == total.first.column
        && lines.last.column == total.first.column
        && lines.last.row < total.first.row;
    let is_in_column = (area.first.column..=area.last.column).contains(&total.first.column);
    let is_on_sheet = place.workbook == finding.place.workbook && place.sheet == finding.place.sheet;
    is_total && is_in_column && is_on_sheet && area.first.row > total.last.row
}
