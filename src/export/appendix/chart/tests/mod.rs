//! Charts measured: no text outside the scene, none over another, and each shape as long as its amount.

mod cases;
mod drawn;
mod measured;
