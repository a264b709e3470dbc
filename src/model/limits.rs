//! How much of a workbook is read: what a month of returns never comes near, and what a damaged or hostile file asks for.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::money::grouped;

/// Something of a workbook that is limited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Limit {
    /// Seconds in which a workbook must have been read.
    Seconds,
    /// Bytes of memory that reading a workbook may take.
    Memory,
    /// Bytes of the file.
    File,
    /// Parts of a package.
    Parts,
    /// Bytes that the parts of a package unpack to.
    Unpacked,
    /// How many times as large as in the package a large part may be when it is unpacked.
    Ratio,
    /// Sheets of a workbook.
    Sheets,
    /// Cells of a sheet.
    Cells,
    /// Characters of the text of a cell.
    Text,
    /// Texts that the cells of a workbook share.
    Strings,
}

impl Limit {
    /// All of them, in the order in which they are listed.
    pub const ALL: [Self; 10] = [
        Self::Seconds,
        Self::Memory,
        Self::File,
        Self::Parts,
        Self::Unpacked,
        Self::Ratio,
        Self::Sheets,
        Self::Cells,
        Self::Text,
        Self::Strings,
    ];

    /// The word by which the option `--limit` calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Seconds => "seconds",
            Self::Memory => "memory",
            Self::File => "file",
            Self::Parts => "parts",
            Self::Unpacked => "unpacked",
            Self::Ratio => "ratio",
            Self::Sheets => "sheets",
            Self::Cells => "cells",
            Self::Text => "text",
            Self::Strings => "strings",
        }
    }

    /// What is limited, in words.
    pub fn about(self) -> &'static str {
        match self {
            Self::Seconds => "seconds in which a workbook must have been read",
            Self::Memory => "memory that reading a workbook may take",
            Self::File => "size of a file",
            Self::Parts => "parts of a package",
            Self::Unpacked => "size that all parts of a package unpack to",
            Self::Ratio => "how many times its packed size a large part may unpack to",
            Self::Sheets => "sheets of a workbook",
            Self::Cells => "cells of a sheet",
            Self::Text => "characters of the text of a cell",
            Self::Strings => "texts that the cells of a workbook share",
        }
    }

    /// What holds unless an option says otherwise: in bytes of what is counted in bytes. A full sheet of 1,048,576 rows by 12
    /// columns is within it, with another text in each cell.
    pub fn usual(self) -> u64 {
        match self {
            Self::Seconds => 120,
            Self::Memory => 4 * GIGABYTE,
            Self::File => 512 * MEGABYTE,
            Self::Parts => 20_000,
            Self::Unpacked => 2 * GIGABYTE,
            Self::Ratio => 500,
            Self::Sheets => 2_000,
            Self::Cells => 15_000_000,
            Self::Text => 100_000,
            Self::Strings => 15_000_000,
        }
    }

    fn is_in_bytes(self) -> bool {
        matches!(self, Self::Memory | Self::File | Self::Unpacked)
    }

    /// A figure of it as it is shown and as the option takes it: `2GB`, `15000000`.
    pub fn written(self, figure: u64) -> String {
        let whole = |unit: u64| figure > 0 && figure.is_multiple_of(unit);
        match () {
            () if !self.is_in_bytes() => figure.to_string(),
            () if whole(GIGABYTE) => format!("{}GB", figure / GIGABYTE),
            () if whole(MEGABYTE) => format!("{}MB", figure / MEGABYTE),
            () if whole(KILOBYTE) => format!("{}KB", figure / KILOBYTE),
            () => figure.to_string(),
        }
    }

    /// A figure of it as a sentence says it: `2 GB`, `15,000,000`.
    pub fn said(self, figure: u64) -> String {
        let written = self.written(figure);
        let digits = written.trim_end_matches(|sign: char| !sign.is_ascii_digit());
        let number = digits.parse().map_or_else(|_| digits.to_owned(), grouped);
        match &written[digits.len()..] {
            "" if self.is_in_bytes() => format!("{number} bytes"),
            "" => number,
            unit => format!("{number} {unit}"),
        }
    }
}

const KILOBYTE: u64 = 1 << 10;
const MEGABYTE: u64 = 1 << 20;
const GIGABYTE: u64 = 1 << 30;

/// How much of a workbook is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits([u64; Limit::ALL.len()]);

impl Default for Limits {
    fn default() -> Self {
        Self(Limit::ALL.map(Limit::usual))
    }
}

impl Limits {
    /// The most that is allowed, in the limit's own unit.
    pub fn most(&self, limit: Limit) -> u64 {
        self.0[limit as usize]
    }

    /// The same limits with some of them set.
    #[must_use]
    pub fn with(mut self, settings: &[LimitSetting]) -> Self {
        for setting in settings {
            self.0[setting.limit as usize] = setting.most;
        }
        self
    }

    /// Whether a figure is within a limit.
    ///
    /// # Errors
    /// [`BeyondLimit`], with what was too much in words ("the sheet Spend has"), when it is not.
    pub fn hold(&self, limit: Limit, figure: u64, what: impl FnOnce() -> String) -> Result<(), BeyondLimit> {
        let most = self.most(limit);
        if figure > most { Err(BeyondLimit { limit, most, what: what() }) } else { Ok(()) }
    }
}

