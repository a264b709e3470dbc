//! Reading the bytes of a file that was found: whole, as they are, and without waiting for ever.

use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind, Read};
use std::path::Path;
use std::time::SystemTime;

use super::Found;
use crate::model::{Limit, Limits, UnreadableWorkbook};

/// How often a file is read that changes while it is read.
const ATTEMPTS: usize = 3;

/// The bytes of a file that was found, all of one moment: a file that changes while it is read is read again.
///
/// # Errors
/// Why it could not be read: also that it is larger than [`Limit::File`] allows (then none of it was read), that it is no
/// file but a pipe, a socket, a device or a link that leads nowhere (none of which is opened, since reading one may never
/// end), or that it kept changing.
pub fn bytes(found: &Found, limits: &Limits) -> Result<Vec<u8>, UnreadableWorkbook> {
    if found.is_in_icloud() {
        return Err(UnreadableWorkbook::NotDownloaded);
    }
    settled(|| attempt(&found.location, limits))
}

/// Whether another program has a file that was found to itself just now, as Windows has it while a file is being copied or
/// saved. What cannot be read for any other reason is not waited for.
pub fn is_taken(found: &Found) -> bool {
    let location = &found.location;
    // To open a pipe would wait, and to open a file in the cloud would fetch it.
    let may_be_opened = fs::metadata(location).is_ok_and(|metadata| metadata.is_file() && !is_in_the_cloud(&metadata));
    may_be_opened && open(location).is_err_and(|error| refused(&error, location) == UnreadableWorkbook::OpenElsewhere)
}

/// What reading a file once gave.
struct Attempt {
    before: Stamp,
    bytes: Vec<u8>,
    after: Stamp,
}

/// What tells that a file was written to.
#[derive(PartialEq, Eq, Clone, Copy)]
struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
}

impl Stamp {
    fn of(metadata: &Metadata) -> Self {
        Self { length: metadata.len(), modified: metadata.modified().ok() }
    }
}

/// Reads until nothing changed meanwhile.
fn settled(mut attempt: impl FnMut() -> Result<Attempt, UnreadableWorkbook>) -> Result<Vec<u8>, UnreadableWorkbook> {
    for _ in 0..ATTEMPTS {
        let Attempt { before, bytes, after } = attempt()?;
        if before == after && bytes.len() as u64 == after.length {
            return Ok(bytes);
        }
    }
    Err(UnreadableWorkbook::Changing)
}

fn attempt(location: &Path, limits: &Limits) -> Result<Attempt, UnreadableWorkbook> {
    // Opening some things has an effect, or waits; so they are looked at first, and again once they are open, since another
    // may have come in their place.
    check(&fs::metadata(location).map_err(|error| refused(&error, location))?, limits)?;
    let mut file = open(location).map_err(|error| refused(&error, location))?;
    let metadata = |file: &File| file.metadata().map_err(|error| refused(&error, location));
    let before = metadata(&file)?;
    check(&before, limits)?;
    let most = limits.most(Limit::File);
    let mut bytes = Vec::new();
    // A file that grows while it is read is not read beyond the limit either.
    file.by_ref().take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| refused(&error, location))?;
    hold(bytes.len() as u64, limits)?;
    let after = metadata(&file)?;
    Ok(Attempt { before: Stamp::of(&before), bytes, after: Stamp::of(&after) })
}

/// Whether what is there is a file that may be read.
fn check(metadata: &Metadata, limits: &Limits) -> Result<(), UnreadableWorkbook> {
    if !metadata.is_file() {
        return Err(UnreadableWorkbook::NoFile(what_else(metadata).to_owned()));
    }
    if is_in_the_cloud(metadata) {
        return Err(UnreadableWorkbook::NotDownloaded);
    }
    hold(metadata.len(), limits)
}

fn hold(length: u64, limits: &Limits) -> Result<(), UnreadableWorkbook> {
    let what = || format!("the file has more than {}", Limit::File.said(limits.most(Limit::File)));
    Ok(limits.hold(Limit::File, length, what)?)
}

/// Opens a file to read it. What is no file after all does not keep anybody waiting.
#[cfg(unix)]
pub(super) fn open(location: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;

    let at_once = i32::try_from(rustix::fs::OFlags::NONBLOCK.bits()).map_err(io::Error::other)?;
    File::options().read(true).custom_flags(at_once).open(location)
}

/// Opens a file to read it.
#[cfg(not(unix))]
pub(super) fn open(location: &Path) -> io::Result<File> {
    File::open(location)
}

/// What is there instead of a file.
#[cfg(unix)]
fn what_else(metadata: &Metadata) -> &'static str {
    use std::os::unix::fs::FileTypeExt;

    let kind = metadata.file_type();
    match () {
        () if kind.is_dir() => "a folder",
        () if kind.is_fifo() => "a pipe between programs",
        () if kind.is_socket() => "a socket between programs",
        () if kind.is_char_device() || kind.is_block_device() => "a device",
        () => "something that is no file",
    }
}

/// What is there instead of a file.
#[cfg(not(unix))]
fn what_else(metadata: &Metadata) -> &'static str {
    if metadata.is_dir() { "a folder" } else { "something that is no file" }
}

