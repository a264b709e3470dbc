//! Files with odd names, and what is no file at all.

use crate::probe::Book;
use crate::row::{Expected, Made, Row, reads_1000};

/// One row for each.
pub fn rows() -> Vec<Row> {
    let mut rows = anywhere();
    #[cfg(unix)]
    rows.extend(unix::rows());
    rows
}

fn good(name: &str, path: &str) -> Row {
    Row::named(name, path, Made::File(Book::good().bytes()), reads_1000())
}

/// A good workbook with a name that the appendix cannot print.
fn unprintable(name: &str, path: &str, words: &str) -> Row {
    let expected = [reads_1000(), vec![Expected::of_file("unprintable-character", words)]].concat();
    Row::named(name, path, Made::File(Book::good().bytes()), expected)
}

/// Names that every system can have.
fn anywhere() -> Vec<Row> {
    let lock = |path: &str| Row::named(&format!("a lock file, {path}"), path, Made::File(vec![6; 165]), Vec::new());
    let aside = |name: &str, path: &str| {
        let expected = vec![Expected::of_file("file-left-aside", "was not read")];
        Row::named(name, path, Made::File(b"Item,Figure\r\nDawn,1000\r\n".to_vec()), expected)
    };
    vec![
        good("a name with an apostrophe", "Probe o'clock.xlsx"),
        good("a name with signs of formulas", "Probe =1+1;@A1.xlsx"),
        good("a name with percent signs", "Probe %00%2e%2e%2f.xlsx"),
        good("a name with braces", "Probe {{ 7 * 7 }} {% raw %}.xlsx"),
        good("a name with SQL", "Probe '; DROP TABLE workbook; --.xlsx"),
        good("a name with Markdown", "Probe [a](b) **c** `d`.xlsx"),
        unprintable("a name with emoji", "Probe \u{1f4b7} \u{1f468}\u{200d}\u{1f469}.xlsx", "U+1F4B7"),
        good("a name in Arabic", "Probe \u{62a}\u{642}\u{631}\u{64a}\u{631}.xlsx"),
        good("a name with two endings", "Probe page.html.xlsx"),
        good("a name with a space at its end", "Probe before the ending .xlsx"),
        good("a name in capitals", "PROBE IN CAPITALS.XLSX"),
        good("a folder below folders", "a/b/c/d/e/f/Probe deep below.xlsx"),
        good("a folder named like a workbook", "Folder.xlsx/Probe within.xlsx"),
        good("a name that begins with a dash", "--version probe of a dash.xlsx"),
        lock("~$Probe good.xlsx"),
        lock(".~lock.Probe good.xlsx#"),
        aside("values with commas under their own name", "Probe values.csv"),
        aside("a download that is not finished", "Probe later.xlsx.crdownload"),
        aside("a name without an ending", "Probe without"),
    ]
}

/// What only such systems can have.
#[cfg(unix)]
mod unix {
    use std::fs;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::os::unix::net::UnixListener;
    use std::path::Path;
    use std::process::Command;

    use super::{good, unprintable};
    use crate::probe::Book;
    use crate::row::{Expected, Made, Row, reads_1000, unreadable};

    /// One row for each.
    pub fn rows() -> Vec<Row> {
        let long = format!("Probe {}.xlsx", "n".repeat(255 - 11));
        let mut rows = vec![
            good("a name with a line break", "Probe of\ntwo lines.xlsx"),
            good("a name with quotes", "Probe \"quoted\".xlsx"),
            good("a name with markup", "Probe <script>alert(1)<:script>.xlsx"),
            unprintable("a name with an override", "Probe \u{202e}xslx.exe.xlsx", "U+202E"),
            good("a name with an escape", "Probe \u{1b}[31mred\u{7}.xlsx"),
            good("a name of 255 bytes", &long),
            good("a name with backslashes", "Probe ..\\..\\etc\\passwd.xlsx"),
            good("a name with a star and a question mark", "Probe *?.xlsx"),
            good("a name of a device", "Probe CON|NUL:.xlsx"),
            other("a name that is no text", "Probe \u{fffd}\u{fffd}.xlsx", not_text, reads_1000()),
            other("a pipe", "Probe pipe.xlsx", pipe, unreadable("")),
            other("a pipe that is no workbook", "Pipe.csv", pipe, vec![Expected::of_file("file-left-aside", "")]),
            other("a socket", "Probe socket.xlsx", socket, unreadable("")),
            other(
                "a link that leads nowhere",
                "Probe link to nothing.xlsx",
                |path| link("nothing.xlsx", path),
                unreadable(""),
            ),
            other(
                "a link to itself",
                "Probe link to itself.xlsx",
                |path| link("Probe link to itself.xlsx", path),
                unreadable(""),
            ),
            other(
                "a link to endless zeros",
                "Probe link to zeros.xlsx",
                |path| link("/dev/zero", path),
                unreadable(""),
            ),
            other(
                "a link to a terminal",
                "Probe link to a terminal.xlsx",
                |path| link("/dev/tty", path),
                unreadable(""),
            ),
            other("a folder that leads to itself", "loop", |path| link(".", path), Vec::new()),
            other(
                "an empty folder named like a workbook",
                "Probe folder.xlsx",
                |path| fs::create_dir(path).unwrap(),
                Vec::new(),
            ),
        ];
        if !reads_everything() {
            rows.push(other(
                "a file that may not be read",
                "Probe secret.xlsx",
                secret,
                unreadable("could not be opened"),
            ));
        }
        rows
    }

    fn other(name: &str, path: &str, make: fn(&Path), expected: Vec<Expected>) -> Row {
        Row::named(name, path, Made::Otherwise(make), expected)
    }

    fn not_text(path: &Path) {
        let name = std::ffi::OsStr::from_bytes(b"Probe \xff\xfe.xlsx");
        // Some systems refuse such names.
        let put = fs::write(path.with_file_name(name), Book::good().bytes());
        put.unwrap_or_else(|_| fs::write(path, Book::good().bytes()).unwrap());
    }

    fn pipe(path: &Path) {
        assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
    }

    fn socket(path: &Path) {
        // A socket's path may be no longer than a hundred bytes or so, so it is made elsewhere.
        let elsewhere = tempfile::Builder::new().prefix("s").tempdir().unwrap();
        let bound = elsewhere.path().join("s");
        drop(UnixListener::bind(&bound).unwrap());
        fs::rename(bound, path).unwrap();
    }

    fn link(to: &str, path: &Path) {
        symlink(to, path).unwrap();
    }

    fn secret(path: &Path) {
        fs::write(path, Book::good().bytes()).unwrap();
        fs::set_permissions(path, fs::Permissions::from_mode(0o000)).unwrap();
    }

    /// Whether this user may read what nobody may.
    fn reads_everything() -> bool {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret");
        secret(&path);
        fs::read(path).is_ok()
    }
}
