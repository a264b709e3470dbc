//! How often a cause would be found by chance.
//!
//! A column of round amounts explains many round differences that have nothing to do with it. So the causes that could
//! be found are counted against the differences that there could be: those of about the same size, and as round.

use std::collections::BTreeSet;

/// The differences that could be taken for this one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Likes {
    difference: i64,
    /// The greatest of 1, 5, 10, 50, 100, … that divides the difference, at most a tenth of it.
    step: i64,
}

impl Likes {
    /// Those like a difference, which is not zero.
    pub fn of(difference: i64) -> Self {
        let powers = (0..18).map(|power| 10i64.pow(power)).flat_map(|power| [power, power.saturating_mul(5)]);
        let steps = powers.filter(|step| difference % step == 0 && difference / 10 / step != 0);
        Self { difference, step: steps.max().unwrap_or(1) }
    }

    /// Whether a figure is like the difference: of its sign, at least as round, and from half of it to twice of it.
    pub fn contains(self, figure: i64) -> bool {
        let (figure, difference) = (i128::from(figure), i128::from(self.difference));
        let is_of_size = |figure: i128, difference: i128| figure * 2 >= difference && figure <= difference * 2;
        figure % i128::from(self.step) == 0
            && figure.signum() == difference.signum()
            && is_of_size(figure.abs(), difference.abs())
    }

    /// How many of the causes a random difference like this one would be expected to meet: 1 when each has one.
    pub fn expected_hits(self, explained: impl Iterator<Item = i64>) -> f64 {
        let distinct: BTreeSet<i64> = explained.filter(|figure| self.contains(*figure)).collect();
        let all = self.difference.unsigned_abs() as f64 * 1.5 / self.step as f64 + 1.0;
        distinct.len() as f64 / all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_of_the_same_size_and_roundness() {
        // £6,000.00: a tenth of it is £600.00, so it is as round as £500.00.
        let likes = Likes::of(600_000);
        for (pence, expected) in
            [(600_000, true), (300_000, true), (1_200_000, true), (250_000, false), (610_000, false), (-600_000, false)]
        {
            assert_eq!(likes.contains(pence), expected, "{pence}");
        }
        // 19 amounts from £3,000.00 to £12,000.00 are whole £500.00, and the lines have two of them.
        let hits = likes.expected_hits([600_000, 500_000, 500_000, 520_000, 388_925].into_iter());
        assert!((hits - 2.0 / 19.0).abs() < 1e-9, "{hits}");
    }

    #[test]
    fn a_penny_tells_nothing() {
        assert!(Likes::of(1).expected_hits([1].into_iter()) > 0.34);
        assert!(Likes::of(i64::MIN).contains(i64::MIN));
    }
}
