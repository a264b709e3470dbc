//! The pack in `schemas/` is built into the program: a file that is added to it or taken away is a reason to build. And on
//! Windows the program gets as much stack as it has elsewhere.

use std::env;

/// The stack of the main thread, in bytes: what Linux and the Mac give it. Windows gives an eighth of that unless asked.
const STACK: u32 = 8 << 20;

fn main() {
    println!("cargo::rerun-if-changed=schemas");
    println!("cargo::rerun-if-changed=build.rs");
    if env::var("CARGO_CFG_TARGET_OS").is_ok_and(|system| system == "windows") {
        let is_msvc = env::var("CARGO_CFG_TARGET_ENV").is_ok_and(|tools| tools == "msvc");
        let ask = if is_msvc { format!("/STACK:{STACK}") } else { format!("-Wl,--stack,{STACK}") };
        println!("cargo::rustc-link-arg-bins={ask}");
    }
}
