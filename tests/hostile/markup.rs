//! XML that declares entities, is in another encoding, or nests without end.

use crate::probe::{BOOK, Book, ROWS, SHEET, shared_texts, worksheet};
use crate::row::{Expected, Row, reads_1000, unreadable};

/// Ten entities, each ten times the one before.
fn laughs(root: &str) -> String {
    let each: String = (1..10)
        .map(|index| format!("<!ENTITY laugh{index} \"{}\">", format!("&laugh{};", index - 1).repeat(10)))
        .collect();
    format!("<!DOCTYPE {root} [<!ENTITY laugh0 \"ha\">{each}]>")
}

/// One row for each.
pub fn rows() -> Vec<Row> {
    let sheet = worksheet(ROWS);
    let outside = "<!DOCTYPE worksheet [<!ENTITY secret SYSTEM \"file:///etc/passwd\">]>";
    let laughing = |text: &str| sheet.replace("Dawn", text);
    let mut rows = vec![
        Row::probe(
            "billion laughs in a sheet",
            Book::of(&(laughs("worksheet") + &laughing("&laugh9;"))).bytes(),
            unreadable("entities"),
        ),
        Row::probe(
            "billion laughs in the shared texts",
            Book::good().sharing(&(laughs("sst") + &shared_texts("1", "<si><t>&laugh9;</t></si>"))).bytes(),
            unreadable("entities"),
        ),
        Row::probe(
            "billion laughs in the workbook part",
            Book::good().edit(BOOK, "<workbook", &(laughs("workbook") + "<workbook")).bytes(),
            unreadable("entities"),
        ),
        Row::probe(
            "an entity that reads a file",
            Book::of(&(outside.to_owned() + &laughing("&secret;"))).bytes(),
            unreadable("entities"),
        ),
        Row::probe(
            "an entity of a parameter that reads from elsewhere",
            Book::of(&("<!DOCTYPE worksheet SYSTEM \"https://example.org/a.dtd\">".to_owned() + &sheet)).bytes(),
            unreadable(""),
        )
        .or(reads_1000()),
        Row::probe("an entity that nobody declares", Book::of(&laughing("D&nosuch;wn")).bytes(), reads_1000())
            .or(unreadable("")),
        Row::probe(
            "a sheet in XML 1.1",
            Book::of(&("<?xml version=\"1.1\"?>".to_owned() + &sheet)).bytes(),
            reads_1000(),
        ),
        Row::probe("a sheet with a byte order mark", Book::of(&("\u{feff}".to_owned() + &sheet)).bytes(), reads_1000()),
        Row::probe(
            "a sheet with a NUL in a text",
            Book::of(&laughing("Da\0wn")).bytes(),
            [reads_1000(), vec![Expected::at("invisible-character", "Probe!A2", "U+0000")]].concat(),
        )
        .or(unreadable("")),
        Row::probe(
            "a sheet with a NUL between tags",
            Book::of(&sheet.replace("<row r=\"2\">", "\0<row r=\"2\">")).bytes(),
            reads_1000(),
        )
        .or(unreadable("")),
        Row::probe("a sheet that ends in the middle", Book::of(&sheet[..sheet.len() - 60]).bytes(), unreadable("")),
        Row::probe(
            "a sheet that ends after its rows",
            Book::of(sheet.trim_end_matches("</sheetData></worksheet>")).bytes(),
            unreadable(""),
        ),
        Row::probe("a sheet of nothing", Book::of("").bytes(), unreadable("")),
        Row::probe(
            "a sheet whose tags cross",
            Book::of(&sheet.replace("</t></is></c>", "</c></is></t>")).bytes(),
            unreadable(""),
        ),
        Row::probe(
            "a comment that never ends",
            Book::of(&sheet.replace("<row r=\"2\">", "<!-- <row r=\"2\">")).bytes(),
            unreadable(""),
        ),
        Row::probe(
            "a million comments",
            Book::of(&sheet.replace("<row r=\"2\">", &("<!---->".repeat(1_000_000) + "<row r=\"2\">"))).bytes(),
            reads_1000(),
        )
        .or(unreadable("too large")),
        Row::probe(
            "a tag with a million attributes",
            Book::of(&sheet.replace("<row r=\"2\">", &format!("<row r=\"2\"{}>", attributes(1_000_000)))).bytes(),
            reads_1000(),
        )
        .or(unreadable("")),
        Row::probe(
            "an attribute of ten million letters",
            Book::of(&sheet.replace("<row r=\"2\">", &format!("<row r=\"2\" ht=\"{}\">", "1".repeat(10_000_000))))
                .bytes(),
            reads_1000(),
        )
        .or(unreadable("")),
    ];
    rows.extend(encoded());
    rows.extend(nested());
    rows
}