/// That a workbook asks for more than is allowed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BeyondLimit {
    /// The limit.
    pub limit: Limit,
    /// The most that is allowed, in the limit's own unit.
    pub most: u64,
    /// What is more than that, as a sentence without its end: `the sheet Spend has more than 15,000,000 cells`.
    pub what: String,
}

impl BeyondLimit {
    /// The option that allows twice as much.
    pub fn option(&self) -> String {
        let more = self.most.saturating_mul(2).max(1);
        format!("--limit {}={}", self.limit.name(), self.limit.written(more))
    }
}

/// A limit and what it is set to, as the option `--limit` takes it: `cells=30000000`, `memory=8GB`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LimitSetting {
    /// The limit.
    pub limit: Limit,
    /// The most that is allowed, in the limit's own unit.
    pub most: u64,
}

/// A text that sets no limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotALimit(String);

impl fmt::Display for NotALimit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for NotALimit {}

impl FromStr for LimitSetting {
    type Err = NotALimit;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let names = || Limit::ALL.map(Limit::name).join(", ");
        let (name, figure) = text.split_once('=').ok_or_else(|| {
            NotALimit(format!("write a limit and what it is set to, as in cells=30000000: {}", names()))
        })?;
        let limit = Limit::ALL
            .into_iter()
            .find(|limit| limit.name() == name.trim())
            .ok_or_else(|| NotALimit(format!("{} is no limit; there are {}", name.trim(), names())))?;
        let most = figure_of(figure, limit.is_in_bytes()).filter(|most| *most > 0);
        let example = limit.written(limit.usual());
        let most = most.ok_or_else(|| {
            NotALimit(format!(
                "{} is not a whole number above 0 of {name}; write it as in {name}={example}",
                figure.trim()
            ))
        })?;
        Ok(Self { limit, most })
    }
}

/// A whole number, with KB, MB or GB behind it (of 1,024 each) where bytes are meant.
fn figure_of(text: &str, in_bytes: bool) -> Option<u64> {
    let text = text.trim().to_uppercase();
    let digits = text.trim_end_matches(|sign: char| !sign.is_ascii_digit());
    let unit = match text[digits.len()..].trim() {
        "" => 1,
        "KB" if in_bytes => KILOBYTE,
        "MB" if in_bytes => MEGABYTE,
        "GB" if in_bytes => GIGABYTE,
        _ => return None,
    };
    digits.parse::<u64>().ok()?.checked_mul(unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings() {
        for (text, expected) in [
            ("cells=10000000", Ok((Limit::Cells, 10_000_000))),
            ("memory=2GB", Ok((Limit::Memory, 2_147_483_648))),
            ("file = 3 mb", Ok((Limit::File, 3_145_728))),
            ("cells=2GB", Err("2GB is not a whole number above 0 of cells; write it as in cells=15000000")),
            ("memory=0", Err("0 is not a whole number above 0 of memory; write it as in memory=4GB")),
            (
                "cell=1",
                Err(
                    "cell is no limit; there are seconds, memory, file, parts, unpacked, ratio, sheets, cells, text, strings",
                ),
            ),
        ] {
            let found = text.parse::<LimitSetting>();
            let found = found.map(|setting| (setting.limit, setting.most)).map_err(|error| error.to_string());
            assert_eq!(found, expected.map_err(str::to_owned), "{text}");
        }
    }

    #[test]
    fn a_limit_that_is_reached_is_not_passed() {
        let limits = Limits::default().with(&["sheets=3".parse().unwrap()]);
        assert_eq!(limits.hold(Limit::Sheets, 3, String::new), Ok(()));
        let beyond = limits.hold(Limit::Sheets, 4, || "the workbook has 4 sheets".to_owned()).unwrap_err();
        assert_eq!(beyond.option(), "--limit sheets=6");
        assert_eq!(Limits::default().most(Limit::Sheets), 2_000);
    }

    #[test]
    fn a_full_sheet_of_twelve_columns_is_within_them() {
        let limits = Limits::default();
        let cells = 1_048_576 * 12;
        for limit in [Limit::Cells, Limit::Strings] {
            assert_eq!(limits.hold(limit, cells, String::new), Ok(()), "{limit:?}");
            assert!(limits.hold(limit, 15_000_001, String::new).is_err(), "{limit:?}");
        }
        // A row of the sheet takes 440 bytes of it, and one of the list of texts 700 where each cell has another.
        assert_eq!(limits.hold(Limit::Unpacked, 1_048_576 * (440 + 700), String::new), Ok(()));
    }

    #[test]
    fn figures_in_words() {
        assert_eq!(Limit::Unpacked.said(2 << 30), "2 GB");
        assert_eq!(Limit::Unpacked.said(1_500), "1,500 bytes");
        assert_eq!(Limit::Cells.said(5_000_000), "5,000,000");
        assert_eq!(Limit::Memory.written(512 << 20), "512MB");
    }
}
