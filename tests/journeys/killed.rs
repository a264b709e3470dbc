//! The program is killed at a hundred moments, and started again.
//!
//! Right after each kill, no final appendix lies there that the manifest does not vouch for. After the next start, which
//! writes nothing of its own, the folder holds what it held or what was being written, whole, and nothing else.

use std::collections::BTreeMap;
use std::fs;
use std::hint;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value as Json;

use crate::chance::Chance;
use crate::desk::{Desk, text};
use crate::small_desk::{Made, TEMPORARY, has_rubbish, outputs_of, small_desk, started, wait_for};
use crate::unchanged_inbox::traces;

/// How many moments there are: each of the two desks has half of them.
const MOMENTS: usize = 100;
const STAGING: &str = "output/.crosscast-staging";
const JOURNAL: &str = "output/.crosscast-staging/journal.json";

/// In this time a few files are renamed.
const A_FEW_STEPS: Duration = Duration::from_micros(100);

/// Files by path with their marks; the manifest is left out, for it holds the time.
type Marks = BTreeMap<String, String>;

/// From when the time until the kill is counted.
#[derive(Debug, Clone, Copy)]
enum Phase {
    /// The start of the run.
    Run,
    /// When the first new output is written, to be exchanged later.
    Staging,
    /// When outputs begin to be exchanged.
    Exchange,
    /// When a new appendix has come in.
    Appendix,
}

/// How many kills came to what.
#[derive(Debug, Default)]
struct Tally {
    /// Before anything was exchanged.
    before: usize,
    /// While outputs were exchanged.
    during: usize,
    /// After the run had ended.
    after: usize,
}

/// What runs make when nobody kills them, and how long they take.
struct Undisturbed {
    made: Vec<(Made, Marks)>,
    run: Duration,
    staging: Duration,
    exchange: Duration,
}

#[test]
fn killed_at_a_hundred_moments() {
    let desks = thread::scope(|scope| {
        let desks = ["one", "two"].map(|word| scope.spawn(move || kill_many(MOMENTS / 2, Chance::new(5, word))));
        desks.map(|desk| desk.join().unwrap())
    });
    let sum = |of: fn(&Tally) -> usize| desks.iter().map(of).sum::<usize>();
    let (before, during, after) = (sum(|tally| tally.before), sum(|tally| tally.during), sum(|tally| tally.after));
    println!("{before} before the exchange, {during} during it, {after} after the end");
    assert_eq!(before + during + after, MOMENTS);
    // Else the moments would have to be chosen anew.
    assert!(before >= 10 && during >= 5, "{before} {during} {after}");
}

fn kill_many(moments: usize, mut chance: Chance) -> Tally {
    let undisturbed = Undisturbed::measured();
    let desk = small_desk();
    let inboxes = ["inbox", "inbox of June"].map(|inbox| traces(&desk.path(inbox)));
    let mut tally = Tally::default();
    let mut old: Option<Made> = None;
    for moment in 0..moments {
        let others: Vec<Made> = Made::ALL.into_iter().filter(|made| Some(*made) != old).collect();
        let new = *chance.of(&others).unwrap();
        let (phase, length) = match moment % 10 {
            0..2 => (Phase::Run, undisturbed.run),
            2..5 => (Phase::Staging, undisturbed.staging),
            5..7 => (Phase::Exchange, undisturbed.exchange),
            _ => (Phase::Appendix, A_FEW_STEPS),
        };
        let delay = Duration::from_micros(chance.within(0, u32::try_from(length.as_micros()).unwrap()).into());
        let what = format!("moment {moment}: {old:?} to {new:?}, killed {delay:?} after {phase:?}");

        let ended = kill(&desk, new, phase, delay);
        assert_vouched(&desk, &what);
        let (is_old, is_new) = (undisturbed.are_of(old, &desk, false), undisturbed.are_of(Some(new), &desk, false));
        assert!(is_old || is_new, "{what}: a mixture: {:?}", desk.outputs());
        match (desk.path(JOURNAL).exists(), ended) {
            (true, _) => tally.during += 1,
            (false, true) => tally.after += 1,
            (false, false) => tally.before += 1,
        }

        start_again(&desk, &what);
        assert_vouched(&desk, &what);
        assert!(!has_rubbish(&desk.path("output")), "{what}: rubbish");
        let is_new = undisturbed.are_of(Some(new), &desk, true);
        assert!(is_new || undisturbed.are_of(old, &desk, true), "{what}: not whole: {:?}", desk.outputs());
        if is_new {
            old = Some(new);
        }
        // Now and then the folder is new.
        if moment % 10 == 9 {
            fs::remove_dir_all(desk.path("output")).unwrap();
            old = None;
        }
    }
    assert_eq!(inboxes, ["inbox", "inbox of June"].map(|inbox| traces(&desk.path(inbox))));
    assert_eq!(fs::read_dir(desk.path(TEMPORARY)).unwrap().count(), 0, "temporary files");
    tally
}

