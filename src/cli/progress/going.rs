//! How far the work is, as a line of text: from what was heard of it and the time that has gone by, without a clock.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::export::console::visible_text;
use crate::model::{Event, grouped};

/// Of what is done to a lesser part, the time that is left cannot be told.
const LEAST_PART: f64 = 0.05;

/// How far the work is.
#[derive(Debug, Default)]
pub struct Going {
    /// The workbooks that are to be read with their lengths in bytes, where they are known; those that were read are gone
    /// from it.
    waiting: BTreeMap<String, u64>,
    /// The bytes of all workbooks.
    bytes: u64,
    found: usize,
    read: usize,
    rows: usize,
    stage: Option<Stage>,
}

/// A stage after the reading.
#[derive(Debug)]
struct Stage {
    name: String,
    began: Duration,
    /// How many are done, of how many, and of what.
    step: Option<(usize, usize, String)>,
}

impl Going {
    /// Nothing is done yet of these workbooks, each with its path and its length in bytes.
    pub fn over(workbooks: impl Iterator<Item = (String, u64)>) -> Self {
        let waiting: BTreeMap<String, u64> = workbooks.collect();
        Self { bytes: waiting.values().sum(), waiting, ..Self::default() }
    }

    /// Takes an event that came so long after the beginning.
    pub fn hear(&mut self, event: Event<'_>, elapsed: Duration) {
        match event {
            Event::Found(count) => (self.found, self.read, self.rows, self.stage) = (count, 0, 0, None),
            Event::Read(path) => {
                self.waiting.remove(path);
                self.read += 1;
            }
            Event::Rows(count) => self.rows += count,
            Event::Stage(name) => self.stage = Some(Stage { name: name.to_owned(), began: elapsed, step: None }),
            Event::Step { done, of, what } => {
                if let Some(stage) = &mut self.stage {
                    stage.step = Some((done, of, what.to_owned()));
                }
            }
        }
    }

    /// The line that stands on the terminal so long after the beginning.
    pub fn in_words(&self, elapsed: Duration) -> String {
        match &self.stage {
            Some(stage) => self.of_stage(stage, elapsed),
            None => self.of_reading(elapsed),
        }
    }

    /// `3 of 18 workbooks read, 1,200 rows, 4 seconds so far, about 20 seconds left to read`.
    fn of_reading(&self, elapsed: Duration) -> String {
        let mut parts = vec![match (self.found, self.read, self.waiting.keys().next()) {
            (0, _, _) => "Looking for workbooks".to_owned(),
            (1, 0, Some(only)) => format!("Reading {}", visible_text(only)),
            (1, 0, None) => "Reading 1 workbook".to_owned(),
            (found, read, _) => format!("{} of {} workbooks read", number(read), number(found)),
        }];
        parts.extend(self.rows_read());
        parts.push(format!("{} so far", in_words(elapsed)));
        parts.extend(left(self.part_read(), elapsed).map(|left| format!("about {left} left to read")));
        parts.join(", ")
    }

    /// `Writing the outputs: 1,200 of 8,000 rows, 7 seconds so far, about 3 seconds left`.
    fn of_stage(&self, stage: &Stage, elapsed: Duration) -> String {
        let mut parts = Vec::new();
        match &stage.step {
            Some((done, of, what)) => {
                parts.push(format!("{}: {} of {} {what}", stage.name, number(*done), number(*of)));
                parts.push(format!("{} so far", in_words(elapsed)));
                let part = *done as f64 / (*of).max(1) as f64;
                let took = elapsed.saturating_sub(stage.began);
                parts.extend(left(part, took).map(|left| format!("about {left} left")));
            }
            None => {
                parts.push(stage.name.clone());
                parts.extend(self.rows_read());
                parts.push(format!("{} so far", in_words(elapsed)));
            }
        }
        parts.join(", ")
    }

    fn rows_read(&self) -> Option<String> {
        let rows = if self.rows == 1 { "row" } else { "rows" };
        (self.rows > 0).then(|| format!("{} {rows}", number(self.rows)))
    }

    /// How much of the workbooks was read: by their bytes, where these are known, since a ledger takes longer than a list.
    fn part_read(&self) -> f64 {
        if self.bytes > 0 {
            let waiting: u64 = self.waiting.values().sum();
            1.0 - waiting as f64 / self.bytes as f64
        } else {
            self.read as f64 / self.found.max(1) as f64
        }
    }
}

/// What is left, when a part took so long; none when it cannot be told, or nothing is left.
fn left(part: f64, took: Duration) -> Option<String> {
    let can_be_told = (LEAST_PART..1.0).contains(&part);
    can_be_told.then(|| in_words(took.mul_f64((1.0 - part) / part).max(Duration::from_secs(1))))
}

