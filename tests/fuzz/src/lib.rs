//! What must hold for any bytes at all. Each function is a fuzz target, and is run over its seeds and over what was once
//! found by `tests/fuzzed.rs`, without a fuzzer.
//!
//! A broken promise is a panic here. calamine's own panics are not: they are caught where workbooks are opened.

mod appendix;
mod pack;
mod references;
mod texts;
mod workbook;

pub use appendix::appendix;
pub use pack::pack;
pub use references::references;
pub use texts::texts;
pub use workbook::{guard, workbook};

/// The parts of an input: each begins with a line `=== NAME`, and reaches to the next.
fn parts(input: &str) -> Vec<(&str, &str)> {
    let begins = |text: &str| text.find("=== ").filter(|at| *at == 0 || text.as_bytes()[at - 1] == b'\n');
    let mut rest = input;
    let mut found = Vec::new();
    while let Some(at) = begins(rest) {
        let after = &rest[at + 4..];
        let (name, body) = after.split_once('\n').unwrap_or((after, ""));
        let end = body.find("\n=== ").map_or(body.len(), |end| end + 1);
        found.push((name.trim(), &body[..end]));
        rest = &body[end..];
    }
    found
}
