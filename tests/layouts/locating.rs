//! Where a table is looked for, and headings on several rows.
