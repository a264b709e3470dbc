//! The same small table again and again.
