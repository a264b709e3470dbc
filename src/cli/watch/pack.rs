//! The pack while an inbox is watched: it is read again when somebody changes it.

use std::path::PathBuf;

use super::saying::{say, say_more};
use crate::pipeline;
use crate::schema::{Pack, PackFiles};

/// A pack that is looked at again and again.
pub struct WatchedPack {
    /// The pack in use.
    pub pack: Pack,
    /// Its folder; none for the one that is built in, which never changes.
    folder: Option<PathBuf>,
    /// What lay in the folder at the last look.
    last: Option<PackFiles>,
    /// What was found to be no pack that can be used, so that it is not judged again at each look.
    refused: Option<PackFiles>,
    /// What was said of the folder, while it is no pack that can be used.
    trouble: Option<String>,
}

/// What a look at the pack says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PackLook {
    /// It is as it was.
    Same,
    /// It is another one, which is in use from now on.
    New,
    /// It is being changed, or has mistakes: nothing is to be made by it.
    NotReady,
}

impl WatchedPack {
    /// A pack that was read from a folder.
    pub fn new(pack: Pack, folder: Option<PathBuf>) -> Self {
        Self { pack, folder, last: None, refused: None, trouble: None }
    }

    /// Looks at the folder. A changed pack is read when two looks in a row found the same; its mistakes are said once.
    pub fn look(&mut self) -> PackLook {
        let Some(folder) = &self.folder else { return PackLook::Same };
        let files = match PackFiles::from_folder(folder) {
            Ok(files) => files,
            Err(error) => {
                // It may be gone for a moment only, while it is saved.
                if self.last.take().is_none() {
                    self.tell(error.to_string());
                }
                return PackLook::NotReady;
            }
        };
        let is_at_rest = self.last.as_ref() == Some(&files);
        self.last = Some(files.clone());
        if files == self.pack.files {
            self.refused = None;
            if self.trouble.take().is_some() {
                say("The pack is again as it was.");
            }
            return PackLook::Same;
        }
        if !is_at_rest || self.refused.as_ref() == Some(&files) {
            return PackLook::NotReady;
        }
        self.refused = Some(files.clone());
        match pipeline::read_pack(files) {
            Ok(pack) => {
                self.pack = pack;
                self.refused = None;
                self.trouble = None;
                PackLook::New
            }
            Err(error) => {
                self.tell(error.to_string());
                PackLook::NotReady
            }
        }
    }

    fn tell(&mut self, trouble: String) {
        if self.trouble.as_deref() == Some(&*trouble) {
            return;
        }
        say(
            "The pack was changed and cannot be used as it is. Nothing is made until it is mended, and the outputs stay as they are:",
        );
        for line in trouble.lines() {
            say_more(line);
        }
        self.trouble = Some(trouble);
    }
}
