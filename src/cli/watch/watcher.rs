//! What is known from look to look, and what is done at each.

use std::env;
use std::path::Path;

use anyhow::{Result, bail};

use super::WatchArguments;
use super::made::{Made, NotMade, PAGE, make};
use super::pack::{PackLook, WatchedPack};
use super::saying::{output_path, output_place, say, say_more, time, why_not_yet};
use super::seeing::{Inputs, discover, look_at};
use crate::cli::progress::Bar;
use crate::cli::run::{now, take};
use crate::cli::stopping::Stopping;
use crate::export::manifest::MANIFEST;
use crate::export::outputs::{FOR_COMMITTEE, OutputError};
use crate::inbox::Inbox;
use crate::model::Silent;
use crate::pipeline::Remembered;
use crate::schema::Pack;
use crate::watch::{Effects, Judged, Look, Settled, Settling, change_lines};

/// In so many seconds without a change the workbooks are read once, to find one that has other bytes with the same length and
/// time.
const CLOSE_LOOK_AFTER: f64 = 60.0;
/// After so many looks it is said what is waited for.
const SAID_AFTER: usize = 10;
/// Set by whoever does not want a browser to be opened.
const NO_BROWSER: &str = "CROSSCAST_NO_BROWSER";

/// A drop folder.
pub struct Watcher<'a> {
    arguments: &'a WatchArguments,
    pack: WatchedPack,
    stopping: Stopping,
    settling: Settling,
    remembered: Remembered,
    /// What the inbox looked like when it was judged last; none when it is to be judged again whatever it looks like.
    judged_look: Option<Look>,
    inputs: Option<Inputs>,
    /// What the inbox looked like when the final appendix was held against it, while the pack cannot be used.
    guarded_look: Option<Look>,
    /// What was found when outputs were made last; none before the first time.
    judged: Option<Judged>,
    /// What could not be written yet.
    waiting: Option<Made>,
    /// What was said last of the output folder, while it cannot be written to.
    trouble: Option<String>,
    said_verdict: String,
    is_lost: bool,
    /// Whether workbooks were in the inbox when it was judged last.
    had_workbooks: bool,
    /// The outputs that this watcher made and that should be there, by their paths below the output folder, with `/`.
    made_files: Vec<String>,
    opens_page: bool,
}

impl<'a> Watcher<'a> {
    /// Begins to watch: puts right what an earlier run left half done, and listens for Ctrl-C.
    ///
    /// # Errors
    /// When outputs can never be written to the folder, as it is.
    pub fn begin(arguments: &'a WatchArguments, pack: Pack) -> Result<Self> {
        // A folder that is not there needs nothing put right, and is made when there is something to write.
        if arguments.output.exists() {
            match take(&arguments.output) {
                Ok(held) => drop(held),
                // Somebody is at work there, or has a file open: that passes.
                Err(OutputError::Busy { .. } | OutputError::InUse { .. } | OutputError::NotPutBack { .. }) => {}
                Err(OutputError::CannotRead { .. }) => {}
                Err(other) => bail!(other),
            }
        }
        let stopping = Stopping::listen()?;
        let (inbox, output) = (arguments.inbox.display(), arguments.output.display());
        say(&format!("Watching {inbox}. The outputs go to {output}. Ctrl-C ends it."));
        let close_look_after = CLOSE_LOOK_AFTER / arguments.every.as_secs_f64();
        Ok(Self {
            pack: WatchedPack::new(pack, arguments.common.pack_folder()),
            stopping,
            settling: Settling::new(close_look_after as usize),
            remembered: Remembered::default(),
            judged_look: None,
            inputs: None,
            guarded_look: None,
            judged: None,
            waiting: None,
            trouble: None,
            said_verdict: String::new(),
            is_lost: false,
            had_workbooks: false,
            made_files: Vec::new(),
            opens_page: arguments.opens_page,
            arguments,
        })
    }

    /// Looks at the pack and at the inbox, and does what is to be done.
    pub fn look(&mut self) {
        match self.pack.look() {
            PackLook::NotReady => return self.guard_final(),
            PackLook::New => {
                say("The pack was changed: all workbooks are read again.");
                self.begin_anew();
            }
            PackLook::Same => {}
        }
        let inbox = match self.discover() {
            Ok(inbox) => inbox,
            Err(why) => return self.lose_sight(&why),
        };
        if self.is_lost {
            say(&format!("{} is there again.", self.arguments.inbox.display()));
            self.is_lost = false;
        }
        if self.made_files.iter().any(|path| !output_place(&self.arguments.output, path).exists()) {
            say(&format!("Outputs are gone from {}. They are made again.", self.arguments.output.display()));
            self.begin_anew();
        }
        let look = look_at(&inbox, self.judged_look.as_ref());
        match self.settling.look(&look, self.judged_look.as_ref()) {
            Settled::Quiet => {}
            Settled::Moving { workbooks, looks } => say_what_moves(&workbooks, looks),
            Settled::LookClosely if self.is_as_it_was(&inbox, &look) => {}
            Settled::AtRest | Settled::LookClosely => self.settled(&inbox, look, true),
            Settled::NeverAtRest => self.settled(&inbox, look, false),
        }
    }