/// Whether a file's contents are fetched only when someone reads them, which may take for ever.
#[cfg(windows)]
pub(super) fn is_in_the_cloud(metadata: &Metadata) -> bool {
    use std::os::windows::fs::MetadataExt;

    /// The file system's words for it: offline, and recalled when it is opened or read.
    const AWAY: u32 = 0x1000 | 0x0004_0000 | 0x0040_0000;
    metadata.file_attributes() & AWAY != 0
}

/// Whether a file's contents are fetched only when someone reads them, which only Windows tells.
#[cfg(not(windows))]
pub(super) fn is_in_the_cloud(_metadata: &Metadata) -> bool {
    false
}

/// Why the system would not let a file be read.
fn refused(error: &io::Error, location: &Path) -> UnreadableWorkbook {
    if let Some(why) = error.raw_os_error().filter(|_| cfg!(windows)).and_then(refused_by_windows) {
        return why;
    }
    let is_link = fs::symlink_metadata(location).is_ok_and(|metadata| metadata.is_symlink());
    match error.kind() {
        ErrorKind::PermissionDenied => UnreadableWorkbook::NoAccess("you are not allowed to read it".to_owned()),
        _ if is_link && fs::metadata(location).is_err() => {
            UnreadableWorkbook::NoFile("a link that leads nowhere".to_owned())
        }
        ErrorKind::NotFound => UnreadableWorkbook::Gone,
        _ => UnreadableWorkbook::NoAccess(error.to_string()),
    }
}

/// What Windows means by the number of an error, where it needs words of its own.
fn refused_by_windows(number: i32) -> Option<UnreadableWorkbook> {
    /// Another program has the file, or a part of it, to itself.
    const SHARING_VIOLATION: i32 = 32;
    const LOCK_VIOLATION: i32 = 33;
    /// The program that fetches files from the cloud does not run.
    const CLOUD_FILE_PROVIDER_NOT_RUNNING: i32 = 362;
    match number {
        SHARING_VIOLATION | LOCK_VIOLATION => Some(UnreadableWorkbook::OpenElsewhere),
        CLOUD_FILE_PROVIDER_NOT_RUNNING => Some(UnreadableWorkbook::NotDownloaded),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp(length: u64, second: u64) -> Stamp {
        let modified = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(second);
        Stamp { length, modified: Some(modified) }
    }

    #[test]
    fn a_file_that_changes_is_read_again() {
        let changes = |count: usize, before: Stamp, after: Stamp, bytes: &[u8]| {
            let mut times = 0;
            let read = settled(|| {
                times += 1;
                let after = if times <= count { after } else { before };
                Ok(Attempt { before, bytes: bytes.to_vec(), after })
            });
            (read, times)
        };
        assert_eq!(changes(0, stamp(3, 1), stamp(3, 1), b"abc"), (Ok(b"abc".to_vec()), 1));
        assert_eq!(changes(2, stamp(3, 1), stamp(3, 2), b"abc"), (Ok(b"abc".to_vec()), 3));
        assert_eq!(changes(2, stamp(3, 1), stamp(4, 1), b"abc"), (Ok(b"abc".to_vec()), 3));
        assert_eq!(changes(3, stamp(3, 1), stamp(3, 2), b"abc"), (Err(UnreadableWorkbook::Changing), 3));
        // It says that it holds more than came.
        assert_eq!(changes(0, stamp(4, 1), stamp(4, 1), b"abc"), (Err(UnreadableWorkbook::Changing), 3));
    }

    #[test]
    fn a_file_that_cannot_be_read_is_not_tried_again() {
        let mut times = 0;
        let read = settled(|| {
            times += 1;
            Err(UnreadableWorkbook::Gone)
        });
        assert_eq!((read, times), (Err(UnreadableWorkbook::Gone), 1));
    }

    #[test]
    fn numbers_of_windows() {
        assert_eq!(refused_by_windows(32), Some(UnreadableWorkbook::OpenElsewhere));
        assert_eq!(refused_by_windows(33), Some(UnreadableWorkbook::OpenElsewhere));
        assert_eq!(refused_by_windows(362), Some(UnreadableWorkbook::NotDownloaded));
        assert_eq!(refused_by_windows(5), None, "access denied has words already");
    }

    #[test]
    fn a_file_beyond_the_limit_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let location = folder.path().join("a.xlsx");
        // Takes no room on the disk, and would take this much memory.
        File::create(&location).unwrap().set_len(1 << 30).unwrap();
        let found = Found { path: "a.xlsx".to_owned(), location };
        let Err(UnreadableWorkbook::BeyondLimit(beyond)) = bytes(&found, &Limits::default()) else { panic!() };
        assert_eq!(beyond.what, "the file has more than 512 MB");
        assert_eq!(beyond.option(), "--limit file=1GB");
        fs::write(&found.location, "abc").unwrap();
        let limits = Limits::default().with(&["file=3".parse().unwrap()]);
        assert_eq!(bytes(&found, &limits), Ok(b"abc".to_vec()));
    }
}
