//! Figures that look much like another one.

/// How a figure can have been typed instead of the one that was meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slip {
    /// Ten or a hundred times as much, or a tenth or hundredth.
    DecimalPoint,
    /// Two digits next to each other changed places.
    SwappedDigits,
}

impl Slip {
    /// How it is said, after “typed with”.
    pub fn words(self) -> &'static str {
        match self {
            Self::DecimalPoint => "its decimal point out of place",
            Self::SwappedDigits => "two digits swapped",
        }
    }

    /// Whether one figure could have been typed for the other.
    pub fn leads_to(self, typed: i64, meant: i64) -> bool {
        meant != 0 && self.all_meant(typed).contains(&meant)
    }

    /// Every figure that could have been meant by the one that was typed.
    pub fn all_meant(self, typed: i64) -> Vec<i64> {
        match self {
            Self::DecimalPoint => {
                let times = [10, 100].into_iter().filter_map(|times| typed.checked_mul(times));
                let parts = [10, 100].into_iter().filter(|part| typed % part == 0).map(|part| typed / part);
                times.chain(parts).filter(|meant| *meant != typed).collect()
            }
            Self::SwappedDigits => swapped(typed),
        }
    }
}

/// The figures that a figure becomes when two neighbouring digits change places, and its first is no nought then.
fn swapped(figure: i64) -> Vec<i64> {
    let mut all = Vec::new();
    let size = i128::from(figure).abs();
    let mut unit: i128 = 1;
    while size / unit >= 10 {
        let (high, low) = (size / (unit * 10) % 10, size / unit % 10);
        let is_first = size / (unit * 100) == 0;
        if high != low && !(is_first && low == 0) {
            let meant = size + (low - high) * unit * 9;
            all.extend(i64::try_from(meant * i128::from(figure.signum())));
        }
        unit *= 10;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_that_changed_places() {
        let rows: [(i64, &[i64]); 6] = [
            (20_510, &[20_501, 20_150, 25_010]),
            (-12, &[-21]),
            (11, &[]),
            (7, &[]),
            // Nobody types 012 for 102.
            (102, &[120]),
            (0, &[]),
        ];
        for (figure, expected) in rows {
            assert_eq!(swapped(figure), expected, "{figure}");
        }
        // Of the least number the first two digits cannot change places without leaving what can be held.
        assert!(swapped(i64::MIN).iter().all(|meant| *meant < 0));
    }

    #[test]
    fn decimal_points() {
        assert_eq!(Slip::DecimalPoint.all_meant(12_050), [120_500, 1_205_000, 1205]);
        assert_eq!(Slip::DecimalPoint.all_meant(0), [0; 0]);
        assert!(Slip::DecimalPoint.leads_to(500, 5000) && !Slip::DecimalPoint.leads_to(500, 4500));
    }
}
