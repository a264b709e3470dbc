//! The committee appendix as PDF and HTML.
