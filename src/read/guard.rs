//! What the bytes are, before anything is opened.

use serde::{Deserialize, Serialize};

use super::{ole, other_kinds, package};
use crate::model::{Limit, Limits, UnreadableWorkbook};

/// A workbook by the way it is packed; the file's name does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Container {
    /// `.xlsx` or `.xlsm`.
    Xlsx,
    /// `.xlsb`.
    Xlsb,
    /// `.xls`.
    Xls,
    /// `.ods`.
    Ods,
}

/// A package that unpacks to no more than this is read inside. It is many times what a return takes, and so little that
/// nothing made of it takes long, even what takes a step for each two things in it. `tests/measured.rs` has the figures.
const MOST_INSIDE: u64 = 1 << 20;

/// A workbook that may be opened, within limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guarded {
    pub(super) container: Container,
    pub(super) limits: Limits,
    /// How many bytes its parts unpack to; those of the file, where it has no parts.
    pub(super) unpacked: u64,
}

impl Guarded {
    /// Whether it can be opened in this process without danger: a small `.xlsx` or `.xlsm`, every part of which has been
    /// looked at. The readers of other formats take sizes on trust.
    pub fn is_read_inside(&self) -> bool {
        self.container == Container::Xlsx && self.unpacked <= MOST_INSIDE
    }

    /// What reading it is limited to.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }
}

/// Tells what the bytes of a file are and whether they can be opened as a workbook, before anything is.
///
/// # Errors
/// Why the bytes are not a workbook that can be read.
pub fn guard(bytes: &[u8], limits: &Limits) -> Result<Guarded, UnreadableWorkbook> {
    let too_large = || format!("the file has more than {}", Limit::File.said(limits.most(Limit::File)));
    limits.hold(Limit::File, bytes.len() as u64, too_large)?;
    container(bytes, limits)
}

/// Tells how a workbook is packed.
///
/// # Errors
/// Why the bytes are not a workbook that can be read.
fn container(bytes: &[u8], limits: &Limits) -> Result<Guarded, UnreadableWorkbook> {
    if bytes.is_empty() {
        return Err(UnreadableWorkbook::Empty);
    }
    if bytes.iter().all(|byte| *byte == 0) {
        return Err(UnreadableWorkbook::Damaged("the file holds nothing but zeros".to_owned()));
    }
    if bytes.starts_with(b"PK") {
        let (container, unpacked) = package::container(bytes, limits)?;
        return Ok(Guarded { container, limits: *limits, unpacked });
    }
    if bytes.starts_with(&ole::SIGNATURE) {
        let container = ole::container(bytes)?;
        return Ok(Guarded { container, limits: *limits, unpacked: bytes.len() as u64 });
    }
    Err(other_kinds::kind(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_a_workbook() {
        let zeros = |words: &str| UnreadableWorkbook::Damaged(words.to_owned());
        let half = [&b"PK\x03\x04"[..], &[1; 60], &[0; 5000]].concat();
        let cases: [(&[u8], UnreadableWorkbook); 7] = [
            (b"", UnreadableWorkbook::Empty),
            (b"<html><body>Sign in</body></html>", UnreadableWorkbook::WebPage),
            (b"\x01\x02\x03\x04", UnreadableWorkbook::Unknown),
            (b"P", UnreadableWorkbook::PlainText),
            (b"\0\0\0\0", zeros("the file holds nothing but zeros")),
            (b"PK\x03\x04", zeros("the file ends too early, as after a copy that did not finish")),
            (&half, zeros("the end of the file is empty, as after a download that broke off")),
        ];
        for (bytes, expected) in cases {
            assert_eq!(guard(bytes, &Limits::default()), Err(expected), "{}", String::from_utf8_lossy(bytes));
        }
    }
}
