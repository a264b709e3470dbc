//! Disks for tests: one that fails at a step, and one that tells what is done to it.

use std::cell::{Cell, RefCell};
use std::io;
use std::path::{Path, PathBuf};

use super::disk::{Disk, RealDisk};

/// What goes wrong, and at which step (from 0).
#[derive(Debug, Clone, Copy)]
pub enum Fault {
    /// The process dies there: the step is not done (a file is half written), nor any after it.
    Dies(usize),
    /// That step is refused, as for a file that is open elsewhere; the others are done.
    Refused(usize),
    /// A step is refused, and so many steps later the process dies.
    RefusedThenDies(usize, usize),
}

/// A disk that is not flushed: thousands of runs would wait for it, and only the order of steps matters here.
pub struct Unflushed;

impl Disk for Unflushed {
    fn create_folders(&self, folder: &Path) -> io::Result<()> {
        RealDisk.create_folders(folder)
    }

    fn write(&self, file: &Path, bytes: &[u8]) -> io::Result<()> {
        std::fs::write(file, bytes)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        RealDisk.rename(from, to)
    }

    fn remove_file(&self, file: &Path) -> io::Result<()> {
        RealDisk.remove_file(file)
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        RealDisk.remove_folder(folder)
    }

    fn flush_folder(&self, _folder: &Path) -> io::Result<()> {
        Ok(())
    }
}

/// A disk on which something goes wrong.
pub struct FaultyDisk {
    fault: Fault,
    /// How many steps were tried.
    pub steps: Cell<usize>,
    /// What an officer saves, and after which step (from 0).
    saves: Option<(usize, PathBuf)>,
}

/// What the officer saves.
pub const TYPED: &str = "mine, typed in";

impl FaultyDisk {
    pub fn new(fault: Fault) -> Self {
        Self { fault, steps: Cell::new(0), saves: None }
    }

    /// Nothing goes wrong on it, or what does; and after a step an officer saves a file, if its folder is there.
    pub fn where_an_officer_saves(fault: Option<Fault>, after: usize, file: PathBuf) -> Self {
        Self { saves: Some((after, file)), ..Self::new(fault.unwrap_or(Fault::Refused(usize::MAX))) }
    }

    /// The steps are counted from the moment before one; what is saved after it is there before the next one is thought of.
    fn then_saves<T>(&self, done: io::Result<T>) -> io::Result<T> {
        if let Some((after, file)) = &self.saves
            && *after + 1 == self.steps.get()
        {
            let _ = std::fs::write(file, TYPED);
        }
        done
    }

    fn step(&self) -> io::Result<()> {
        let step = self.steps.replace(self.steps.get() + 1);
        let fails = match self.fault {
            Fault::Dies(at) => step >= at,
            Fault::Refused(at) => step == at,
            Fault::RefusedThenDies(at, later) => step == at || step > at + later,
        };
        if fails { Err(io::Error::new(io::ErrorKind::PermissionDenied, "refused for the test")) } else { Ok(()) }
    }

    /// Whether the fault lies beyond the last step that was taken.
    pub fn is_beyond(&self) -> bool {
        let (Fault::Dies(at) | Fault::Refused(at) | Fault::RefusedThenDies(at, _)) = self.fault;
        self.steps.get() <= at
    }
}

impl Disk for FaultyDisk {
    fn create_folders(&self, folder: &Path) -> io::Result<()> {
        self.then_saves(self.step().and_then(|()| Unflushed.create_folders(folder)))
    }

    fn write(&self, file: &Path, bytes: &[u8]) -> io::Result<()> {
        if let Err(error) = self.step() {
            let torn = matches!(self.fault, Fault::Dies(at) if at + 1 == self.steps.get());
            if torn {
                Unflushed.write(file, &bytes[..bytes.len() / 2])?;
            }
            return self.then_saves(Err(error));
        }
        self.then_saves(Unflushed.write(file, bytes))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.then_saves(self.step().and_then(|()| Unflushed.rename(from, to)))
    }

    fn remove_file(&self, file: &Path) -> io::Result<()> {
        self.then_saves(self.step().and_then(|()| Unflushed.remove_file(file)))
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        self.then_saves(self.step().and_then(|()| Unflushed.remove_folder(folder)))
    }

    fn flush_folder(&self, folder: &Path) -> io::Result<()> {
        self.then_saves(self.step().and_then(|()| Unflushed.flush_folder(folder)))
    }
}

/// A disk that tells what was renamed and which folders' names were flushed, in order, below the output folder.
pub struct Recording<'a> {
    pub folder: &'a Path,
    pub steps: RefCell<Vec<String>>,
}

impl Recording<'_> {
    fn record(&self, what: &str, place: &Path) {
        let below = place.strip_prefix(self.folder).unwrap().to_str().unwrap().replace('\\', "/");
        self.steps.borrow_mut().push(format!("{what} {below}"));
    }
}

impl Disk for Recording<'_> {
    fn create_folders(&self, folder: &Path) -> io::Result<()> {
        Unflushed.create_folders(folder)
    }

    fn write(&self, file: &Path, bytes: &[u8]) -> io::Result<()> {
        Unflushed.write(file, bytes)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        if to.starts_with(self.folder.join(".crosscast-staging")) {
            self.record("out:", from);
        } else {
            self.record("in:", to);
        }
        Unflushed.rename(from, to)
    }

    fn remove_file(&self, file: &Path) -> io::Result<()> {
        Unflushed.remove_file(file)
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        Unflushed.remove_folder(folder)
    }

    fn flush_folder(&self, folder: &Path) -> io::Result<()> {
        self.record("flush", folder);
        Ok(())
    }
}
