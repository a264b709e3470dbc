//! Files that are no workbooks, told by their first bytes: what people save, rename and attach instead of one.

use crate::model::UnreadableWorkbook;

/// As much of a file as is looked at to tell text from other things.
const GLANCE: usize = 8192;

/// What to do about a kind of file.
type Told = fn(String) -> UnreadableWorkbook;
/// Excel opens it and can save it as `.xlsx`.
const OPENED: Told = UnreadableWorkbook::OtherKind;
/// Excel does not open it.
const FOREIGN: Told = UnreadableWorkbook::Foreign;
/// It may hold a workbook.
const PACKED: Told = UnreadableWorkbook::Packed;
/// It leads to a workbook.
const POINTER: Told = UnreadableWorkbook::Pointer;

const OLD_EXCEL: &str = "a workbook of Excel 5 or older";
const PICTURE: &str = "a picture";
const PROGRAM: &str = "a program";
const RECORDING: &str = "a video or sound recording";

/// How files begin, and what they hold; the first that fits counts.
const BEGINNINGS: [(&[u8], Told, &str); 48] = [
    // A workbook that is not packed as all since Excel 5 are: the beginning of its stream of records.
    (b"\x09\x00\x04\x00", OPENED, OLD_EXCEL),
    (b"\x09\x00\x06\x00", OPENED, OLD_EXCEL),
    (b"\x09\x02\x06\x00", OPENED, OLD_EXCEL),
    (b"\x09\x02\x04\x00", OPENED, OLD_EXCEL),
    (b"\x09\x04\x06\x00", OPENED, OLD_EXCEL),
    (b"\x09\x04\x04\x00", OPENED, OLD_EXCEL),
    (b"\x09\x08\x06\x00\x00\x05", OPENED, OLD_EXCEL),
    (b"\x09\x08\x08\x00\x00\x05", OPENED, OLD_EXCEL),
    (b"\x09\x08\x10\x00\x00\x06", OPENED, "a workbook that lost how it was packed"),
    (b"\x00\x00\x02\x00\x04\x04", FOREIGN, "a Microsoft Works spreadsheet"),
    (b"\xff\x00\x02\x00\x04\x04", FOREIGN, "a Microsoft Works spreadsheet"),
    (b"\x00\x00\x02\x00", FOREIGN, "a Lotus 1-2-3 or Quattro Pro spreadsheet"),
    (b"\x00\x00\x1a\x00", FOREIGN, "a Lotus 1-2-3 spreadsheet"),
    (b"\x00\x01\x00\x00Standard Jet DB", FOREIGN, "an Access database"),
    (b"\x00\x01\x00\x00Standard ACE DB", FOREIGN, "an Access database"),
    (b"SQLite format 3\0", FOREIGN, "an SQLite database"),
    (b"{\\rtf", FOREIGN, "a Rich Text document"),
    (b"%!PS", FOREIGN, "a PostScript document"),
    (b"\x89PNG", FOREIGN, PICTURE),
    (b"\xff\xd8\xff", FOREIGN, PICTURE),
    (b"GIF8", FOREIGN, PICTURE),
    (b"II*\0", FOREIGN, PICTURE),
    (b"MM\0*", FOREIGN, PICTURE),
    (b"8BPS", FOREIGN, PICTURE),
    (b"BM", FOREIGN, PICTURE),
    (b"ID3", FOREIGN, RECORDING),
    (b"OggS", FOREIGN, RECORDING),
    (b"\x1a\x45\xdf\xa3", FOREIGN, RECORDING),
    (b"MZ", FOREIGN, PROGRAM),
    (b"\x7fELF", FOREIGN, PROGRAM),
    (b"\xcf\xfa\xed\xfe", FOREIGN, PROGRAM),
    (b"\xca\xfe\xba\xbe", FOREIGN, PROGRAM),
    (b"PAR1", FOREIGN, "a Parquet table"),
    (b"!BDN", FOREIGN, "an Outlook mailbox"),
    (b"\x78\x9f\x3e\x22", FOREIGN, "an e-mail attachment that Outlook packed (winmail.dat)"),
    (b"ITSF", FOREIGN, "a help file"),
    (b"wOFF", FOREIGN, "a font"),
    (b"OTTO", FOREIGN, "a font"),
    (b"7z\xbc\xaf", PACKED, "a 7z archive"),
    (b"Rar!", PACKED, "a RAR archive"),
    (b"\x1f\x8b", PACKED, "a gzip archive"),
    (b"BZh", PACKED, "a bzip2 archive"),
    (b"\xfd7zXZ", PACKED, "an XZ archive"),
    (b"\x28\xb5\x2f\xfd", PACKED, "a Zstandard archive"),
    (b"MSCF", PACKED, "a cabinet archive"),
    (b"\x4c\x00\x00\x00\x01\x14\x02\x00", POINTER, "a Windows shortcut"),
    (b"book\0\0\0\0mark", POINTER, "a Mac alias"),
    (b"bplist00", FOREIGN, "a Mac settings file"),
];

