//! Findings of a sheet by the rows that they take up.

use std::collections::BTreeMap;

use crate::model::Area;

/// Finds what takes up given rows without looking at all that a sheet has.
#[derive(Debug, Default)]
pub(super) struct ByRows {
    /// By the number of rows that they take up at most (a power of two), and by the first row.
    by_height: BTreeMap<u32, BTreeMap<u32, Vec<usize>>>,
}

impl ByRows {
    /// Adds what takes up the rows of an area, by its number.
    pub fn insert(&mut self, area: Area, number: usize) {
        let height = (area.last.row.saturating_sub(area.first.row) + 1).next_power_of_two();
        self.by_height.entry(height).or_default().entry(area.first.row).or_default().push(number);
    }

    /// The numbers of all that take up one of the rows from the first to the last, zero-based, and of some that lie near
    /// them; in no order.
    pub fn near(&self, first: u32, last: u32) -> impl Iterator<Item = usize> {
        self.by_height.iter().flat_map(move |(height, by_first_row)| {
            let from = first.saturating_sub(height - 1).min(last);
            by_first_row.range(from..=last).flat_map(|(_, numbers)| numbers).copied()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_take_up_rows_and_not_the_rest() {
        let areas = ["A1", "A4:A6", "B6", "A2:A900", "C7:C8", "D9", "A1000"];
        let mut by_rows = ByRows::default();
        for (number, area) in areas.into_iter().enumerate() {
            let (first, last) = area.split_once(':').unwrap_or((area, area));
            by_rows.insert(Area::new(first.parse().unwrap(), last.parse().unwrap()), number);
        }
        let near = |first: u32, last: u32| {
            let mut found: Vec<&str> = by_rows.near(first - 1, last - 1).map(|number| areas[number]).collect();
            found.sort_unstable();
            found
        };
        assert_eq!(near(6, 6), ["A2:A900", "A4:A6", "B6"]);
        assert_eq!(near(8, 9), ["A2:A900", "C7:C8", "D9"]);
        assert_eq!(near(1, 1), ["A1"]);
        assert_eq!(near(1, 1_048_576).len(), areas.len());
        assert_eq!(near(1_100, 1_048_576), [] as [&str; 0]);
    }
}
