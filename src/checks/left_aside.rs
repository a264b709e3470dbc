//! What the files of an inbox that are no workbooks are, by the endings of their names, and what to do about them.

use crate::model::{file_name, is_workbook_name};

const AS_WORKBOOK: &str = "Open it in Excel and save it as .xlsx if it holds figures; else move it out of the inbox.";
const AS_TYPED: &str =
    "Put the workbook that it was made from into the inbox if it holds figures; else move it out of the inbox.";
const ATTACHED: &str =
    "If a workbook is attached to it, save the attachment in the inbox; then move the file out of the inbox.";
const UNPACKED: &str = "Unpack it, and put the workbooks that it holds into the inbox.";
const AGAIN: &str = "Download or copy the file again, and delete this one.";
const LED_TO: &str = "Open it, download or save the workbook that it leads to as .xlsx, and put that into the inbox.";
const EXPORTED: &str = "Open it in the program that it comes from, export it as .xlsx, and put that into the inbox.";

/// Endings, what files with them are, and what to do. The first line that names an ending counts.
const KINDS: [(&[&str], &str, &str); 15] = [
    (&["crdownload", "part", "partial", "download", "opdownload"], "a download that did not finish", AGAIN),
    (&["gdoc", "gsheet", "gslides"], "a link to a Google document", LED_TO),
    (&["url", "webloc", "lnk", "desktop"], "a shortcut", LED_TO),
    (&["csv", "tsv", "tab"], "a table as plain text (CSV)", AS_WORKBOOK),
    (&["numbers"], "an Apple Numbers document", EXPORTED),
    (
        &["xlt", "xltx", "xltm", "fods", "sxc", "slk", "dif", "wks", "wk1", "123"],
        "an older or other spreadsheet",
        EXPORTED,
    ),
    (&["mdb", "accdb", "sqlite", "db", "dbf"], "a database", EXPORTED),
    (&["msg", "eml", "mht", "mhtml"], "an e-mail or saved page", ATTACHED),
    (&["zip", "7z", "rar", "gz", "tar", "tgz"], "an archive", UNPACKED),
    (&["pdf"], "a PDF", AS_TYPED),
    (&["doc", "docx", "docm", "odt", "rtf", "pages"], "a text document", AS_TYPED),
    (&["ppt", "pptx", "pps", "odp", "key"], "a presentation", AS_TYPED),
    (&["png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "heic", "webp"], "a picture", AS_TYPED),
    (&["htm", "html", "xml", "json"], "a web page or data for programs", AS_WORKBOOK),
    (&["txt", "prn"], "plain text", AS_WORKBOOK),
];

/// What a file is by its name, and what to do about it; a name that tells nothing gives no kind.
pub(super) fn kind(path: &str) -> (Option<&'static str>, &'static str) {
    const UNKNOWN: &str = "Save it as .xlsx if it holds figures; else move it out of the inbox.";
    let name = file_name(path).to_lowercase();
    let Some((stem, ending)) = name.rsplit_once('.') else { return (None, UNKNOWN) };
    // What programs keep while they save a workbook.
    if ending == "tmp" || ending == "bak" || is_workbook_name(stem) && !is_known(ending) {
        return (Some("a copy that a program kept while it saved or fetched a file"), AGAIN_IF_WANTED);
    }
    let known = KINDS.iter().find(|(endings, ..)| endings.contains(&ending));
    known.map_or((None, UNKNOWN), |(_, kind, remedy)| (Some(kind), remedy))
}

const AGAIN_IF_WANTED: &str =
    "If the workbook itself is not in the inbox, save or fetch it again; then delete this file.";

fn is_known(ending: &str) -> bool {
    KINDS.iter().any(|(endings, ..)| endings.contains(&ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for (name, expected) in [
            ("May return.csv", Some("a table as plain text (CSV)")),
            ("monthly/May return.PDF", Some("a PDF")),
            ("May return.xlsx.crdownload", Some("a download that did not finish")),
            ("May return.gsheet", Some("a link to a Google document")),
            ("May return.xlsx.url", Some("a shortcut")),
            ("FW May return.msg", Some("an e-mail or saved page")),
            ("May returns.zip", Some("an archive")),
            ("May return.xlsx~", None),
            ("May return.xlsx.old", Some("a copy that a program kept while it saved or fetched a file")),
            ("~WRL0001.tmp", Some("a copy that a program kept while it saved or fetched a file")),
            ("May return.numbers", Some("an Apple Numbers document")),
            ("May.csv/README", None),
            ("May return.xyz", None),
        ] {
            assert_eq!(kind(name).0, expected, "{name}");
        }
        let endings: Vec<&&str> = KINDS.iter().flat_map(|(endings, ..)| *endings).collect();
        assert!(endings.iter().enumerate().all(|(at, ending)| !endings[..at].contains(ending)));
        assert!(endings.iter().all(|ending| !is_workbook_name(&format!("a.{ending}"))));
    }
}