/// Starts a run and kills it; whether it had ended before.
fn kill(desk: &Desk, made: Made, phase: Phase, delay: Duration) -> bool {
    let mut child = started(desk, &made.arguments());
    match phase {
        Phase::Run => true,
        Phase::Staging => wait_for(&desk.path(STAGING), &mut child),
        Phase::Exchange | Phase::Appendix => wait_for(&desk.path(JOURNAL), &mut child),
    };
    if matches!(phase, Phase::Appendix) {
        let pdf = made.files().into_iter().find(|path| path.ends_with(".pdf")).unwrap();
        let staged = desk.path(STAGING).join(format!("new/{pdf}.staged"));
        while staged.exists() {
            hint::spin_loop();
        }
    }
    // To sleep would take longer than the shorter of these times.
    let moment = Instant::now() + delay;
    while Instant::now() < moment {
        hint::spin_loop();
    }
    let ended = child.try_wait().unwrap().is_some();
    child.kill().unwrap();
    child.wait().unwrap();
    ended
}

/// Starts a run that cannot do its work, so that all it does to the outputs is to put them right.
fn start_again(desk: &Desk, what: &str) {
    let ended = desk.crosscast(&["run", "inbox", "--year", "2099"]);
    assert_eq!((ended.status, ended.out.as_str()), (2, ""), "{what}: {}", ended.err);
    let lines: Vec<&str> = ended.err.lines().collect();
    assert_eq!(lines.last(), Some(&"The pack has no year named 2099. It has: 2022-23."), "{what}: {}", ended.err);
    let cut_off = "An earlier run was cut off while it wrote to output. Its outputs have been completed.";
    assert!(lines.len() == 1 || lines[0] == cut_off, "{what}: {}", ended.err);
}

/// At no moment is there a final appendix that the manifest does not vouch for, nor a final one beside a DRAFT.
fn assert_vouched(desk: &Desk, what: &str) {
    let there: Marks = outputs_of(&desk.path("output")).into_iter().collect();
    for path in Made::Final.files().iter().filter(|path| path.starts_with("for-committee/")) {
        let Some(mark) = there.get(*path) else { continue };
        assert!(there.contains_key("manifest.json"), "{what}: {path} without a manifest");
        let (is_final, listed) = manifest_of(desk);
        assert!(is_final && listed.get(*path) == Some(mark), "{what}: the manifest does not vouch for {path}");
        assert!(!there.keys().any(|path| path.contains("-DRAFT")), "{what}: {path} beside a DRAFT");
    }
    // Nor does one lie where nobody would look for it.
    let all = if desk.path("output").exists() { desk.outputs() } else { Vec::new() };
    let is_final =
        |path: &&String| path.ends_with("/committee-appendix.pdf") || path.ends_with("/committee-appendix.html");
    let finals: Vec<&String> = all.iter().filter(is_final).collect();
    assert!(finals.iter().all(|path| Made::Final.files().contains(&path.as_str())), "{what}: {finals:?}");
}

