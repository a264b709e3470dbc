//! One cause, one finding; and what an officer lets stand.
//!
//! The checks and rules each say what they see. Here the causes of differences are looked for in the cells that the
//! figures come from, what follows from another finding is attached to it, and then the officers' explanations are laid
//! beside the differences that are left.

mod causes;
mod explain;
mod fold;
mod near;

pub use causes::suggest;
pub use explain::{explain, registry};
pub use fold::fold;
