//! The pack that the repository brings.

use crosscast::schema::{Pack, PackFiles};

/// The pack in `schemas/`, which is built into the program.
pub fn sample_pack() -> Pack {
    Pack::parse(PackFiles::built_in()).unwrap_or_else(|mistakes| panic!("the repository's own pack:\n{mistakes}"))
}
