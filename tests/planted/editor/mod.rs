//! An editor for `.xlsx` workbooks that changes what a person can change and leaves every other byte of meaning alone:
//! cells, styles, rows, columns, sheets, names, links, settings. It is written for workbooks in the plain form that
//! writers such as Excel give them, and panics on others.

mod book;
mod calculation;
mod references;
mod settings;
mod sheet;
mod styles;

pub use book::Book;
pub use sheet::{Content, Outcome, SheetXml};

/// A text as it stands in XML.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A text of XML as it is read.
pub fn plain(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'").replace("&amp;", "&")
}
