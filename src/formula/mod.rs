//! The formula room.