/// Tells what a file is that is neither empty, nor a package, nor a compound file.
pub(super) fn kind(bytes: &[u8]) -> UnreadableWorkbook {
    let glance = &bytes[..bytes.len().min(GLANCE)];
    // A text may begin with any two letters.
    let text = decoded(glance);
    let fits = |beginning: &[u8]| bytes.starts_with(beginning) && (text.is_none() || beginning.len() > 3);
    if let Some((_, told, kind)) = BEGINNINGS.iter().find(|(beginning, ..)| fits(beginning)) {
        return told((*kind).to_owned());
    }
    if glance[..glance.len().min(1024)].windows(5).any(|window| window == b"%PDF-") {
        return UnreadableWorkbook::Pdf;
    }
    if let Some((told, kind)) = further_in(glance) {
        return told(kind.to_owned());
    }
    text.map_or(UnreadableWorkbook::Unknown, |text| text_kind(&text))
}

/// Kinds that are told by bytes which do not stand at the beginning.
fn further_in(bytes: &[u8]) -> Option<(Told, &'static str)> {
    let at = |offset: usize, mark: &[u8]| bytes.get(offset..).is_some_and(|rest| rest.starts_with(mark));
    match () {
        () if at(257, b"ustar") => Some((PACKED, "a tar archive")),
        () if at(0, b"RIFF") && at(8, b"WEBP") => Some((FOREIGN, PICTURE)),
        () if at(4, b"ftyphei") || at(4, b"ftypmif1") || at(4, b"ftypavif") => Some((FOREIGN, PICTURE)),
        () if at(0, b"RIFF") || at(4, b"ftyp") => Some((FOREIGN, RECORDING)),
        () => None,
    }
}

/// What a text is: a web page, an e-mail, a shortcut, values with separators, or plain.
fn text_kind(text: &str) -> UnreadableWorkbook {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let lower = text.to_lowercase();
    let begins = |starts: &[&str]| starts.iter().any(|start| lower.starts_with(start));
    if begins(&["<?xml", "<workbook", "<office:document", "<ss:workbook"]) {
        if lower.contains("urn:schemas-microsoft-com:office:spreadsheet") || lower.contains("excel.sheet") {
            return OPENED("an XML spreadsheet of 2003".to_owned());
        }
        if lower.contains("<office:document") {
            return OPENED("a flat OpenDocument spreadsheet (.fods)".to_owned());
        }
    }
    let page = ["<html", "<!doctype html", "<head", "<table", "<meta", "<style", "<body", "<frameset"];
    let marked_up = begins(&["<?xml", "<!--"]) && (lower.contains("<html") || lower.contains("<!doctype html"));
    let saved_page = begins(&["mime-version:"]) || lower.contains("\nmime-version:");
    if begins(&page) || marked_up || (saved_page && lower.contains("multipart/related")) {
        return UnreadableWorkbook::WebPage;
    }
    if is_mail(&lower) {
        return FOREIGN("an e-mail".to_owned());
    }
    if saved_page {
        return UnreadableWorkbook::WebPage;
    }
    if let Some((told, kind)) = named_text(&lower) {
        return told(kind.to_owned());
    }
    match separator(text) {
        Some(separator) => OPENED(format!("values with {separator}")),
        None => UnreadableWorkbook::PlainText,
    }
}

/// Whether a text begins with the lines of an e-mail's head: who, when, about what.
fn is_mail(lower: &str) -> bool {
    const FIELDS: [&str; 8] =
        ["from:", "to:", "subject:", "date:", "received:", "return-path:", "delivered-to:", "message-id:"];
    let head = lower.lines().take_while(|line| !line.trim().is_empty());
    head.filter(|line| FIELDS.iter().any(|field| line.starts_with(field))).count() >= 3
}

