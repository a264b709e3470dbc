//! What is known of the planted faults.

/// Kinds that are not found, and why.
pub const MISSED: &[(&str, &str)] = &[];

/// Findings beside the one that answers a fault and that are as true: the kind, the code, and why they are two.
pub const ALSO_TRUE: &[(&str, &str, &str)] = &[
    (
        "a budget is moved between projects without a virement",
        "summary-budget-is-funding-line",
        "Two budgets differ from their funding lines, each at its own cell.",
    ),
    (
        "a budget is moved between projects without a virement",
        "budget-changes-by-virement",
        "Two budgets differ from those of the month before, each at its own cell.",
    ),
    (
        "a budget is changed without a virement",
        "summary-total-is-approved-total",
        "The budgets were £6,000.00 off the approved total, which is explained, and are now off by another amount.",
    ),
    (
        "a project is missing from the summary",
        "summary-total-is-approved-total",
        "The budgets were £6,000.00 off the approved total, which is explained, and are now off by another amount.",
    ),
    (
        "a payment of last month is left in",
        "repeated-value",
        "Its date is not of the month, and its reference is taken: either would be wrong without the other.",
    ),
    (
        "the payments are last month's, with new dates",
        "spend-agrees-with-summary",
        "The payments of several projects are not what the summary says, each by an amount of its own.",
    ),
    (
        "the dates of a workbook count from 1904",
        "return-month-agrees-with-name",
        "Its month and its dates of payment are four years late, and each is a field that must be right by itself.",
    ),
    (
        "the dates of a workbook count from 1904",
        "date-outside-month",
        "Its month and its dates of payment are four years late, and each is a field that must be right by itself.",
    ),
];

/// Findings beside the one that answers a fault and that only follow from it: the kind, the code, and why they are not
/// attached to it yet. The table counts them as wrong alarms.
pub const NOT_ATTACHED: &[(&str, &str, &str)] = &[
    (
        "an amount stands in brackets, as text",
        "spend-agrees-with-summary",
        "The text is read as a negative amount, so the month is off by twice of what the total leaves out.",
    ),
    (
        "an amount has its minus behind it, as text",
        "spend-agrees-with-summary",
        "The text is read as a negative amount, so the month is off by twice of what the total leaves out.",
    ),
    ("a payment of last month is left in", "spend-agrees-with-summary", "A date that is wrong has no amount."),
    (
        "an amount has decimals that are not shown",
        "fraction-of-penny",
        "A sum does not name the line with the decimals.",
    ),
    ("the dates of a workbook count from 1904", "other-date-system", "A setting of the workbook names no cells."),
];
