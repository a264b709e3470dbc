//! The committee appendix as a clerk receives it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on may panic, in its helpers too")]

mod charted;
mod damaged;
mod figures;
mod full;
mod html;
mod leading;
mod pdf;
mod reading;
mod refusals;
mod sample;

#[path = "../support"]
mod support {
    pub mod conformance;
    pub mod marks;
}
