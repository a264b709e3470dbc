//! Each entry that Excel refuses is one that a check refuses too, and what lies at the limit both accept. The rules are those
//! that stand in the file; every condition of each is tried.

use std::collections::BTreeMap;

use crosscast::model::{Finding, Position, Report};
use crosscast::schema::Pack;

use crate::excel::{Condition, Rule};
use crate::form::{Area, At, Entry, Form};
use crate::right::right_entries;
use crate::support::pack::{pack_of, partnership};
use crate::support::sample_pack::sample_pack;
use crate::{check, council_pack, line, of_april, standing};

/// Entries that a rule refuses, for each of its conditions.
fn beyond(rule: &Rule) -> Vec<Entry> {
    let money_step = |times: f64| if times == 1.0 { 1.0 } else { 1.0 / times };
    let each = rule.conditions.iter().flat_map(|condition| match condition {
        Condition::OneOf(_) => vec![Entry::text("Neither of these")],
        Condition::IsNumber => vec![Entry::text("about twenty")],
        Condition::Decimals { times, decimals: 0 } => vec![Entry::Number(2.5 / times)],
        Condition::Decimals { times, decimals } => {
            vec![Entry::Number((10.0 + 4.0 * 10f64.powi(-decimals - 1)) / times)]
        }
        Condition::Least { times, bound } => vec![Entry::Number(bound / times - money_step(*times))],
        Condition::Most { times, bound } => vec![Entry::Number(bound / times + money_step(*times))],
        Condition::LengthLeast(least) => vec![Entry::text("x".repeat(least - 1))],
        Condition::LengthMost(most) => vec![Entry::text("x".repeat(most + 1))],
        Condition::Once(_) => Vec::new(),
    });
    each.collect()
}

/// Entries at the limits of a rule.
fn at_limits(rule: &Rule) -> Vec<Entry> {
    let each = rule.conditions.iter().flat_map(|condition| match condition {
        Condition::OneOf(texts) => vec![Entry::text(texts.first().unwrap()), Entry::text(texts.last().unwrap())],
        Condition::Least { times, bound } | Condition::Most { times, bound } => vec![Entry::Number(bound / times)],
        Condition::LengthLeast(length) | Condition::LengthMost(length) => vec![Entry::text("x".repeat(*length))],
        Condition::IsNumber | Condition::Decimals { .. } | Condition::Once(_) => Vec::new(),
    });
    each.chain(rule.words.iter().map(Entry::text)).collect()
}

fn is_at(place: &crosscast::model::Place, (sheet, at): &At) -> bool {
    place.sheet.as_deref() == Some(sheet.as_str()) && place.area.is_some_and(|area| area.contains(*at))
}

/// The findings at a cell, or that lead to it.
fn found_at<'r>(report: &'r Report, pack: &Pack, at: &At) -> Vec<&'r Finding> {
    let leads = |finding: &&Finding| is_at(&finding.place, at) || finding.related.iter().any(|place| is_at(place, at));
    standing(report, pack).into_iter().filter(leads).collect()
}

/// A form with what it is made by.
struct Walk<'p> {
    pack: &'p Pack,
    file_name: String,
    form: Form,
    right: BTreeMap<At, Entry>,
    areas: Vec<Area>,
    /// How many entries were tried.
    tried: usize,
}

impl<'p> Walk<'p> {
    fn new(pack: &'p Pack, name: &str) -> Self {
        let made = of_april(pack, name);
        let form = Form::new(made.bytes);
        let right = right_entries(&form, &made.file_name, pack);
        let areas = form.entries();
        Self { pack, file_name: made.file_name, form, right, areas, tried: 0 }
    }

    /// Checks the form with some entries put in place of the right ones.
    fn checked(&mut self, changed: &[(At, Entry)]) -> Report {
        self.tried += changed.len();
        let mut entries = self.right.clone();
        entries.extend(changed.iter().cloned());
        check(self.pack, &self.file_name, &self.form.filled(&entries))
    }

    /// Rounds of entries, one for each column of a round; each field of a form has rounds of its own, since the month of the
    /// workbook may be among them.
    fn rounds(&self, entries_of: fn(&Rule) -> Vec<Entry>) -> Vec<Vec<(At, Entry, Rule)>> {
        let mut rounds: Vec<Vec<(At, Entry, Rule)>> = Vec::new();
        let mut shared = 0;
        for area in self.areas.iter().filter(|area| area.cells() > 1) {
            for (nth, entry) in entries_of(&area.rule).into_iter().enumerate() {
                shared = shared.max(nth + 1);
                rounds.resize_with(rounds.len().max(nth + 1), Vec::new);
                rounds[nth].push((area.cell(0), entry, area.rule.clone()));
            }
        }
        for area in self.areas.iter().filter(|area| area.cells() == 1) {
            rounds
                .extend(entries_of(&area.rule).into_iter().map(|entry| vec![(area.cell(0), entry, area.rule.clone())]));
        }
        rounds
    }

    fn beyond_the_limits(&mut self) {
        for round in self.rounds(beyond) {
            let changed: Vec<(At, Entry)> = round.iter().map(|(at, entry, _)| (at.clone(), entry.clone())).collect();
            let report = self.checked(&changed);
            for (at, entry, rule) in &round {
                assert!(!rule.accepts(entry, at, &self.right), "{}: {at:?} {entry:?} {rule:?}", self.file_name);
                let all: Vec<String> = standing(&report, self.pack).into_iter().map(line).collect();
                let found = found_at(&report, self.pack, at);
                assert!(
                    !found.is_empty(),
                    "{}: Excel refuses {entry:?} in {at:?}, check does not: {all:#?}",
                    self.file_name
                );
            }
        }
    }

