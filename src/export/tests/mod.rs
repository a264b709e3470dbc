//! What the tests of several outputs need.

pub mod read_back;
