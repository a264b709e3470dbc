//! The workbook as other readers see it, from rows in a small database.

mod fixture;
mod long;
mod mistakes;
mod readback;