    fn at_the_limits(&mut self) {
        for round in self.rounds(at_limits) {
            let changed: Vec<(At, Entry)> = round.iter().map(|(at, entry, _)| (at.clone(), entry.clone())).collect();
            let report = self.checked(&changed);
            for (at, entry, rule) in &round {
                assert!(rule.accepts(entry, at, &self.right), "{}: {at:?} {entry:?} {rule:?}", self.file_name);
                let found = standing(&report, self.pack).into_iter().filter(|finding| is_at(&finding.place, at));
                let found: Vec<String> = found.map(line).collect();
                assert_eq!(found, [""; 0], "{}: {at:?} {entry:?}", self.file_name);
            }
        }
    }

    /// A key that is there twice: the second row is given what the first has.
    fn twice(&mut self) {
        for area in self.areas.clone() {
            for condition in &area.rule.conditions {
                let Condition::Once(columns) = condition else { continue };
                let at = |nth: u32, column: u32| (area.sheet.clone(), Position::new(area.first.row + nth, column));
                let first = |column: &u32| self.right.get(&at(0, *column)).cloned();
                // Rows that the form has already are told apart already.
                let Some(same) = columns.iter().map(first).collect::<Option<Vec<Entry>>>() else { continue };
                let changed: Vec<(At, Entry)> = columns.iter().map(|column| at(1, *column)).zip(same).collect();
                let mut others = self.right.clone();
                others.extend(changed.iter().cloned());
                let (own, entry) = changed.last().cloned().unwrap();
                assert!(!condition.holds(&entry, &own, &others), "{}: {own:?}", self.file_name);
                let report = self.checked(&changed);
                let repeated = |finding: &&Finding| finding.code.starts_with("repeated-");
                let row_is = |finding: &&Finding| finding.place.area.is_some_and(|area| area.first.row == own.1.row);
                let found = standing(&report, self.pack).into_iter().filter(repeated).any(|finding| row_is(&finding));
                assert!(found, "{}: {own:?}", self.file_name);
            }
        }
    }

    fn walk(mut self) -> usize {
        self.beyond_the_limits();
        self.at_the_limits();
        self.twice();
        self.tried
    }
}

#[test]
fn the_forms_of_the_sample_pack() {
    let pack = sample_pack();
    let tried = |name: &str| Walk::new(&pack, name).walk();
    let of_return = tried("return");
    assert!(of_return > 25, "{of_return}");
    for name in ["funding", "recorded-crime", "year-end-measures", "registers", "meetings", "explanations"] {
        assert!(tried(name) > 3, "{name}");
    }
}

#[test]
fn the_forms_of_the_sample_council() {
    let pack = council_pack();
    for name in ["workforce", "claim", "payments"] {
        let tried = Walk::new(&pack, name).walk();
        assert!(tried > 8, "{name}: {tried}");
    }
}

/// A table with every constraint that there is.
const ALL: &str = "
fields:
  - {name: code, title: Code, type: string, constraints: {required: true, unique: true, maxLength: 24}}
  - {name: reason, title: Reason, type: string, constraints: {minLength: 3, maxLength: 30}}
  - {name: area, title: Area, type: string, constraints: {enum: ['Roads, bridges', Parks]}}
  - {name: ward, title: Ward, type: string, constraints: {enum: [LONG]}}
  - {name: agreed, title: Agreed, type: boolean}
  - {name: open, title: Open to all, type: boolean, trueValues: ['Yes'], falseValues: ['No']}
  - {name: visits, title: Visits, type: integer, constraints: {minimum: 1, maximum: 9}}
  - {name: calls, title: Calls, type: integer}
  - {name: people, title: People, type: integer, constraints: {minimum: 5}, crosscast: {shorthand: {'[c]': fewer than five}}}
  - {name: part, title: Part, type: number, constraints: {minimum: 0, maximum: 0.5}, crosscast: {unit: percent}}
  - {name: rate, title: Rate, type: number, constraints: {maximum: 5}}
  - {name: weight, title: Weight, type: number}
  - {name: cost, title: Cost, type: number, constraints: {minimum: 0.01, maximum: 999.99}, crosscast: {unit: GBP}}
  - {name: grant, title: Grant, type: number, constraints: {minimum: 0}, crosscast: {unit: GBP, factor: 1000}}
  - {name: refund, title: Refund, type: number, crosscast: {unit: GBP, shorthand: {'-': 0, NIL: 0}}}
  - {name: begun_on, title: Begun on, type: date, crosscast: {window: year}}
  - {name: known_on, title: Known on, type: date}
  - {name: paid_on, title: Paid on, type: date, constraints: {minimum: 2022-06-01, maximum: 2022-06-30}}
  - {name: due, title: Month due, type: yearmonth, constraints: {minimum: 2022-05}, crosscast: {window: year}}
uniqueKeys: [[reason, begun_on]]
crosscast: {title: Everything}
";

#[test]
fn every_constraint_that_there_is() {
    let wards: Vec<String> = (1..=40).map(|number| format!("Ward of number {number}")).collect();
    let table = ALL.replace("LONG", &wards.join(", "));
    let kinds = "  - name: everything\n    files: '(?i)everything.*'\n    due: start\n    tables:\n      - {table: everything, sheet: Everything}\n";
    let pack = pack_of(&[("partnership.yaml", &partnership(kinds)), ("tables/everything.yaml", &table)]);
    let made = of_april(&pack, "everything");
    assert_eq!(made.sheets, ["Everything", "Lists", "Guidance"]);
    let walk = Walk::new(&pack, "everything");
    let report = check(&pack, &walk.file_name, &walk.form.filled(&walk.right));
    let found: Vec<String> = standing(&report, &pack).into_iter().map(line).collect();
    assert_eq!(found, [""; 0], "filled in with right values");
    assert!(walk.walk() > 60);
}
