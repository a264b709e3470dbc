//! Shorthand, factors, brackets, figures as they are shown.
