//! Under which names files made from officers' workbooks lie in the output folder: names that every system takes.

use std::collections::BTreeSet;

use crate::export::is_hidden;

/// The longest name of a file or folder, in bytes, ending included. Systems take 255, of which the working folder of the
/// outputs takes some for its own endings.
const LONGEST_NAME: usize = 120;
/// The longest path below the folder, in bytes: a path that Windows takes has 260 characters, and the output folder may
/// lie deep. What would be longer lies in no folders.
const LONGEST_PATH: usize = 160;
/// Names that Windows keeps for devices, whatever their ending.
const KEPT_BY_WINDOWS: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];
/// Stands in place of a character that some system does not take.
const IN_PLACE: char = '_';

/// Gives each workbook, by its path below the inbox and what is put behind its ending, the path of a file: folders are
/// kept, characters that some system does not take are replaced, and of two paths that one system would take for the same
/// the later has a number. The paths are in the order of the workbooks, and the same for the same workbooks.
pub(super) fn places(workbooks: &[(&str, &str)]) -> Vec<String> {
    let plain: Vec<Place> = workbooks.iter().map(|(path, behind)| Place::of(path, behind)).collect();
    // A folder cannot lie where a file does.
    let folders: BTreeSet<String> = plain.iter().flat_map(Place::folders).collect();
    let mut given = BTreeSet::new();
    let mut place = |place: &Place| {
        let numbered = (1..).map(|number| place.numbered(number));
        let free = numbered.into_iter().find(|path| {
            let key = path.to_lowercase();
            !folders.contains(&key) && given.insert(key)
        });
        free.unwrap_or_default()
    };
    plain.iter().map(&mut place).collect()
}

/// A path in its parts, each of which every system takes.
struct Place {
    folders: Vec<String>,
    /// The file's name without what follows.
    stem: String,
    /// The ending with its dot, and what is put behind it.
    ending: String,
}

impl Place {
    fn of(path: &str, behind: &str) -> Self {
        let mut parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        let name = parts.pop().unwrap_or_default();
        let (stem, ending) = match name.rsplit_once('.') {
            Some((stem, ending)) if ending.len() <= 10 => (stem, format!(".{ending}")),
            _ => (name, String::new()),
        };
        let ending = replaced(&format!("{ending}{behind}"));
        let folders = parts.into_iter().map(|part| fit(part, LONGEST_NAME)).collect();
        let place = Self { folders, stem: fit_stem(stem, &ending), ending };
        if place.numbered(1).len() > LONGEST_PATH { Self { folders: Vec::new(), ..place } } else { place }
    }

    /// The path, with a number from 2 on.
    fn numbered(&self, number: u32) -> String {
        let number = if number > 1 { format!(" ({number})") } else { String::new() };
        let name = format!("{}{number}{}", self.stem, self.ending);
        self.folders.iter().cloned().chain([name]).collect::<Vec<_>>().join("/")
    }

    /// The folders that it lies in, each with those around it, in lower case.
    fn folders(&self) -> impl Iterator<Item = String> {
        (1..=self.folders.len()).map(|depth| self.folders[..depth].join("/").to_lowercase())
    }
}

/// The stem of a file's name: as a name, but dots and spaces may stand at its end, since the ending follows.
fn fit_stem(stem: &str, ending: &str) -> String {
    let most = LONGEST_NAME.saturating_sub(ending.len());
    if ending.is_empty() {
        return fit(stem, most);
    }
    let stem = cut(&replaced(stem), most).to_owned();
    kept_free(if stem.trim().is_empty() { IN_PLACE.to_string() } else { stem })
}

/// A name of a file or folder.
fn fit(name: &str, most: usize) -> String {
    let name = cut(&replaced(name), most).to_owned();
    // Windows leaves out dots and spaces at the end, so that two names become one, or none at all.
    let end = name.trim_end_matches(['.', ' ']).len();
    let name = format!("{}{}", &name[..end], IN_PLACE.to_string().repeat(name.len() - end));
    kept_free(if name.is_empty() { IN_PLACE.to_string() } else { name })
}

