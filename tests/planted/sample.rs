//! Every kind of fault, planted in the sample year.

use crate::planting::{assert_found_and_nothing_else, assert_readme_shows, plant_all};
use crate::year::Year;

/// The seeds; `CROSSCAST_SEED` gives another.
fn seeds() -> Vec<u64> {
    match std::env::var("CROSSCAST_SEED") {
        Ok(seed) => vec![seed.parse().expect("a seed is a number")],
        Err(_) => vec![1, 2],
    }
}

#[test]
fn each_planted_fault_is_found_and_nothing_else() {
    let planted = plant_all(&Year::sample(), &seeds());
    assert_found_and_nothing_else(&planted);
    // Of other seeds, or of one kind alone, the README says nothing.
    if ["CROSSCAST_SEED", "CROSSCAST_KIND"].iter().all(|name| std::env::var_os(name).is_none()) {
        assert_readme_shows(&planted);
    }
}
