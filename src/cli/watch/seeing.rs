//! Looking at the inbox: what a look sees without reading, and what is known of workbooks that were read.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::checks;
use crate::export::manifest::ReadFile;
use crate::inbox::{self, Found, Inbox, InboxError};
use crate::model::{UnreadableWorkbook, Workbook};
use crate::watch::{Look, Seen};

/// What lies in the folder; an inbox without workbooks where there are none.
///
/// # Errors
/// Why it cannot be told, in a sentence: most often since its drive is not connected.
pub fn discover(folder: &Path, output: &Path) -> Result<Inbox, String> {
    let gone = || format!("There is no folder at {}, or its drive is not connected.", folder.display());
    if !folder.is_dir() {
        return Err(gone());
    }
    match Inbox::discover(&[folder.to_owned()], Some(output)) {
        Ok(inbox) => Ok(inbox),
        // It may have gone while it was looked through.
        Err(InboxError::Empty(_)) if folder.is_dir() => Ok(Inbox { whole: true, ..Inbox::default() }),
        Err(InboxError::Empty(_) | InboxError::Missing(_)) => Err(gone()),
        Err(other) => Err(other.to_string()),
    }
}

/// What can be seen of an inbox without reading its workbooks. Only one that is not as it was judged is asked whether another
/// program has it to itself: to open each of them at every look would be much to ask of a network drive.
pub fn look_at(inbox: &Inbox, judged: Option<&Look>) -> Look {
    let seen = |found: &Found| {
        let judged = judged.and_then(|look| look.workbooks.get(&found.path));
        let metadata = fs::metadata(&found.location).ok();
        let seen = Seen {
            length: metadata.as_ref().map(fs::Metadata::len).unwrap_or_default(),
            modified: metadata.and_then(|metadata| metadata.modified().ok()),
            open_in: found.open_in(),
            is_taken: false,
        };
        let is_known = judged.is_some_and(|judged| judged.is_like(&seen) && !judged.is_taken);
        Seen { is_taken: !is_known && inbox::is_taken(found), ..seen }
    };
    Look {
        workbooks: inbox.workbooks.iter().map(|found| (found.path.clone(), seen(found))).collect(),
        others: inbox.others.iter().map(|found| found.path.clone()).collect(),
        unread_folders: inbox.unread_folders.clone(),
    }
}

/// What a run depends on, but for the pack: while it is the same, nothing needs to be judged.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Inputs {
    /// The workbooks by their paths as outputs show them, with the SHA-256 of what was read.
    pub workbooks: Vec<ReadFile>,
    /// The programs that have workbooks open, by the same paths.
    pub open_in: BTreeMap<String, &'static str>,
    unreadable: Vec<Option<UnreadableWorkbook>>,
    others: Vec<String>,
    unread_folders: Vec<(String, String)>,
}

impl Inputs {
    /// Those of an inbox whose workbooks were read, in its order.
    pub fn of(inbox: &Inbox, workbooks: &[Workbook], look: &Look) -> Self {
        let shown = checks::shown_paths(inbox.workbooks.iter().map(|found| found.path.as_str()));
        let open_in = |found: &Found| look.workbooks.get(&found.path).and_then(|seen| seen.open_in);
        let open = shown.iter().zip(&inbox.workbooks).filter_map(|(path, found)| Some((path.clone(), open_in(found)?)));
        Self {
            open_in: open.collect(),
            unreadable: workbooks.iter().map(|workbook| workbook.unreadable.clone()).collect(),
            others: look.others.clone(),
            unread_folders: look.unread_folders.clone(),
            workbooks: shown
                .into_iter()
                .zip(workbooks)
                .map(|(path, workbook)| ReadFile { path, sha256: workbook.sha256.clone() })
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_look_sees() {
        let folder = tempfile::tempdir().unwrap();
        let (inbox, output) = (folder.path().join("inbox"), folder.path().join("output"));
        let said = discover(&inbox, &output).unwrap_err();
        assert!(
            said.starts_with("There is no folder at ") && said.ends_with(", or its drive is not connected."),
            "{said}"
        );
        fs::create_dir(&inbox).unwrap();
        assert_eq!(look_at(&discover(&inbox, &output).unwrap(), None), Look::default());
        fs::create_dir(inbox.join("monthly")).unwrap();
        for (path, text) in [("monthly/a.xlsx", "abc"), ("notes.txt", "notes"), ("monthly/~$a.xlsx", "lock")] {
            fs::write(inbox.join(path), text).unwrap();
        }
        let look = look_at(&discover(&inbox, &output).unwrap(), None);
        let a = look.workbooks["monthly/a.xlsx"];
        assert_eq!((a.length, a.open_in, a.is_taken, a.modified.is_some()), (3, Some("Excel"), false, true));
        assert_eq!((look.workbooks.len(), look.others), (1, vec!["notes.txt".to_owned()]));
        // A file in the place of the folder is no inbox.
        fs::write(folder.path().join("file.xlsx"), "").unwrap();
        assert!(discover(&folder.path().join("file.xlsx"), &output).is_err());
    }
}