    /// While the pack cannot be used nothing is made. A final appendix does not outlive the workbooks that it was made from.
    fn guard_final(&mut self) {
        let Ok(inbox) = self.discover() else { return };
        let look = look_at(&inbox, self.judged_look.as_ref());
        let known = [&self.judged_look, &self.guarded_look];
        if known.into_iter().flatten().any(|known| *known == look) || !self.arguments.output.exists() {
            return;
        }
        let workbooks = self.remembered.read(&self.pack.pack, &inbox, &self.arguments.common.options(), &Silent);
        let inputs = Inputs::of(&inbox, &workbooks, &look);
        // An output folder that cannot be had now is tried again at the next look.
        let Ok(()) = self.hold(&Bar::new()) else { return };
        let withdrawn = self.withdraw(&inputs);
        self.stopping.release();
        if let Ok(is_withdrawn) = withdrawn {
            self.guarded_look = Some(look);
            if is_withdrawn {
                say("The workbooks have changed while nothing can be made.");
                self.say_withdrawn();
            }
        }
    }

    /// Has everything made again at the next look, whatever it sees.
    fn begin_anew(&mut self) {
        self.judged_look = None;
        self.inputs = None;
        self.waiting = None;
        self.made_files.clear();
    }

    fn discover(&self) -> Result<Inbox, String> {
        discover(&self.arguments.inbox, &self.arguments.output)
    }

    fn lose_sight(&mut self, why: &str) {
        self.settling.lose_sight();
        if !self.is_lost {
            say(&format!("{why} The outputs stay as they are. Waiting until it is back."));
            self.is_lost = true;
        }
    }

    /// Whether the workbooks still hold what they held, by their bytes.
    fn is_as_it_was(&mut self, inbox: &Inbox, look: &Look) -> bool {
        let options = self.arguments.common.options();
        let workbooks = self.remembered.read(&self.pack.pack, inbox, &options, &Silent);
        inbox.workbooks.is_empty() || self.inputs.as_ref() == Some(&Inputs::of(inbox, &workbooks, look))
    }

    /// The inbox is other than it was judged. It is at rest, unless it never comes to rest.
    fn settled(&mut self, inbox: &Inbox, look: Look, is_at_rest: bool) {
        let done = match self.waiting.take_if(|made| made.look == look) {
            Some(made) => self.write(made),
            None if look.workbooks.is_empty() => self.emptied(look),
            None => {
                self.waiting = None;
                self.run(inbox, look, is_at_rest)
            }
        };
        self.stopping.release();
        match done {
            Ok(()) => self.trouble = None,
            Err(error) => {
                let why = why_not_yet(&error);
                if self.trouble.as_ref() != Some(&why) {
                    say(&why);
                    self.trouble = Some(why);
                }
            }
        }
    }

    /// Reads what changed, judges all, and writes the outputs.
    fn run(&mut self, inbox: &Inbox, look: Look, is_at_rest: bool) -> Result<(), OutputError> {
        let bar = Bar::new();
        self.hold(&bar)?;
        let options = self.arguments.common.options();
        let workbooks = self.remembered.read(&self.pack.pack, inbox, &options, &bar);
        let again = self.discover().map(|inbox| look_at(&inbox, self.judged_look.as_ref()));
        if again.as_ref().map_or(true, |again| is_at_rest && *again != look) {
            // It went on changing, or its drive went away, while it was read: what was read is not of one moment.
            return Ok(());
        }
        self.had_workbooks = true;
        let inputs = Inputs::of(inbox, &workbooks, &look);
        if self.inputs.as_ref() == Some(&inputs) {
            // Written again, with the same bytes.
            self.judged_look = Some(look);
            return Ok(());
        }
        match make(&self.pack.pack, inbox, workbooks, &options, &now(), &bar) {
            Ok((report, outputs)) => self.write_held(Made { look, inputs, report, outputs }),
            Err(not_made) => self.not_made(&not_made, look, inputs),
        }
    }

    /// Writes what could not be written before.
    fn write(&mut self, made: Made) -> Result<(), OutputError> {
        if let Err(error) = self.hold(&Bar::new()) {
            self.waiting = Some(made);
            return Err(error);
        }
        self.write_held(made)
    }

