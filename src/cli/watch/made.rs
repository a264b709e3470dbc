//! What was made of an inbox, and what was said of it.

use std::path::Path;

use super::saying::{output_path, say, say_more};
use super::seeing::Inputs;
use crate::export::outputs::{Kept, appendix_path};
use crate::export::{count, counts, standing};
use crate::model::{Event, Progress, Report, Workbook};
use crate::pipeline::{self, Options, Outputs, PublishError};
use crate::schema::Pack;
use crate::watch::{Effects, Judged, Look, change_lines, new_lines, verdict_line};

/// The page that names all findings.
pub const PAGE: &str = "for-officers/findings.html";

/// What a run made, to be written; with the look and the inputs that it is made of.
pub struct Made {
    pub look: Look,
    pub inputs: Inputs,
    pub report: Report,
    pub outputs: Outputs,
}

/// Why nothing could be made, in words.
pub struct NotMade(pub String);

impl From<pipeline::Error> for NotMade {
    fn from(error: pipeline::Error) -> Self {
        Self(error.to_string())
    }
}

impl From<PublishError> for NotMade {
    fn from(error: PublishError) -> Self {
        Self(error.to_string())
    }
}

/// Judges workbooks that were read, and makes the outputs. `time` is for the manifest.
pub fn make(
    pack: &Pack,
    inbox: &crate::inbox::Inbox,
    workbooks: Vec<Workbook>,
    options: &Options,
    time: &str,
    progress: &dyn Progress,
) -> Result<(Report, Outputs), NotMade> {
    let mut ran = pipeline::judge(pack, inbox, workbooks, options, progress)?;
    progress.event(Event::Stage("Writing the outputs"));
    let outputs = pipeline::publish(&mut ran, pack, time, progress)?;
    Ok((ran.report, outputs))
}

impl Made {
    /// What is compared with the next run.
    pub fn judged(&self) -> Judged {
        Judged::of(&self.report, &self.inputs.open_in)
    }

    /// Says what is other than before: all of it, when nothing was judged before.
    pub fn tell(&self, before: Option<&Judged>, said_verdict: &mut String, output: &Path, kept: &[Kept]) {
        let after = self.judged();
        let nothing = Judged::default();
        let effects = Effects::between(before.unwrap_or(&nothing), &after);
        if before.is_some() {
            for line in change_lines(&effects) {
                say(&line);
            }
        } else {
            let workbooks = count(self.report.workbooks.len(), "workbook", "workbooks");
            say(&format!("{workbooks} in the inbox: {}", counts(&self.report)));
        }
        for line in new_lines(&effects.new, &output_path(output, PAGE)) {
            say_more(&line);
        }
        let appendix = output_path(output, &appendix_path(!self.outputs.draft, "pdf"));
        let line = verdict_line(&self.report, &standing(&self.report), self.outputs.draft, &appendix);
        if line != *said_verdict {
            say(&line);
            *said_verdict = line;
        }
        for kept in kept {
            say(&kept.to_string());
        }
    }
}
