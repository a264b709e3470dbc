//! The tables of what each stage and command took.

use std::env;
use std::path::{Path, PathBuf};

use crate::data::{self, Data};
use crate::measure::{Taken, fastest_of};

/// How often a command is run that takes less than a second.
const OFTEN: usize = 20;

/// What a command took on data of so many rows, by which its growth is told.
struct Line {
    what: &'static str,
    rows: usize,
    cpu: f64,
}

/// Measures and prints. Words name what is measured: `200000`, `240x2000`, `small`. The variable `CROSSCAST` names another
/// executable to be measured in place of this build's, such as an earlier one; its stages are not measured then.
pub fn print(words: &[&str]) {
    let words = if words.is_empty() { &["small", "50000", "200000", "240x2000", "800000"] } else { words };
    let sizes: Vec<&&str> = words.iter().filter(|word| **word != "small").collect();
    if sizes.len() < words.len() {
        small();
    }
    if sizes.is_empty() {
        return;
    }
    println!("\n| Data | What | CPU, of bare | wall, of bare | CPU s | wall s | peak MiB | MiB in 1,000 rows |");
    println!("|---|---|---:|---:|---:|---:|---:|---:|");
    let mut lines = Vec::new();
    for size in sizes {
        let data = match size.split_once("240x") {
            Some((_, rows)) => data::many(rows.parse().unwrap()),
            None => data::one(size.parse().unwrap()),
        };
        measure(&data, &mut lines);
    }
    growth(&lines);
}

fn measure(data: &Data, lines: &mut Vec<Line>) {
    let runs = if data.rows > 500_000 { 1 } else { 2 };
    let this = env::current_exe().unwrap();
    let (this, inbox, pack) = (text(&this), text(&data.inbox), text(&data.pack));
    let bare = fastest_of(runs + 1, &[this, "stage", "bare", inbox, pack]);
    let mut line = |what: &'static str, taken: Taken| {
        let Taken { wall, cpu, peak } = taken;
        let each = peak * 1000.0 / data.rows as f64;
        let (name, of_cpu, of_wall) = (&data.name, cpu / bare.cpu, wall / bare.wall);
        println!("| {name} | {what} | {of_cpu:.2} | {of_wall:.2} | {cpu:.2} | {wall:.2} | {peak:.0} | {each:.2} |");
        if !data.name.starts_with("240") {
            lines.push(Line { what, rows: data.rows, cpu });
        }
    };
    line("bare read", bare);
    if env::var_os("CROSSCAST").is_none() {
        for (stage, what) in [("open", "open"), ("read", "open, read"), ("check", "open, read, check")] {
            line(what, fastest_of(runs, &[this, "stage", stage, inbox, pack]));
        }
    }
    let crosscast = crosscast();
    let common = ["--schemas", pack, "--limit", "cells=20000000", "--limit", "memory=8GB", "--limit", "seconds=600"];
    for (threads, what) in [("1", "`check`, one thread"), ("2", "`check`, two threads")] {
        let check: Vec<&str> = [&[text(&crosscast), "check", inbox, "--threads", threads], &common[..]].concat();
        line(what, fastest_of(runs, &check));
    }
    let output = tempfile::tempdir().unwrap();
    for (threads, what) in [("1", "`run`, one thread"), ("2", "`run`, two threads")] {
        let to = output.path().join(threads);
        let run: Vec<&str> =
            [&[text(&crosscast), "run", inbox, "--threads", threads, "--output", text(&to)], &common[..]].concat();
        line(what, fastest_of(runs, &run));
    }
}

/// What an officer does every day: the sample year with every output, and a workbook of ten rows.
fn small() {
    let ten = data::one(10);
    let this = env::current_exe().unwrap();
    let (inbox, pack) = (text(&ten.inbox), text(&ten.pack));
    let output = tempfile::tempdir().unwrap();
    let year = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/2022-23");
    let crosscast = crosscast();
    let nothing = fastest_of(OFTEN, &[text(&this), "stage", "nothing", inbox, pack]);
    println!("| What | wall ms | CPU ms | peak MiB | of a process that does nothing |");
    println!("|---|---:|---:|---:|---:|");
    let line = |what: &str, taken: Taken| {
        let Taken { wall, cpu, peak } = taken;
        let (wall, cpu, of) = (wall * 1000.0, cpu * 1000.0, wall / nothing.wall);
        println!("| {what} | {wall:.1} | {cpu:.1} | {peak:.0} | {of:.1} |");
    };
    line("nothing", nothing);
    line("`check` of ten rows", fastest_of(OFTEN, &[text(&crosscast), "check", inbox, "--schemas", pack]));
    line("`check` of the sample year", fastest_of(OFTEN, &[text(&crosscast), "check", text(&year)]));
    let run = [text(&crosscast), "run", text(&year), "--output", text(output.path())];
    line("`run` of the sample year, every output", fastest_of(OFTEN, &run));
}

/// By which power of the rows the time grows from the smallest data to the largest: 1 is in proportion.
fn growth(lines: &[Line]) {
    let smallest = lines.iter().map(|line| line.rows).min().unwrap_or_default();
    let largest = lines.iter().map(|line| line.rows).max().unwrap_or_default();
    if smallest == largest {
        return;
    }
    println!("\nGrowth from {smallest} to {largest} rows, as a power of the rows:");
    for small in lines.iter().filter(|line| line.rows == smallest) {
        let large = lines.iter().find(|line| line.rows == largest && line.what == small.what);
        if let Some(large) = large {
            let power = (large.cpu / small.cpu).ln() / (largest as f64 / smallest as f64).ln();
            println!("- {}: {power:.2}", small.what);
        }
    }
}

fn crosscast() -> PathBuf {
    env::var_os("CROSSCAST").map_or_else(|| env!("CARGO_BIN_EXE_crosscast").into(), PathBuf::from)
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}
