//! The document room.
