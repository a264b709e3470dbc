//! One cause, one finding; and what an officer lets stand.
//!
//! The checks and rules each say what they see. Here what follows from another finding is attached to it, and then the
//! officers' explanations are laid beside the differences that are left.

mod explain;
mod fold;

pub use explain::{explain, registry};
pub use fold::fold;
