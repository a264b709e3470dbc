//! Rounding as Excel does it: on the decimal digits that it shows, fifteen of them.

/// Which way what is cut off goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// To the nearer; a half goes away from zero.
    Nearest,
    /// Away from zero.
    Up,
    /// Towards zero.
    Down,
}

/// A number rounded to so many decimals; below zero to tens, hundreds and so on. `1.005` to two is `1.01`, although the
/// number behind it is a little less.
pub(super) fn rounded(number: f64, decimals: i32, way: Way) -> f64 {
    let text = format!("{:.14e}", number.abs());
    let parts = text.split_once('e').and_then(|(digits, exponent)| {
        Some((digits.replace('.', "").parse::<i128>().ok()?, exponent.parse::<i32>().ok()?))
    });
    let Some((digits, exponent)) = parts else { return number };
    // number = digits * 10^(exponent - 14); what is wanted is a whole number of 10^-decimals.
    let cut = 14 - exponent - decimals.clamp(-400, 400);
    if cut <= 0 {
        return number;
    }
    let unit = 10i128.pow(cut.unsigned_abs().min(30));
    let (mut whole, rest) = (digits / unit, digits % unit);
    let goes_up = match way {
        Way::Nearest => rest * 2 >= unit,
        Way::Up => rest > 0,
        Way::Down => false,
    };
    whole += i128::from(goes_up);
    // Read from decimal digits, so that the result is the number which is nearest to them.
    let result: f64 = format!("{whole}e{}", -decimals.clamp(-400, 400)).parse().unwrap_or(number);
    if number < 0.0 { -result } else { result }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn on_decimal_digits() {
        for (number, decimals, way, expected) in [
            (1.005, 2, Way::Nearest, 1.01),
            (2.5, 0, Way::Nearest, 3.0),
            (-2.5, 0, Way::Nearest, -3.0),
            (2.4999, 0, Way::Nearest, 2.0),
            (1234.567, -2, Way::Nearest, 1200.0),
            (50.0, -2, Way::Nearest, 100.0),
            (49.0, -2, Way::Nearest, 0.0),
            (0.1 + 0.2, 1, Way::Up, 0.3),
            (3.2, 0, Way::Up, 4.0),
            (-3.2, 0, Way::Up, -4.0),
            (3.9, 0, Way::Down, 3.0),
            (-3.9, 0, Way::Down, -3.0),
            (31.41592654, -1, Way::Up, 40.0),
            (0.0, 2, Way::Up, 0.0),
            (1e20, 2, Way::Nearest, 1e20),
            (1e-20, 2, Way::Up, 0.01),
            (5.0, -500, Way::Nearest, 0.0),
        ] {
            assert_eq!(rounded(number, decimals, way), expected, "{number} {decimals} {way:?}");
        }
    }
}