/// Whole seconds below two minutes, whole minutes above.
fn in_words(time: Duration) -> String {
    match time.as_secs() {
        1 => "1 second".to_owned(),
        seconds if seconds < 120 => format!("{seconds} seconds"),
        seconds => format!("{} minutes", (seconds + 30) / 60),
    }
}

fn number(number: usize) -> String {
    grouped(number as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(seconds: f64) -> Duration {
        Duration::from_secs_f64(seconds)
    }

    /// Three workbooks of which the second is as long as eight others.
    fn three() -> Going {
        let lengths = [("a.xlsx", 100), ("ledger.xlsx", 800), ("z.xlsx", 100)];
        let mut going = Going::over(lengths.into_iter().map(|(path, length)| (path.to_owned(), length)));
        going.hear(Event::Found(3), seconds(0.0));
        going
    }

    #[test]
    fn workbooks_rows_and_the_time_left() {
        let mut going = three();
        assert_eq!(going.in_words(seconds(1.0)), "0 of 3 workbooks read, 1 second so far");
        going.hear(Event::Rows(1), seconds(2.0));
        going.hear(Event::Read("a.xlsx"), seconds(2.0));
        // A tenth of the bytes took two seconds.
        assert_eq!(
            going.in_words(seconds(2.0)),
            "1 of 3 workbooks read, 1 row, 2 seconds so far, about 18 seconds left to read"
        );
        going.hear(Event::Rows(799_999), seconds(170.0));
        going.hear(Event::Read("ledger.xlsx"), seconds(170.0));
        assert_eq!(
            going.in_words(seconds(170.0)),
            "2 of 3 workbooks read, 800,000 rows, 3 minutes so far, about 18 seconds left to read"
        );
        going.hear(Event::Read("z.xlsx"), seconds(171.0));
        assert_eq!(going.in_words(seconds(171.0)), "3 of 3 workbooks read, 800,000 rows, 3 minutes so far");
    }

    #[test]
    fn workbooks_of_unknown_length_count_alike() {
        let mut going = Going::default();
        assert_eq!(going.in_words(seconds(2.0)), "Looking for workbooks, 2 seconds so far");
        going.hear(Event::Found(40), seconds(0.0));
        going.hear(Event::Read("1.xlsx"), seconds(1.0));
        // One in forty tells nothing yet.
        assert_eq!(going.in_words(seconds(1.0)), "1 of 40 workbooks read, 1 second so far");
        going.hear(Event::Read("2.xlsx"), seconds(2.0));
        assert_eq!(
            going.in_words(seconds(2.0)),
            "2 of 40 workbooks read, 2 seconds so far, about 38 seconds left to read"
        );
    }

    #[test]
    fn one_long_workbook_is_named_and_its_time_runs() {
        let mut going = Going::over([("ledger\u{1b}[2J.xlsx".to_owned(), 5)].into_iter());
        going.hear(Event::Found(1), seconds(0.0));
        let line = going.in_words(seconds(1.1));
        assert!(line.starts_with("Reading ledger") && line.ends_with(", 1 second so far"), "{line}");
        assert!(!line.contains('\u{1b}'), "a name must not clear the screen: {line}");
        assert!(going.in_words(seconds(119.9)).ends_with(", 119 seconds so far"));
        assert!(going.in_words(seconds(150.0)).ends_with(", 3 minutes so far"));
    }

    #[test]
    fn stages_and_their_steps() {
        let mut going = three();
        going.hear(Event::Rows(200_000), seconds(6.0));
        going.hear(Event::Stage("Checking across workbooks"), seconds(10.0));
        assert_eq!(going.in_words(seconds(12.0)), "Checking across workbooks, 200,000 rows, 12 seconds so far");
        going.hear(Event::Stage("Writing the consolidated workbook"), seconds(20.0));
        let rows = |done| Event::Step { done, of: 200_000, what: "rows" };
        going.hear(rows(0), seconds(20.0));
        assert_eq!(
            going.in_words(seconds(20.0)),
            "Writing the consolidated workbook: 0 of 200,000 rows, 20 seconds so far"
        );
        going.hear(rows(120_000), seconds(32.0));
        // Three fifths took twelve seconds of this stage.
        assert_eq!(
            going.in_words(seconds(32.0)),
            "Writing the consolidated workbook: 120,000 of 200,000 rows, 32 seconds so far, about 8 seconds left"
        );
        going.hear(rows(200_000), seconds(40.0));
        assert_eq!(
            going.in_words(seconds(40.0)),
            "Writing the consolidated workbook: 200,000 of 200,000 rows, 40 seconds so far"
        );
        // A step of no stage is of nothing that is shown.
        let mut reading = three();
        reading.hear(rows(1), seconds(1.0));
        assert_eq!(reading.in_words(seconds(1.0)), "0 of 3 workbooks read, 1 second so far");
    }
}
