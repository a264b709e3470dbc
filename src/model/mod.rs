//! What the rooms hand to each other: plain types, no input or output.

pub mod document;
