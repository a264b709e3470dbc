//! A blank workbook written into a file, whole or not at all, and never over one that is there.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Why it could not be written.
#[derive(Debug, thiserror::Error)]
pub enum TemplateFileError {
    /// There is a file of that name.
    #[error("{0} is there already. Nothing is overwritten: choose another name with --output.")]
    Taken(PathBuf),
    /// The name has not the ending of the files that Excel writes.
    #[error("{0} does not end with .xlsx, by which Excel knows its workbooks: choose such a name with --output.")]
    Ending(PathBuf),
    /// The operating system's answer.
    #[error("{path} could not be written: {source}.")]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// Writes a file beside the path, and gives it its name when it is whole.
///
/// # Errors
/// [`TemplateFileError`]; nothing is left behind then.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), TemplateFileError> {
    let is_excels = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"));
    if !is_excels {
        return Err(TemplateFileError::Ending(path.to_owned()));
    }
    let failed = |source| TemplateFileError::Write { path: path.to_owned(), source };
    // A broken link is no file that can be read, and is something all the same.
    if path.symlink_metadata().is_ok() {
        return Err(TemplateFileError::Taken(path.to_owned()));
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // Made as any file is: others who may read the folder can read it too.
    let mut names = tempfile::Builder::new();
    let names = names.prefix(".crosscast-").suffix(".tmp");
    let mut staged = names.make_in(folder, |path| File::create_new(path)).map_err(failed)?;
    staged.write_all(bytes).and_then(|()| staged.as_file().sync_all()).map_err(failed)?;
    staged.persist_noclobber(path).map(drop).map_err(|error| match error.error.kind() {
        io::ErrorKind::AlreadyExists => TemplateFileError::Taken(path.to_owned()),
        _ => failed(error.error),
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn nothing_is_overwritten_and_nothing_left_behind() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("Form.xlsx");
        write(&path, b"first").unwrap();
        let said = write(&path, b"second").unwrap_err().to_string();
        assert!(
            said.ends_with("Form.xlsx is there already. Nothing is overwritten: choose another name with --output."),
            "{said}"
        );
        assert!(matches!(write(&folder.path().join("Form.xls"), b""), Err(TemplateFileError::Ending(_))));
        assert!(matches!(write(&folder.path().join("nowhere/Form.xlsx"), b""), Err(TemplateFileError::Write { .. })));
        assert_eq!(fs::read(&path).unwrap(), b"first");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
