//! Finding and running outside programs.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// An outside program, or what one needs beside it.
#[derive(Debug, Clone, Copy)]
#[allow(dead_code, reason = "each test program needs some of them")]
pub enum Program {
    Pdftotext,
    Pdfinfo,
    Pdffonts,
    Pdftoppm,
    Qpdf,
    LibreOffice,
    /// Python with openpyxl.
    Python,
    Chromium,
    Git,
    Bash,
    Ldd,
    /// Makes a terminal for a program.
    Script,
}

impl Program {
    /// What a Debian machine calls the executable, in order of preference.
    fn names(self) -> &'static [&'static str] {
        match self {
            Program::Pdftotext => &["pdftotext"],
            Program::Pdfinfo => &["pdfinfo"],
            Program::Pdffonts => &["pdffonts"],
            Program::Pdftoppm => &["pdftoppm"],
            Program::Qpdf => &["qpdf"],
            Program::LibreOffice => &["soffice", "libreoffice"],
            Program::Python => &["python3", "python"],
            Program::Chromium => &["chromium", "chromium-browser", "google-chrome"],
            Program::Git => &["git"],
            Program::Bash => &["bash"],
            Program::Ldd => &["ldd"],
            Program::Script => &["script"],
        }
    }

    /// What to install, in words.
    fn package(self) -> &'static str {
        match self {
            Program::Pdftotext | Program::Pdfinfo | Program::Pdffonts | Program::Pdftoppm => "poppler-utils",
            Program::Qpdf => "qpdf",
            Program::LibreOffice => "LibreOffice Calc",
            Program::Python => "Python with openpyxl",
            Program::Chromium => "Chromium",
            Program::Git => "git",
            Program::Bash => "bash",
            Program::Ldd => "ldd",
            Program::Script => "script (of util-linux)",
        }
    }

    fn find(self) -> Option<PathBuf> {
        let folders: Vec<PathBuf> = std::env::split_paths(&std::env::var_os("PATH")?).collect();
        let file = |name: &str| format!("{name}{}", std::env::consts::EXE_SUFFIX);
        let executable = |name: &&str| folders.iter().map(|folder| folder.join(file(name))).find(|file| file.is_file());
        let found = self.names().iter().find_map(executable)?;
        if matches!(self, Program::Python) && !has_module(&found, "openpyxl") {
            return None;
        }
        Some(found)
    }
}

/// The program's executable; else says that the test is skipped, or fails when none may be.
pub fn needed(program: Program) -> Option<PathBuf> {
    let found = program.find();
    if found.is_none() {
        skip(&format!("{} is not installed", program.package()));
    }
    found
}

/// Says that the current test is skipped, past the test harness, which keeps what a passing test prints to itself.
///
/// # Panics
/// With `CROSSCAST_NO_SKIP=1`.
pub fn skip(why: &str) {
    let test = std::thread::current().name().unwrap_or("a test").to_string();
    assert!(std::env::var_os("CROSSCAST_NO_SKIP").is_none_or(|value| value != "1"), "{test} was skipped: {why}");
    let told = format!("SKIPPED {test}: {why}\n");
    std::io::stderr().write_all(told.as_bytes()).unwrap();
}

/// Where a Python module's file of this name lies, if it is installed.
pub fn python_file(module: &str, name: &str) -> Option<PathBuf> {
    let python = Program::Python.find()?;
    let code = format!("import importlib.util as u; print(u.find_spec('{module}').submodule_search_locations[0])");
    let output = Command::new(python).args(["-c", &code]).stdin(Stdio::null()).output().ok()?;
    let folder = PathBuf::from(String::from_utf8(output.stdout).ok()?.trim());
    Some(folder.join(name)).filter(|file| output.status.success() && file.is_file())
}

fn has_module(python: &Path, module: &str) -> bool {
    let output = Command::new(python).args(["-c", &format!("import {module}")]).stdin(Stdio::null()).output();
    output.is_ok_and(|output| output.status.success())
}

/// What a program said.
#[derive(Debug)]
pub struct Said {
    /// Its standard output.
    pub output: String,
    /// Its standard error.
    pub errors: String,
}

/// Runs a program to its end.
///
/// # Panics
/// When it fails, or takes more than two minutes.
pub fn run(command: &mut Command) -> Said {
    let folder = TempDir::new().unwrap();
    // Files, since a pipe that nobody empties would hold the program up.
    let (output, errors) = (folder.path().join("output"), folder.path().join("errors"));
    command.stdin(Stdio::null()).stdout(File::create(&output).unwrap()).stderr(File::create(&errors).unwrap());
    let mut child = command.spawn().unwrap();
    let last = Instant::now() + Duration::from_secs(120);
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if Instant::now() > last {
            child.kill().unwrap();
            panic!("it did not end: {command:?}");
        }
        std::thread::sleep(Duration::from_millis(20));
    };
    let read = |file: &Path| String::from_utf8_lossy(&std::fs::read(file).unwrap()).into_owned();
    let said = Said { output: read(&output), errors: read(&errors) };
    assert!(status.success(), "{command:?}: {status}\n{}\n{}", said.output, said.errors);
    said
}
