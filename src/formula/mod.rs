//! Parsing and recomputing the formulas of workbooks: nothing is here yet.
