//! A line on standard output for each thing that happens, with the time.

use std::io::{Write, stdout};
use std::path::{Path, PathBuf};

use crate::export::console::visible_text;
use crate::export::outputs::OutputError;

/// The time on the officer's clock: `14:05`.
pub fn time() -> String {
    chrono::Local::now().format("%H:%M").to_string()
}

/// Says something, with the time.
pub fn say(text: &str) {
    line(&format!("{}  {}", time(), visible_text(text)));
}

/// Says more of the same.
pub fn say_more(text: &str) {
    line(&format!("       {}", visible_text(text)));
}

/// Each line is sent at once, so that it can be followed through a pipe. Nobody needs to listen.
fn line(text: &str) {
    let mut out = stdout().lock();
    let _ = writeln!(out, "{text}").and_then(|()| out.flush());
}

/// A place below the output folder, from its path with `/`.
pub fn output_place(output: &Path, below: &str) -> PathBuf {
    below.split('/').fold(output.to_owned(), |place, part| place.join(part))
}

/// A place below the output folder, as it is said.
pub fn output_path(output: &Path, below: &str) -> String {
    output_place(output, below).display().to_string()
}

/// Why outputs cannot be written yet, for somebody who only has to wait, or to close a file: it is tried again and again.
pub fn why_not_yet(error: &OutputError) -> String {
    match error {
        OutputError::Busy { folder, holder } => {
            let who = holder.as_ref().map(|holder| format!(" ({holder})")).unwrap_or_default();
            format!("Another run is writing to {}{who}. Waiting until it has ended.", folder.display())
        }
        OutputError::InUse { path, source } => format!(
            "{} cannot be replaced ({source}). It may be open in Excel or another program: close it. Until then the earlier \
             outputs stay as they are; it is tried again at every look.",
            path.display()
        ),
        other => format!("{other} It is tried again at every look."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::outputs::Holder;

    #[test]
    fn what_keeps_outputs_from_being_written() {
        let holder = Holder { process: 7, computer: None, since: "3 July 2023 at 09:30 UTC".to_owned() };
        let busy = OutputError::Busy { folder: "output".into(), holder: Some(holder) };
        assert_eq!(
            why_not_yet(&busy),
            "Another run is writing to output (process 7, since 3 July 2023 at 09:30 UTC). Waiting until it has ended."
        );
        let source = std::io::Error::new(std::io::ErrorKind::PermissionDenied, "access denied");
        let in_use = OutputError::InUse { path: "output/for-officers/consolidated.xlsx".into(), source };
        assert_eq!(
            why_not_yet(&in_use),
            "output/for-officers/consolidated.xlsx cannot be replaced (access denied). It may be open in Excel or another \
             program: close it. Until then the earlier outputs stay as they are; it is tried again at every look."
        );
    }
}