/// Kinds of text that say what they are.
fn named_text(lower: &str) -> Option<(Told, &'static str)> {
    let begins = |start: &str| lower.starts_with(start);
    match () {
        () if begins("{") && lower.contains("\"doc_id\"") => Some((POINTER, "a link to a Google document")),
        () if begins("[internetshortcut]") => Some((POINTER, "a shortcut to a web page")),
        () if begins("version https://git-lfs") => Some((POINTER, "a link to a file that Git keeps elsewhere")),
        () if begins("<?xml") && lower.contains("<key>url</key>") => Some((POINTER, "a shortcut to a web page")),
        () if begins("id;p") => Some((OPENED, "a SYLK spreadsheet (.slk)")),
        () if begins("table\r\n0,1") || begins("table\n0,1") => Some((OPENED, "a DIF spreadsheet (.dif)")),
        () if begins("begin:vc") => Some((FOREIGN, "a calendar or address card")),
        () if begins("{") && lower.contains(':') => Some((FOREIGN, "JSON data")),
        () if begins("[{") || begins("[[") => Some((FOREIGN, "JSON data")),
        () if begins("<?xml") => Some((FOREIGN, "XML that is no spreadsheet")),
        () => None,
    }
}

/// What stands between the values of each line, in words, where all lines have as many of it.
fn separator(text: &str) -> Option<&'static str> {
    const LINES: usize = 20;
    /// One line alone may be a sentence.
    const FEWEST_LINES: usize = 2;
    let mut lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(LINES).collect();
    // The glance may end within a line.
    if text.len() >= GLANCE / 4 && lines.len() > FEWEST_LINES {
        lines.pop();
    }
    let separators = [
        ('\t', "tabs between them"),
        (';', "semicolons between them (CSV)"),
        (',', "commas between them (CSV)"),
        ('|', "upright strokes between them"),
    ];
    let (_, words) = separators.into_iter().find(|(sign, _)| {
        let counts: Vec<usize> = lines.iter().map(|line| outside_quotes(line, *sign)).collect();
        counts.len() >= FEWEST_LINES && counts[0] > 0 && counts.iter().all(|count| *count == counts[0])
    })?;
    Some(words)
}

/// How often a sign stands in a line outside of quoted values.
fn outside_quotes(line: &str, sign: char) -> usize {
    line.split('"').step_by(2).map(|piece| piece.matches(sign).count()).sum()
}

