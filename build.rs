//! The pack in `schemas/` is built into the program: a file that is added to it or taken away is a reason to build.

fn main() {
    println!("cargo::rerun-if-changed=schemas");
}
