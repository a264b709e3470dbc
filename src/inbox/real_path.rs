//! Where a path leads, so that one place that is reached in two ways is known for one.

use std::io;
use std::path::{Path, PathBuf, absolute};

/// The path without links and `..`, from the root, of something that is there.
///
/// Not every drive of Windows can tell it, such as those of some programs that show a store in the cloud as a drive: what can
/// be read there must be read all the same. The path from the root is then as it was given, with its links.
///
/// # Errors
/// The system's answer when nothing is there, or nobody may look.
pub fn real_path(path: &Path) -> io::Result<PathBuf> {
    known(path, path.canonicalize())
}

fn known(path: &Path, told: io::Result<PathBuf>) -> io::Result<PathBuf> {
    match told {
        Err(_) if path.metadata().is_ok() => absolute(path),
        told => told,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drive_that_cannot_tell_keeps_nobody_out() {
        let folder = tempfile::tempdir().unwrap();
        let untold = || Err(io::Error::other("Incorrect function. (os error 1)"));
        assert_eq!(known(folder.path(), untold()).unwrap(), absolute(folder.path()).unwrap());
        assert!(known(Path::new("."), untold()).unwrap().is_absolute());
        // Where nothing is, what the system says is said.
        let nowhere = folder.path().join("nowhere");
        assert_eq!(known(&nowhere, untold()).unwrap_err().to_string(), "Incorrect function. (os error 1)");
        assert_eq!(real_path(&nowhere).unwrap_err().kind(), io::ErrorKind::NotFound);
        let around = folder.path().join("..").join(folder.path().file_name().unwrap());
        assert_eq!(real_path(&around).unwrap(), real_path(folder.path()).unwrap());
    }
}
