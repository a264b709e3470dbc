//! Planting faults of every kind in a year, each in a fresh copy, and what became of them.

use std::collections::BTreeSet;
use std::fmt::Write;

use crosscast::model::Report;
use rayon::prelude::*;

use crate::key::Key;
use crate::kinds::{Family, Kind, Plot, kinds};
use crate::known::{ALSO_TRUE, MISSED, NOT_ATTACHED};
use crate::year::{Year, line, new_findings};

/// What became of a planted fault.
pub struct Planted {
    name: &'static str,
    family: Family,
    key: Key,
    /// The finding that answers it.
    found: Option<String>,
    /// What else the faulted year has and the clean one has not, errors and warnings: code, and line with message.
    others: Vec<(String, String)>,
}

/// Plants a fault of every kind for each seed.
pub fn plant_all(year: &Year, seeds: &[u64]) -> Vec<Planted> {
    // One kind alone, for whoever looks into it.
    let wanted = std::env::var("CROSSCAST_KIND").unwrap_or_default();
    let kinds: Vec<Kind> = kinds().into_iter().filter(|kind| kind.name.contains(&wanted)).collect();
    let all: Vec<(&Kind, u64)> = kinds.iter().flat_map(|kind| seeds.iter().map(move |seed| (kind, *seed))).collect();
    all.par_iter().filter_map(|(kind, seed)| plant(kind, year, *seed)).collect()
}

/// Plants a fault; none where the year has no place for one of the kind.
fn plant(kind: &Kind, year: &Year, seed: u64) -> Option<Planted> {
    let mut plot = Plot::new(year, seed, kind.name);
    let key = (kind.plant)(&mut plot)?;
    let report = year.report_with(&plot.changes);
    let (found, others) = judged(&key, &report, year);
    Some(Planted { name: kind.name, family: kind.family, key, found, others })
}

fn judged(key: &Key, report: &Report, year: &Year) -> (Option<String>, Vec<(String, String)>) {
    let weighty = new_findings(report, &year.clean);
    // A fault of the lightest weight is answered by what is only good to know.
    let known: BTreeSet<String> = year.clean.findings.iter().map(line).collect();
    let light = report.findings.iter().filter(|finding| !known.contains(&line(finding)));
    let found = weighty.iter().copied().chain(light).find(|finding| key.is_answered_by(finding)).map(line);
    let others = weighty.iter().filter(|finding| Some(line(finding)) != found);
    let others = others.map(|one| (one.code.clone(), format!("{}: {}", line(one), one.message))).collect();
    (found, others)
}

impl Planted {
    fn is_known_to_be_missed(&self) -> bool {
        MISSED.iter().any(|(kind, _)| *kind == self.name)
    }

    /// The codes of what is said beside the answer and is not known to be as true.
    fn wrong_alarms(&self) -> impl Iterator<Item = &str> {
        let codes = self.others.iter().map(|(code, _)| code.as_str());
        codes.filter(|code| !self.is_listed(code, ALSO_TRUE))
    }

    fn is_listed(&self, code: &str, list: &[(&str, &str, &str)]) -> bool {
        list.iter().any(|(kind, of, _)| *kind == self.name && *of == code)
    }

    /// The fault, and what was said of it.
    fn told(&self) -> String {
        let mut told = format!("{}: {}\n", self.name, self.key);
        match &self.found {
            Some(found) => writeln!(told, "    found  {found}").unwrap(),
            None => told.push_str("    MISSED\n"),
        }
        for (_, other) in &self.others {
            writeln!(told, "    also   {other}").unwrap();
        }
        told
    }
}

/// The table of the README: for each family how many kinds there are, how many faults were planted and found, and how many
/// wrong alarms there were.
pub fn table(all: &[Planted]) -> String {
    let mut table = String::from("| Faults | Kinds | Planted | Found | Wrong alarms |\n|---|---:|---:|---:|---:|\n");
    let mut line = |title: &str, of: &dyn Fn(&&Planted) -> bool| {
        let of: Vec<&Planted> = all.iter().filter(of).collect();
        let kinds: BTreeSet<&str> = of.iter().map(|one| one.name).collect();
        let found = of.iter().filter(|one| one.found.is_some()).count();
        let wrong: usize = of.iter().map(|one| one.wrong_alarms().count()).sum();
        writeln!(table, "| {title} | {} | {} | {found} | {wrong} |", kinds.len(), of.len()).unwrap();
    };
    for family in Family::ALL {
        line(family.title(), &|one| one.family == family);
    }
    line("All", &|_| true);
    table
}

/// The README shows the table of a year as it is.
pub fn assert_readme_shows(all: &[Planted]) {
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let table = table(all);
    assert!(readme.replace("\r\n", "\n").contains(&table), "the README should show\n{table}");
}

/// Prints what was planted, and panics when a fault was missed or a wrong alarm given that is not known.
pub fn assert_found_and_nothing_else(all: &[Planted]) {
    all.iter().for_each(|one| println!("{}", one.told()));
    println!("{}", table(all));
    let is_off = |one: &&Planted| {
        let is_missed = one.found.is_none() && !one.is_known_to_be_missed();
        is_missed || one.wrong_alarms().any(|code| !one.is_listed(code, NOT_ATTACHED))
    };
    let off: Vec<String> = all.iter().filter(is_off).map(Planted::told).collect();
    assert!(off.is_empty(), "missed, or more than was planted:\n\n{}", off.join("\n"));
}
