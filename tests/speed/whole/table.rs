//! The table of what each stage and command took.

use std::env;
use std::path::Path;

use crate::data::{self, Data};
use crate::measure::{Taken, fastest_of};

const CROSSCAST: &str = env!("CARGO_BIN_EXE_crosscast");

/// Measures and prints. Sizes name what is measured: `200000`, `240x2000`.
pub fn print(sizes: &[&str]) {
    println!("| Data | What | CPU, of bare | wall, of bare | CPU s | wall s | peak MiB |");
    println!("|---|---|---:|---:|---:|---:|---:|");
    let sizes = if sizes.is_empty() { &["50000", "200000", "240x2000", "800000"] } else { sizes };
    for size in sizes {
        let data = match size.split_once("240x") {
            Some((_, rows)) => data::many(rows.parse().unwrap()),
            None => data::one(size.parse().unwrap()),
        };
        measure(&data);
    }
}

fn measure(data: &Data) {
    let runs = if data.rows > 500_000 { 1 } else { 2 };
    let this = env::current_exe().unwrap();
    let (this, inbox, pack) = (text(&this), text(&data.inbox), text(&data.pack));
    let bare = fastest_of(runs + 1, &[this, "stage", "bare", inbox, pack]);
    line(data, "bare read", bare, bare);
    for (stage, what) in [("open", "open"), ("read", "open and read"), ("check", "open, read and check")] {
        line(data, what, fastest_of(runs, &[this, "stage", stage, inbox, pack]), bare);
    }
    let common = ["--schemas", pack, "--limit", "cells=20000000", "--limit", "memory=8GB", "--limit", "seconds=600"];
    let output = tempfile::tempdir().unwrap();
    for threads in ["1", "2"] {
        let check: Vec<&str> = [&[CROSSCAST, "check", inbox, "--threads", threads], &common[..]].concat();
        line(data, &format!("check, {threads} threads"), fastest_of(runs, &check), bare);
    }
    for threads in ["1", "2"] {
        let to = output.path().join(threads);
        let run: Vec<&str> =
            [&[CROSSCAST, "run", inbox, "--threads", threads, "--output", text(&to)], &common[..]].concat();
        line(data, &format!("run, {threads} threads"), fastest_of(runs, &run), bare);
    }
}

fn line(data: &Data, what: &str, taken: Taken, bare: Taken) {
    let Taken { wall, cpu, peak } = taken;
    let name = &data.name;
    let (of_cpu, of_wall) = (cpu / bare.cpu, wall / bare.wall);
    println!("| {name} | {what} | {of_cpu:.2} | {of_wall:.2} | {cpu:.2} | {wall:.2} | {peak:.0} |");
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}