    /// Writes what was made, unless just that is there already; what cannot be written waits.
    fn write_held(&mut self, made: Made) -> Result<(), OutputError> {
        let (files, manifest) = (&made.outputs.files, &made.outputs.manifest);
        let written = self.stopping.work(|held| match held.written_at(files, manifest)? {
            Some(_) => Ok(Vec::new()),
            None => held.write(files, manifest),
        });
        // Whoever hears of it finds the folder free.
        self.stopping.release();
        let kept = match written {
            Some(Ok(kept)) => kept,
            Some(Err(error)) => {
                self.waiting = Some(made);
                return Err(error);
            }
            None => Vec::new(),
        };
        self.stopping.made_at(&time());
        made.tell(self.judged.as_ref(), &mut self.said_verdict, &self.arguments.output, &kept);
        self.judged = Some(made.judged());
        self.judged_look = Some(made.look);
        self.inputs = Some(made.inputs);
        self.made_files =
            made.outputs.files.iter().map(|file| file.path.clone()).chain([MANIFEST.to_owned()]).collect();
        if std::mem::take(&mut self.opens_page) {
            open(&output_place(&self.arguments.output, PAGE));
        }
        Ok(())
    }

    /// Nothing can be made of the inbox as it is. A final appendix that was made from other workbooks must not be published
    /// by accident meanwhile.
    fn not_made(&mut self, not_made: &NotMade, look: Look, inputs: Inputs) -> Result<(), OutputError> {
        let is_withdrawn = self.withdraw(&inputs)?;
        self.stopping.release();
        say("Nothing can be made of the inbox as it is:");
        not_made.0.lines().for_each(say_more);
        if is_withdrawn {
            self.say_withdrawn();
        } else {
            say_more("The outputs stay as they are.");
        }
        self.judged_look = Some(look);
        self.inputs = Some(inputs);
        Ok(())
    }

    /// There are no workbooks, or none any more.
    fn emptied(&mut self, look: Look) -> Result<(), OutputError> {
        let inbox = self.arguments.inbox.display();
        let nothing = Judged::default();
        if self.had_workbooks {
            self.hold(&Bar::new())?;
            let is_withdrawn = self.withdraw(&Inputs::default())?;
            self.stopping.release();
            for line in change_lines(&Effects::between(self.judged.as_ref().unwrap_or(&nothing), &nothing)) {
                say(&line);
            }
            say(&format!("There are no workbooks in {inbox} any more. Waiting for some."));
            if is_withdrawn {
                self.say_withdrawn();
            } else {
                say_more("The outputs stay as they are until then.");
            }
        } else {
            say(&format!("There are no workbooks in {inbox} yet. Waiting for the first."));
            if self.arguments.output.join(MANIFEST).exists() {
                say_more("The outputs that are there are of an earlier run, and stay as they are until then.");
            }
        }
        self.judged = Some(nothing);
        self.judged_look = Some(look);
        self.inputs = None;
        self.waiting = None;
        self.had_workbooks = false;
        self.said_verdict.clear();
        Ok(())
    }

    /// Holds the output folder, so that nobody else writes to it.
    fn hold(&self, bar: &Bar) -> Result<(), OutputError> {
        self.stopping.hold(|| take(&self.arguments.output), bar)
    }

    fn withdraw(&self, inputs: &Inputs) -> Result<bool, OutputError> {
        self.stopping.work(|held| held.withdraw_final(&inputs.workbooks)).unwrap_or(Ok(false))
    }

    fn say_withdrawn(&mut self) {
        let folder = output_path(&self.arguments.output, "for-committee");
        say_more(&format!(
            "The final appendix was made from other workbooks, so it has been taken away from {folder}. Other outputs stay as \
             they are."
        ));
        self.made_files.retain(|path| !path.starts_with(FOR_COMMITTEE));
        self.said_verdict.clear();
    }
}

/// Says what is waited for, when that takes long; and again as long after.
fn say_what_moves(workbooks: &[String], looks: usize) {
    if looks.is_multiple_of(SAID_AFTER)
        && let Some(first) = workbooks.first()
    {
        let more = if workbooks.len() > 1 { format!(" and {} more", workbooks.len() - 1) } else { String::new() };
        say(&format!("Waiting for {first}{more}: still being copied or saved, or kept by another program."));
    }
}

/// Shows the findings page in a browser, or says where it lies.
fn open(page: &Path) {
    let is_asked_not_to = env::var_os(NO_BROWSER).is_some_and(|value| !value.is_empty());
    let shown = page.display();
    match if is_asked_not_to { None } else { Some(opener::open(page)) } {
        Some(Ok(())) => say(&format!("The findings page is opened: {shown}")),
        Some(Err(error)) => say(&format!("The findings page could not be opened ({error}). It is {shown}")),
        None => say(&format!("The findings page is {shown}")),
    }
}
