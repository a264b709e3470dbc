//! Sections, keys given once, subtotals, filler, ends.
