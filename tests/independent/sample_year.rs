//! The outputs of the sample year.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The inbox of the sample year.
pub const INBOX: &str = "samples/2022-23";

/// The output folder: the one that `CROSSCAST_OUTPUT_FOLDER` names, else that of a run made here, once.
pub fn folder() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| match std::env::var_os("CROSSCAST_OUTPUT_FOLDER") {
        Some(folder) => PathBuf::from(folder),
        None => made(),
    })
}

fn made() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("independent");
    let output = Command::new(env!("CARGO_BIN_EXE_crosscast"))
        .args(["run", INBOX, "--schemas", "schemas", "--output"])
        .arg(&folder)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    folder
}

/// The appendix as PDF.
pub fn appendix() -> PathBuf {
    folder().join("for-committee").join("committee-appendix.pdf")
}

/// The consolidated workbook.
pub fn consolidated() -> PathBuf {
    folder().join("for-officers").join("consolidated.xlsx")
}

/// The two pages for a browser: the appendix and the findings.
pub fn pages() -> [PathBuf; 2] {
    [
        folder().join("for-committee").join("committee-appendix.html"),
        folder().join("for-officers").join("findings.html"),
    ]
}