/// Whether the manifest speaks of a final appendix, and the outputs that it lists.
fn manifest_of(desk: &Desk) -> (bool, Marks) {
    let manifest: Json = serde_json::from_str(&desk.output("manifest.json")).unwrap();
    let outputs = manifest["outputs"].as_array().unwrap().iter();
    let listed = outputs.map(|file| (text(&file["path"]).to_owned(), text(&file["sha256"]).to_owned())).collect();
    (manifest["final"].as_bool().unwrap(), listed)
}

impl Undisturbed {
    fn measured() -> Self {
        let mut this =
            Self { made: Vec::new(), run: Duration::ZERO, staging: Duration::ZERO, exchange: Duration::ZERO };
        for made in Made::ALL {
            let desk = small_desk();
            let mut child = started(&desk, &made.arguments());
            let began = Instant::now();
            wait_for(&desk.path(STAGING), &mut child);
            let staging = Instant::now();
            wait_for(&desk.path(JOURNAL), &mut child);
            let exchange = Instant::now();
            assert!(child.wait().unwrap().success());
            (this.run, this.staging, this.exchange) = (began.elapsed(), staging.elapsed(), exchange.elapsed());
            let mut marks: Marks = outputs_of(&desk.path("output")).into_iter().collect();
            marks.remove("manifest.json");
            assert_eq!(manifest_of(&desk), (made != Made::Draft, marks.clone()));
            this.made.push((made, marks));
        }
        this
    }

    /// Whether the outputs are some of those of a run, or all of them; none of them when there was no run.
    fn are_of(&self, made: Option<Made>, desk: &Desk, all: bool) -> bool {
        let mut there: Marks = outputs_of(&desk.path("output")).into_iter().collect();
        let Some(made) = made else { return there.is_empty() };
        let (_, marks) = self.made.iter().find(|(other, _)| *other == made).unwrap();
        let has_manifest = there.remove("manifest.json").is_some();
        let is_its_manifest = has_manifest && manifest_of(desk) == (made != Made::Draft, marks.clone());
        if all {
            is_its_manifest && there == *marks
        } else {
            (is_its_manifest || !has_manifest) && there.iter().all(|(path, mark)| marks.get(path) == Some(mark))
        }
    }
}

/// What a run has begun to read in another process goes on for a while when the run is killed; it does not hold the folder.
#[cfg(target_os = "linux")]
#[test]
fn a_reader_that_lives_on_holds_nothing() {
    use rustix::process::{Pid, Signal, kill_process};

    let desk = small_desk();
    // Before it has become a program of its own it is a copy of the run, and holds what the run holds.
    let is_reader = |number: &i32| {
        fs::read_to_string(format!("/proc/{number}/cmdline")).is_ok_and(|command| command.contains("open-workbook"))
    };
    let reader_of = |run: u32| {
        let tasks = fs::read_dir(format!("/proc/{run}/task")).ok()?;
        let children = tasks.flatten().filter_map(|task| fs::read_to_string(task.path().join("children")).ok());
        children
            .flat_map(|numbers| numbers.split_whitespace().map(str::parse).collect::<Vec<_>>())
            .flatten()
            .find(is_reader)
    };
    for _ in 0..60 {
        let mut run = started(&desk, &Made::Final.arguments());
        let reader = loop {
            let found = reader_of(run.id()).and_then(Pid::from_raw);
            if found.is_some() || run.try_wait().unwrap().is_some() {
                break found;
            }
        };
        let stopped = reader.filter(|reader| kill_process(*reader, Signal::STOP).is_ok());
        run.kill().unwrap();
        run.wait().unwrap();
        let Some(reader) = stopped else { continue };
        // It may have ended just before, and is then gone with the run, or still to be told of.
        let is_alive = fs::read_to_string(format!("/proc/{}/stat", reader.as_raw_nonzero()))
            .is_ok_and(|stat| stat.rsplit_once(") ").is_some_and(|(_, rest)| rest.starts_with('T')));
        start_again(&desk, "while the reader is still there");
        let _ = kill_process(reader, Signal::KILL);
        if is_alive {
            return;
        }
    }
    panic!("no reader could be stopped");
}
