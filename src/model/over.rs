//! Over what a check runs, so that it can be said on how much it ran.

/// Over what a check runs: said once, beside the check, and counted for all checks in one place.
///
/// Of rows, those of tables of workbooks that are in the figures are counted. Where a check could not look at a cell, the
/// row is not counted: the list of what was not run has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Over {
    /// The inbox as a whole: which files there are.
    Inbox,
    /// Each file that could be a workbook, whether or not it can be read.
    Files,
    /// Each workbook that could be read, whether or not it is in the figures.
    Readable,
    /// Each workbook in the figures.
    Workbooks,
    /// Each workbook in the figures of which the month is known.
    Months,
    /// The tables of a workbook, not their rows.
    Tables,
    /// The sheets that hold more than one table.
    SharedSheets,
    /// The names of sheets that give values.
    SheetNames,
    /// The rows of the tables whose sheets tell what is hidden, merged and invisible on them.
    Layouts,
    /// The same, forms left out.
    LayoutsOfRecords,
    /// The rows of the tables whose sheets' cells are known, forms left out.
    Grids,
    /// The comments of a workbook; only of the newer formats of Excel they are read.
    Comments,
    /// What a workbook says of how it is calculated and what it refers to.
    Settings,
    /// The days that a workbook with settings holds.
    Calendar,
    /// The formulas of the sheets that are read.
    Formulas,
    /// The formulas of a workbook with settings.
    Calculation,
    /// The formulas in rows of totals.
    FormulasOfTotals,
    /// The rows of totals of workbooks whose formulas are all known.
    RowsOfTotals,
    /// The rows of tables among whose records there are formulas, in workbooks whose formulas are all known.
    FormulasOfRecords,
    /// Every cell of fields of a kind.
    Cells(Kinds),
    /// Every cell of the fields that ask for the check: what a check runs over that says nothing else.
    Asked,
    /// The cells of the fields that ask for the check, as far as they could be read.
    Values,
    /// The rows that hold a percentage.
    Percentages,
    /// The columns of the fields that ask for the check, each as a whole: of a workbook in which one could not be judged,
    /// nothing is counted.
    Columns,
    /// The rows of tables that state totals of their fields.
    Totals,
    /// The rows of tables that state subtotals.
    Subtotals,
    /// The rows of tables that state totals of rows.
    RowTotals,
    /// The rows of tables that state a sum of any kind.
    StatedSums,
    /// The rows that have all parts of a key.
    Keys,
    /// The rows that name a row of another table.
    References,
    /// The explanations that officers recorded.
    Explanations,
}

/// The kinds of fields whose cells a check looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kinds {
    /// All.
    Any,
    /// Texts.
    Text,
    /// Days.
    Day,
    /// Months.
    Month,
    /// Days and months.
    DayOrMonth,
    /// Amounts of money.
    Amount,
    /// Counts.
    Count,
    /// Numbers of any kind, but no amounts.
    Number,
    /// Numbers of any kind and amounts.
    Figure,
    /// Yes or no.
    YesOrNo,
}