/// The bytes as text, if that is what they are: UTF-16 with a mark, UTF-8, or an 8-bit code of Windows.
fn decoded(bytes: &[u8]) -> Option<String> {
    let pairs = |order: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes[2..].chunks_exact(2).map(|pair| order([pair[0], pair[1]])).collect();
        String::from_utf16_lossy(&units)
    };
    let text = match bytes {
        [0xff, 0xfe, ..] => pairs(u16::from_le_bytes),
        [0xfe, 0xff, ..] => pairs(u16::from_be_bytes),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    };
    let is_control = |character: char| character.is_control() && !matches!(character, '\t' | '\r' | '\n' | '\u{c}');
    (!text.chars().any(is_control)).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened(kind: &str) -> UnreadableWorkbook {
        OPENED(kind.to_owned())
    }

    fn foreign(kind: &str) -> UnreadableWorkbook {
        FOREIGN(kind.to_owned())
    }

    #[test]
    fn texts() {
        let mail = b"Return-Path: <a@b.example>\r\nFrom: A\r\nTo: B\r\nSubject: May\r\nMIME-Version: 1.0\r\n\r\nHello";
        let cases: [(&[u8], UnreadableWorkbook); 28] = [
            (b"<html><body>Sign in</body></html>", UnreadableWorkbook::WebPage),
            (b"\xef\xbb\xbf \r\n<!DOCTYPE HTML PUBLIC>", UnreadableWorkbook::WebPage),
            (b"<?xml version=\"1.0\"?><!DOCTYPE html><html/>", UnreadableWorkbook::WebPage),
            (b"\xff\xfe<\0h\0t\0m\0l\0>\0", UnreadableWorkbook::WebPage),
            (b"MIME-Version: 1.0\r\n", UnreadableWorkbook::WebPage),
            (
                b"From: <Saved by Excel>\r\nSubject: a\r\nDate: b\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related",
                UnreadableWorkbook::WebPage,
            ),
            (mail, foreign("an e-mail")),
            (b"From: the team\nTo: all\n\nSubject: none", UnreadableWorkbook::PlainText),
            (b"Date paid,Reference\r\n15/04/2022,INV-0001\r\n", opened("values with commas between them (CSV)")),
            (b"Ref\tNote\n1\ta, b\n2\tc", opened("values with tabs between them")),
            (b"Ref;Amount\n1;2,5\n2;3,5", opened("values with semicolons between them (CSV)")),
            (b"Ref,Note\n1,\"a, b\"\n", opened("values with commas between them (CSV)")),
            (b"Dear all,\nthe figures, as agreed, follow\n", UnreadableWorkbook::PlainText),
            (b"One line, with a comma", UnreadableWorkbook::PlainText),
            (b"Amount (\xa3)\r\n12\r\n", UnreadableWorkbook::PlainText),
            (b"BM is a picture in bytes, not in words", UnreadableWorkbook::PlainText),
            (b"M", UnreadableWorkbook::PlainText),
            (b"%PDF-1.7\n%\xe2\xe3", UnreadableWorkbook::Pdf),
            (b"\xff\xfe\x01", UnreadableWorkbook::PlainText),
            (b"ID;PWXL;N;E\nP;PGeneral", opened("a SYLK spreadsheet (.slk)")),
            (b"TABLE\r\n0,1\r\n\"EXCEL\"", opened("a DIF spreadsheet (.dif)")),
            (b"BEGIN:VCALENDAR\r\n", foreign("a calendar or address card")),
            (b"{\"amount\": 1}", foreign("JSON data")),
            (b"[{\"amount\": 1}]", foreign("JSON data")),
            (b"<?xml version=\"1.0\"?><figures/>", foreign("XML that is no spreadsheet")),
            (
                b"<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?>",
                opened("an XML spreadsheet of 2003"),
            ),
            (b"<?xml version=\"1.0\"?><office:document a=\"b\">", opened("a flat OpenDocument spreadsheet (.fods)")),
            (b"[InternetShortcut]\r\nURL=https://a.example/", POINTER("a shortcut to a web page".to_owned())),
        ];
        for (bytes, expected) in cases {
            assert_eq!(kind(bytes), expected, "{}", String::from_utf8_lossy(bytes));
        }
        let google = br#"{"url":"https://docs.example/open?id=1","doc_id":"1","email":"a@b.example"}"#;
        assert_eq!(kind(google), POINTER("a link to a Google document".to_owned()));
    }

    #[test]
    fn bytes() {
        let riff = |kind: &[u8]| [b"RIFF\x10\x00\x00\x00", kind, &[0; 9]].concat();
        let tar = [&b"a.xlsx"[..], &[0; 251], b"ustar\0"].concat();
        let cases: [(&[u8], UnreadableWorkbook); 25] = [
            (b"\x09\x00\x04\x00\x02\x00\x10\x00", opened(OLD_EXCEL)),
            (b"\x09\x02\x06\x00\x00\x00\x10\x00", opened(OLD_EXCEL)),
            (b"\x09\x04\x06\x00\x00\x00\x10\x00", opened(OLD_EXCEL)),
            (b"\x09\x08\x08\x00\x00\x05\x05\x00", opened(OLD_EXCEL)),
            (b"\x00\x00\x02\x00\x06\x04\x06\x00", foreign("a Lotus 1-2-3 or Quattro Pro spreadsheet")),
            (b"\xff\x00\x02\x00\x04\x04\x05\x54", foreign("a Microsoft Works spreadsheet")),
            (b"\x00\x01\x00\x00Standard Jet DB\0", foreign("an Access database")),
            (b"SQLite format 3\0\x10\x00", foreign("an SQLite database")),
            (b"{\\rtf1\\ansi", foreign("a Rich Text document")),
            (b"\x89PNG\r\n\x1a\n", foreign(PICTURE)),
            (b"\xff\xd8\xff\xe0\0\x10JFIF", foreign(PICTURE)),
            (b"BM\x36\0\0\0", foreign(PICTURE)),
            (&riff(b"WEBP"), foreign(PICTURE)),
            (&riff(b"WAVE"), foreign(RECORDING)),
            (b"\0\0\0\x18ftypheic\0", foreign(PICTURE)),
            (b"\0\0\0\x18ftypmp42\0", foreign(RECORDING)),
            (b"MZ\x90\0\x03\0", foreign(PROGRAM)),
            (b"\x7fELF\x02\x01\x01\0", foreign(PROGRAM)),
            (b"7z\xbc\xaf\x27\x1c\0\x04", PACKED("a 7z archive".to_owned())),
            (b"Rar!\x1a\x07\x01\0", PACKED("a RAR archive".to_owned())),
            (b"\x1f\x8b\x08\x00\x00", PACKED("a gzip archive".to_owned())),
            (&tar, PACKED("a tar archive".to_owned())),
            (b"\x4c\0\0\0\x01\x14\x02\0\0\0", POINTER("a Windows shortcut".to_owned())),
            (b"\x01\x02\x03\x04", UnreadableWorkbook::Unknown),
            (b"\x01", UnreadableWorkbook::Unknown),
        ];
        for (bytes, expected) in cases {
            assert_eq!(kind(bytes), expected, "{bytes:?}");
        }
    }
}
