//! A desk on which a run takes a twentieth of a second: a pack with one kind of workbook, and inboxes with one workbook of it,
//! which is read in a process of its own.

use std::fs;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::Duration;

use crate::desk::{DRAFT, Desk, FINAL, marks, put};
use crate::support::open_document::open_document;

/// The folder of the desk that programs started on it have for temporary files.
pub const TEMPORARY: &str = "temporary";

/// The pack, by file.
const PACK: [(&str, &str); 4] = [
    (
        "partnership.yaml",
        "name: Test partnership\nshort_name: Test\ncouncil: Test council\ncommittee: Test committee\nyears:\n  - name: 2022-23\n    start: 2022-04-01\n    end: 2023-03-31\n    approved_total: 139250.00\n    committee_date: 2023-07-19\nworkbooks:\n  - name: meetings\n    title: meetings workbook\n    files: '(?i)meetings.*'\n    frequency: yearly\n    due: end\n    tables:\n      - {table: meetings, sheet: Meetings}\n",
    ),
    (
        "tables/meetings.yaml",
        "fields:\n  - {name: held_on, title: Date, type: date, constraints: {required: true}}\n  - {name: meeting_group, title: Group, type: string, constraints: {required: true}}\n  - {name: attended, title: Attended, type: integer}\ncrosscast:\n  title: Meetings\n",
    ),
    ("consolidated.yaml", "title: Test\nsheets:\n  - {name: Meetings, title: Meetings, table: meetings}\n"),
    (
        "appendix.md",
        "---\ntitle: Meetings\nsubject: Meetings of the year\ntitle_block: []\nheader: Test\nfooter: Test\n---\n\n# Meetings\n\n{{ all.attended }} people came.\n\n```values all\nSELECT coalesce(sum(attended), 0) AS attended FROM meetings\n```\n",
    ),
];

/// What a run on a small desk makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Made {
    /// The final appendix of the folder `inbox`: 7 people came.
    Final,
    /// The final appendix of the folder `inbox of June`: 8 people came.
    OtherFinal,
    /// A DRAFT from the folder `inbox`: the year is not complete.
    Draft,
}

impl Made {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Final, Self::OtherFinal, Self::Draft];

    /// The arguments that make it.
    pub fn arguments(self) -> [&'static str; 4] {
        match self {
            Self::Final => ["run", "inbox", "--to", "2023-03"],
            Self::OtherFinal => ["run", "inbox of June", "--to", "2023-03"],
            Self::Draft => ["run", "inbox", "--to", "2022-08"],
        }
    }

    /// The files of its output folder.
    pub fn files(self) -> [&'static str; 6] {
        if self == Self::Draft { DRAFT } else { FINAL }
    }
}

/// A desk with the pack, `inbox` and `inbox of June`.
pub fn small_desk() -> Desk {
    let desk = Desk::new();
    for (path, text) in PACK {
        put(&desk.path("schemas").join(path), text.as_bytes());
    }
    fs::create_dir(desk.path(TEMPORARY)).unwrap();
    put(&desk.path("inbox/Meetings 2022-23.ods"), &meetings(7));
    put(&desk.path("inbox of June/registers/Meetings 2022-23.ods"), &meetings(8));
    desk
}

/// A small desk with outputs.
pub fn small_desk_with(made: Made) -> Desk {
    let desk = small_desk();
    let ended = desk.crosscast(&made.arguments());
    assert_eq!((ended.status, ended.err.as_str()), (0, ""), "{}", ended.out);
    assert_eq!(desk.outputs(), made.files());
    desk
}

/// A workbook (`.ods`) with one meeting, to which so many people came.
pub fn meetings(attended: u32) -> Vec<u8> {
    let text = |text: &str| {
        format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
    };
    let headings = ["Date", "Group", "Attended"].map(text).concat();
    let day = "<table:table-cell office:value-type=\"date\" office:date-value=\"2022-05-12\"><text:p>12/05/2022</text:p>\
               </table:table-cell>";
    let number = format!(
        "<table:table-cell office:value-type=\"float\" office:value=\"{attended}\"><text:p>{attended}</text:p>\
         </table:table-cell>"
    );
    let row = |cells: &str| format!("<table:table-row>{cells}</table:table-row>");
    let rows = row(&headings) + &row(&format!("{day}{}{number}", text("Delivery group")));
    open_document("Meetings", &rows)
}

/// Starts the program and leaves it running.
pub fn started(desk: &Desk, arguments: &[&str]) -> Child {
    let mut command = desk.command(arguments);
    for name in ["TMPDIR", "TEMP", "TMP"] {
        command.env(name, desk.path(TEMPORARY));
    }
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Waits until a folder is there, or a file that has something in it, or the program has ended. Whether it is there.
pub fn wait_for(place: &Path, child: &mut Child) -> bool {
    loop {
        if place.metadata().is_ok_and(|there| there.is_dir() || there.len() > 0) {
            return true;
        }
        if child.try_wait().unwrap().is_some() {
            return false;
        }
        std::thread::sleep(Duration::from_micros(20));
    }
}

/// The files of an output folder with their marks, but for the program's working files; none when there is no folder.
pub fn outputs_of(folder: &Path) -> Vec<(String, String)> {
    let mut marks = if folder.exists() { marks(folder) } else { Vec::new() };
    marks.retain(|(path, _)| !path.starts_with(".crosscast"));
    marks
}

/// Whether working files lie in an output folder.
pub fn has_rubbish(folder: &Path) -> bool {
    let Ok(entries) = folder.read_dir() else { return false };
    entries.flatten().any(|entry| entry.file_name().to_string_lossy().starts_with(".crosscast"))
}

/// Runs that are stopped for a while, so that they are certain to be at work.
#[cfg(unix)]
pub mod stopped {
    use rustix::process::{Pid, Signal, kill_process};

    use super::*;
    use crate::desk::Ended;

    /// A run that was stopped when a working file of its own came to be in `output`, and what it makes. When it was too
    /// quick, the other is tried.
    pub fn stopped_at(desk: &Desk, made: [Made; 2], file: &str) -> (Child, Made) {
        for made in made.into_iter().cycle().take(60) {
            let mut run = started(desk, &made.arguments());
            wait_for(&desk.path("output").join(file), &mut run);
            // A run that has ended is still there to be told, until it is waited for.
            let _ = kill_process(Pid::from_child(&run), Signal::STOP);
            std::thread::sleep(Duration::from_millis(20));
            if desk.path("output").join(file).exists() {
                return (run, made);
            }
            let _ = kill_process(Pid::from_child(&run), Signal::CONT);
            assert!(run.wait().unwrap().success());
        }
        panic!("no run could be stopped at {file}");
    }

    /// Lets a run go on that was stopped, and waits for its end.
    pub fn go_on(run: Child) -> Ended {
        kill_process(Pid::from_child(&run), Signal::CONT).unwrap();
        Ended::of(run.wait_with_output().unwrap())
    }
}