fn attributes(count: usize) -> String {
    (0..count).map(|index| format!(" a{index}=\"\"")).collect()
}

fn encoded() -> Vec<Row> {
    let sheet = worksheet(ROWS);
    let units = |order: fn(u16) -> [u8; 2]| -> Vec<u8> { sheet.encode_utf16().flat_map(order).collect() };
    let little = units(u16::to_le_bytes);
    let wide: Vec<u8> = sheet.chars().flat_map(|character| u32::from(character).to_le_bytes()).collect();
    let declared = |encoding: &str, sheet: &[u8]| {
        [format!("<?xml version=\"1.0\" encoding=\"{encoding}\"?>").as_bytes(), sheet].concat()
    };
    let with = |bytes: Vec<u8>| Book::good().with(SHEET, bytes).bytes();
    let pound = |byte: &[u8]| {
        [sheet.split("Dawn").next().unwrap().as_bytes(), byte, sheet.split("Dawn").nth(1).unwrap().as_bytes()].concat()
    };
    let types: Vec<u8> =
        String::from_utf8(Book::good().0[0].1.clone()).unwrap().encode_utf16().flat_map(u16::to_le_bytes).collect();
    vec![
        Row::probe("a sheet in UTF-16", with([&[0xff, 0xfe], &little[..]].concat()), unreadable("UTF-16")),
        Row::probe("a sheet in UTF-16 without a mark", with(little), unreadable("UTF-16")),
        Row::probe(
            "a sheet in UTF-16, the other way round",
            with([vec![0xfe, 0xff], units(u16::to_be_bytes)].concat()),
            unreadable("UTF-16"),
        ),
        Row::probe("a sheet in UTF-32", with([&[0xff, 0xfe, 0, 0], &wide[..]].concat()), unreadable("")),
        Row::probe("a sheet in UTF-7", with(declared("UTF-7", sheet.replace('<', "+ADw-").as_bytes())), unreadable("")),
        Row::probe("a sheet that says UTF-16 and is not", with(declared("UTF-16", sheet.as_bytes())), unreadable(""))
            .or(reads_1000()),
        Row::probe(
            "a sheet in Latin-1 with a pound sign",
            with(declared("ISO-8859-1", &pound(b"\xa3 Dawn"))),
            unreadable(""),
        ),
        Row::probe("a sheet in UTF-8 that is not", with(pound(b"\xa3\xff Dawn")), unreadable("")),
        Row::probe("content types in UTF-16", Book::good().with("[Content_Types].xml", types).bytes(), unreadable(""))
            .or(reads_1000()),
    ]
}

fn nested() -> Vec<Row> {
    let deep = |name: &str| format!("{}{}", format!("<{name}>").repeat(100_000), format!("</{name}>").repeat(100_000));
    vec![
        Row::probe(
            "100,000 elements in each other in a sheet",
            Book::of(&worksheet(ROWS).replace("<row r=\"2\">", &(deep("row") + "<row r=\"2\">"))).bytes(),
            unreadable("too deep in each other"),
        )
        .or(reads_1000()),
        Row::probe(
            "100,000 elements in each other in a text",
            Book::of(&worksheet(ROWS).replace("Dawn", &deep("r"))).bytes(),
            unreadable(""),
        )
        .or(reads_1000()),
        Row::probe(
            "100,000 elements in each other in the styles",
            Book::good().styled(&deep("styleSheet")).bytes(),
            unreadable(""),
        )
        .or(reads_1000()),
        Row::probe(
            "100,000 elements in each other in the relationships",
            Book::good().with("_rels/.rels", deep("Relationships")).bytes(),
            unreadable(""),
        )
        .or(reads_1000()),
        Row::probe(
            "a million tags that are never closed",
            Book::of(&worksheet(&"<row>".repeat(1_000_000))).bytes(),
            unreadable(""),
        ),
    ]
}
