//! One folder an output.

pub mod appendix;
