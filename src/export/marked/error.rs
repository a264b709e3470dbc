//! Why a workbook gets no marked copy.

/// Why a workbook was not marked, as a sentence for the officer; the list of its findings is written alone then.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotMarked {
    /// It bears a digital signature.
    #[error("The workbook bears a digital signature, which would not hold for a marked copy.")]
    Signed,
    /// It is locked with a password, or of a format that is no zip package, such as `.xls`.
    #[error("Only .xlsx and .xlsm workbooks without a password can be marked.")]
    OtherFormat,
    /// It is an `.xlsb` or `.ods` workbook, or no workbook at all; with its ending or kind.
    #[error("This is {0}, and only .xlsx and .xlsm workbooks can be marked.")]
    OtherKind(&'static str),
    /// A part is missing, or is written in a way that is not understood; with the part.
    #[error("A part of the workbook, {0}, is not as Excel writes it, so nothing was put into it.")]
    Part(String),
    /// An officer's own sheet has the name of the list.
    #[error(
        "A sheet of the workbook's own is named Crosscast findings, where the list would stand; give it another name."
    )]
    NameTaken,
    /// A part is too large to be changed; with the part.
    #[error("A part of the workbook, {0}, is too large to be marked.")]
    TooLarge(String),
}
