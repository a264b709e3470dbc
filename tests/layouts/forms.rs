//! Labels with their values far apart.
