//! The committee appendix as a clerk receives it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on may panic, in its helpers too")]

mod html;
mod pdf;
mod reading;
mod refusals;
mod sample;

use crosscast::export::appendix;

/// `cargo test --test appendix -- --ignored` leaves the samples in the target directory, to look at.
#[test]
#[ignore = "writes files to look at"]
fn write_samples_to_look_at() {
    let directory = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
    let samples = [
        ("short", sample::short()),
        ("year-end", sample::year_end()),
        ("draft", sample::draft()),
        ("long", sample::long()),
    ];
    for (name, document) in samples {
        let start = std::time::Instant::now();
        let bytes = appendix::pdf(&document).unwrap();
        println!("{name}: {} bytes, {:?}", bytes.len(), start.elapsed());
        std::fs::write(directory.join(format!("{name}.pdf")), bytes).unwrap();
        std::fs::write(directory.join(format!("{name}.html")), appendix::html(&document).unwrap()).unwrap();
    }
}
