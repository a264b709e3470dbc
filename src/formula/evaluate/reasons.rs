//! Why a formula could not be recalculated.

use std::fmt;

/// Why a formula could not be recalculated, as a few words that follow its cell in brackets: `Spend!F12 (it calls
/// INDIRECT)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotRecalculated {
    /// It calls a function that is not known here; with its name.
    Function(String),
    /// It calls a function in a way that is not known here, as VLOOKUP for the nearest value; with its name.
    Way(String),
    /// Its result changes by itself, as that of TODAY; with the function's name.
    Volatile(String),
    /// It reckons with whole ranges at once, or fills several cells.
    Array,
    /// It names another workbook.
    OtherWorkbook,
    /// It names part of a table of Excel's; with the table's name.
    Table(String),
    /// It uses a name that is not defined; with the name.
    NoSuchName(String),
    /// It uses a name, and the file's format does not tell what names stand for; with the name.
    NamesNotRead(String),
    /// It refers to cells of another sheet, and the file's format does not tell which; with the sheet.
    CellsNotRead(String),
    /// It uses a name that stands for no cells and no value that can be reckoned with; with the name.
    NameUnclear(String),
    /// It names a sheet that is not there; with its name.
    NoSuchSheet(String),
    /// It names a sheet whose cells were not read; with its name.
    SheetNotRead(String),
    /// It depends on a formula that was never calculated; with its cell.
    WithoutResult(String),
    /// It depends on its own cell.
    Circular,
    /// It depends on a date that no calendar has; with its cell.
    ImpossibleDate(String),
    /// It depends on a cell of which the file leaves open what it holds; with the cell.
    DamagedCell(String),
    /// It reckons with a text, and what that means as a number depends on the settings of the computer; with the text.
    TextAsNumber(String),
    /// It depends on the last digits of a number, which programs round differently.
    LastDigits,
    /// It depends on which of two texts comes first, which programs tell differently.
    OrderOfTexts,
    /// It counts, adds or compares TRUE or FALSE, which to some programs are numbers.
    Booleans,
    /// It passes over hidden or filtered rows, and which those are cannot be told for certain.
    HiddenRows,
    /// It depends on a date of which the time of day was not read; with its cell.
    TimeOfDay(String),
    /// The workbook's formulas look at more cells than can be looked at in good time.
    TooLong,
    /// It refers to cells in a way that is not known here.
    Reference,
    /// It could not be read as a formula.
    NotParsed,
}

impl fmt::Display for NotRecalculated {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Function(name) | Self::Way(name) => write!(formatter, "it uses {name}"),
            Self::Volatile(name) => write!(formatter, "it uses {name}, whose result changes by itself"),
            Self::Array => write!(formatter, "it is an array formula"),
            Self::OtherWorkbook => write!(formatter, "it refers to another workbook"),
            Self::Table(name) if name.is_empty() => write!(formatter, "it refers to the table around it"),
            Self::Table(name) => write!(formatter, "it refers to the table {name}"),
            Self::NoSuchName(name) => write!(formatter, "the name {name} is not defined"),
            Self::NamesNotRead(name) => {
                write!(formatter, "what the name {name} stands for cannot be read in this kind of file")
            }
            Self::CellsNotRead(sheet) => {
                write!(formatter, "which cells of {sheet} it refers to cannot be read in this kind of file")
            }
            Self::NameUnclear(name) => write!(formatter, "the name {name} does not stand for cells"),
            Self::NoSuchSheet(sheet) => write!(formatter, "there is no sheet {sheet}"),
            Self::SheetNotRead(sheet) => write!(formatter, "the sheet {sheet} could not be read"),
            Self::WithoutResult(cell) => write!(formatter, "it depends on {cell}, which was never calculated"),
            Self::Circular => write!(formatter, "it depends on its own cell"),
            Self::DamagedCell(cell) => write!(formatter, "it depends on {cell}, which is damaged"),
            Self::ImpossibleDate(cell) => write!(formatter, "it depends on {cell}, a date that is in no calendar"),
            Self::TextAsNumber(text) => write!(formatter, "it reckons with the text “{text}”"),
            Self::LastDigits => write!(formatter, "it depends on digits beyond the fifteenth"),
            Self::OrderOfTexts => write!(formatter, "it depends on which of two texts comes first"),
            Self::Booleans => write!(formatter, "it takes in TRUE or FALSE, which not every program counts alike"),
            Self::HiddenRows => write!(formatter, "it passes over rows that are hidden or filtered out"),
            Self::TimeOfDay(cell) => write!(formatter, "it depends on the time of day in {cell}"),
            Self::TooLong => write!(formatter, "it would take too long"),
            Self::Reference => write!(formatter, "it combines references"),
            Self::NotParsed => write!(formatter, "the formula could not be read"),
        }
    }
}