/// The name with a sign before it where Windows keeps the name for a device.
fn kept_free(name: String) -> String {
    let before_dot = name.split('.').next().unwrap_or_default().trim().to_lowercase();
    let numbered = |device: &str| {
        let rest = before_dot.strip_prefix(device).map(|rest| rest.chars().collect::<Vec<_>>());
        rest.is_some_and(|rest| matches!(rest[..], ['0'..='9' | '¹' | '²' | '³']))
    };
    let is_kept = KEPT_BY_WINDOWS.contains(&before_dot.as_str()) || numbered("com") || numbered("lpt");
    if is_kept { format!("{IN_PLACE}{name}") } else { name }
}

fn replaced(name: &str) -> String {
    name.chars().map(|character| if is_taken(character) { character } else { IN_PLACE }).collect()
}

/// Whether every system takes a character in a name, and shows it for what it is.
fn is_taken(character: char) -> bool {
    !is_hidden(character) && !r#"<>:"/\|?*"#.contains(character)
}

/// The beginning of a text, of at most so many bytes.
fn cut(text: &str, most: usize) -> &str {
    let mut end = text.len().min(most);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(path: &str) -> String {
        places(&[(path, "")]).remove(0)
    }

    #[test]
    fn names_and_folders_are_kept() {
        for path in [
            "April.xlsx",
            "monthly/2022-04 April return.xlsx",
            "Täby/Överföring (2).xlsm",
            "no ending",
            "a.b.c.xlsx",
            "Console/Contents.xlsx",
            "com10.xlsx",
        ] {
            assert_eq!(place(path), path);
        }
        assert_eq!(places(&[("a/Old budget.xls", " findings.xlsx")]), ["a/Old budget.xls findings.xlsx"]);
    }

    #[test]
    fn what_some_system_does_not_take_is_replaced() {
        for (path, expected) in [
            ("what: now?.xlsx", "what_ now_.xlsx"),
            ("a<b>|c*\"d\".xlsx", "a_b__c__d_.xlsx"),
            ("back\\slash.xlsx", "back_slash.xlsx"),
            ("line\nbreak\u{7}.xlsx", "line_break_.xlsx"),
            ("slx\u{202e}.xlsx", "slx_.xlsx"),
            ("folder. /dots...xlsx", "folder__/dots...xlsx"),
            ("../../etc/x.xlsx", "__/__/etc/x.xlsx"),
            ("/home/x.xlsx", "home/x.xlsx"),
            ("C:/x.xlsx", "C_/x.xlsx"),
            ("CON.xlsx", "_CON.xlsx"),
            ("aux/nul.backup.xlsx", "_aux/_nul.backup.xlsx"),
            ("Com1.xlsx", "_Com1.xlsx"),
            ("LPT³.xls", "_LPT³.xls"),
            (" .xlsx", "_.xlsx"),
            ("", "_"),
        ] {
            assert_eq!(place(path), expected, "{path:?}");
        }
    }

    #[test]
    fn long_names_are_cut_and_keep_their_endings() {
        let long = "é".repeat(100);
        let cut = place(&format!("{long}.xlsx"));
        assert_eq!(cut, format!("{}.xlsx", "é".repeat(57)));
        assert!(cut.len() <= LONGEST_NAME);
        let list = places(&[(&format!("{long}.xls"), " findings.xlsx")]).remove(0);
        assert_eq!(list, format!("{}.xls findings.xlsx", "é".repeat(51)));
        // Deep folders are left out where the whole would be too long.
        let deep = format!("{}/{}/April.xlsx", "a".repeat(90), "b".repeat(90));
        assert_eq!(place(&deep), "April.xlsx");
        let fits = format!("{}/April.xlsx", "a".repeat(90));
        assert_eq!(place(&fits), fits);
    }

    #[test]
    fn no_two_are_the_same_on_any_system() {
        let given = places(&[
            ("Budget.xlsx", ""),
            ("budget.XLSX", ""),
            ("a?.xlsx", ""),
            ("a*.xlsx", ""),
            ("a_ (2).xlsx", ""),
            ("x/Budget.xlsx", ""),
            ("odd?/y.xlsx", ""),
            ("odd_", ""),
        ]);
        assert_eq!(
            given,
            [
                "Budget.xlsx",
                "budget (2).XLSX",
                "a_.xlsx",
                "a_ (2).xlsx",
                "a_ (2) (2).xlsx",
                "x/Budget.xlsx",
                "odd_/y.xlsx",
                "odd_ (2)",
            ]
        );
        let mut lower: Vec<String> = given.iter().map(|path| path.to_lowercase()).collect();
        lower.sort();
        lower.dedup();
        assert_eq!(lower.len(), given.len());
    }
}
