//! Workbooks whose sheets, names and parts lead astray.

use crate::probe::{BOOK, BOOK_RELATIONSHIPS, Book, ROWS, SHEET, relationships, worksheet};
use crate::row::{Expected, Row, reads_1000, unreadable};

/// One row for each.
pub fn rows() -> Vec<Row> {
    let mut rows = leading_astray();
    rows.extend(named());
    rows.extend(many());
    rows.extend(beside());
    rows
}

fn leading_astray() -> Vec<Row> {
    let to =
        |target: &str| Book::good().with(BOOK_RELATIONSHIPS, relationships(&[("rId1", "worksheet", target)])).bytes();
    let external = "Target=\"https://example.org/sheet.xml\" TargetMode=\"External\"";
    vec![
        Row::probe("a sheet that leads to a part that is not there", to("worksheets/sheet9.xml"), unreadable("")),
        Row::probe("a sheet that leads to the workbook", to("workbook.xml"), unreadable("leads to what is no sheet")),
        Row::probe(
            "a sheet that leads to the content types",
            to("/[Content_Types].xml"),
            unreadable("leads to what is no sheet"),
        ),
        Row::probe("a sheet that leads to a file of the computer", to("../../../../etc/passwd"), unreadable("")),
        Row::probe("a sheet that leads to a file by its address", to("file:///etc/passwd"), unreadable("")),
        Row::probe("a sheet that leads to nothing", to(""), unreadable("")),
        Row::probe(
            "a sheet that leads out of the workbook",
            Book::good().edit(BOOK_RELATIONSHIPS, "Target=\"worksheets/sheet1.xml\"", external).bytes(),
            unreadable(""),
        ),
        Row::probe(
            "a sheet whose relationship is missing",
            Book::good().edit(BOOK, "r:id=\"rId1\"", "r:id=\"rId7\"").bytes(),
            unreadable(""),
        ),
        Row::probe(
            "a sheet without a relationship",
            Book::good().edit(BOOK, " r:id=\"rId1\"", "").bytes(),
            unreadable(""),
        ),
        Row::probe("a sheet whose path has another letter case", to("Worksheets/SHEET1.xml"), reads_1000())
            .or(unreadable("")),
        Row::probe(
            "relationships in a circle",
            {
                Book::good()
                    .with(
                        "xl/worksheets/_rels/sheet1.xml.rels",
                        relationships(&[("rId1", "comments", "sheet1.xml"), ("rId2", "drawing", "../workbook.xml")]),
                    )
                    .bytes()
            },
            reads_1000(),
        ),
        Row::probe("no relationships of the package", Book::good().without("_rels/.rels").bytes(), reads_1000())
            .or(unreadable("")),
        Row::probe(
            "no relationships of the workbook",
            Book::good().without(BOOK_RELATIONSHIPS).bytes(),
            unreadable(""),
        ),
        Row::probe("no content types", Book::good().without("[Content_Types].xml").bytes(), reads_1000())
            .or(unreadable("")),
        Row::probe("no workbook part", Book::good().without(BOOK).bytes(), unreadable("")),
        Row::probe("no sheet part", Book::good().without(SHEET).bytes(), unreadable("")),
        Row::probe(
            "a workbook part that lies elsewhere",
            {
                let book = String::from_utf8(Book::good().0[2].1.clone()).unwrap();
                Book::good()
                    .without(BOOK)
                    .without(BOOK_RELATIONSHIPS)
                    .with("book.xml", book)
                    .with("_rels/.rels", relationships(&[("rId1", "officeDocument", "book.xml")]))
                    .with("_rels/book.xml.rels", relationships(&[("rId1", "worksheet", "xl/worksheets/sheet1.xml")]))
                    .bytes()
            },
            reads_1000(),
        )
        .or(unreadable("")),
        Row::probe(
            "two relationships of one name",
            {
                Book::good()
                    .with(
                        BOOK_RELATIONSHIPS,
                        relationships(&[
                            ("rId1", "worksheet", "worksheets/sheet1.xml"),
                            ("rId1", "worksheet", "worksheets/sheet2.xml"),
                        ]),
                    )
                    .with("xl/worksheets/sheet2.xml", worksheet(&ROWS.replace("1000", "9000")))
                    .bytes()
            },
            unreadable(""),
        )
        .or(vec![Expected::at("damaged-cell", "Probe!B2", "programs read differently")]),
    ]
}

fn named() -> Vec<Row> {
    let and = |name: &str| {
        let second = format!("<sheet name=\"{name}\" sheetId=\"2\" r:id=\"rId2\"/></sheets>");
        Book::good()
            .edit(BOOK, "</sheets>", &second)
            .with(
                BOOK_RELATIONSHIPS,
                relationships(&[
                    ("rId1", "worksheet", "worksheets/sheet1.xml"),
                    ("rId2", "worksheet", "worksheets/sheet2.xml"),
                ]),
            )
            .with("xl/worksheets/sheet2.xml", worksheet(&ROWS.replace("1000", "9000")))
            .bytes()
    };
    let long = |count: usize| "N".repeat(count);
    let mut rows = vec![
        Row::probe("two sheets of one name", and("Probe"), unreadable("two sheets are named Probe")),
        Row::probe("two sheets that differ in letter case", and("PROBE"), unreadable("two sheets are named PROBE")),
        Row::probe("two sheets that differ in a space", and("Probe "), reads_1000())
            .or(unreadable("two sheets are named")),
        Row::probe(
            "a workbook without sheets",
            Book::good().edit(BOOK, "<sheet name=\"Probe\" sheetId=\"1\" r:id=\"rId1\"/>", "").bytes(),
            unreadable("it has no sheets"),
        ),
        Row::probe("a sheet without a name", Book::good().edit(BOOK, " name=\"Probe\"", "").bytes(), unreadable(""))
            .or(missing_sheet()),
        Row::probe(
            "a sheet whose name is empty",
            Book::good().edit(BOOK, "name=\"Probe\"", "name=\"\"").bytes(),
            missing_sheet(),
        ),
    ];
    for (words, name) in [
        ("31 letters", long(31)),
        ("32 letters", long(32)),
        ("300 letters", long(300)),
        ("100,000 letters", long(100_000)),
        ("signs that Excel does not allow", "a/b\\c?d*e[f]g:h".to_owned()),
        ("a path", "../../etc/passwd".to_owned()),
        ("emoji", "\u{1f4b7}\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}".to_owned()),
        ("Arabic and an override", "\u{202e}\u{62a}\u{642}\u{631}\u{64a}\u{631}".to_owned()),
        ("control characters", "a&#x1;b&#x1b;[31mc&#x7f;".to_owned()),
        ("line breaks", "a&#10;b&#13;c".to_owned()),
        ("markup", "&lt;script&gt;alert(1)&lt;/script&gt;".to_owned()),
        ("a formula", "=cmd|'/c calc'!A1".to_owned()),
        ("an apostrophe at both ends", "'Probe'".to_owned()),
    ] {
        rows.push(Row::probe(&format!("another sheet named with {words}"), and(&name), reads_1000()));
    }
    rows
}

fn missing_sheet() -> Vec<Expected> {
    vec![Expected::of_file("missing-sheet", "Probe")]
}

fn many() -> Vec<Row> {
    let sheets = |count: usize| {
        let mut listed = String::new();
        let mut book = Book::good();
        let mut targets = vec![("rId1".to_owned(), "worksheets/sheet1.xml".to_owned())];
        for index in 2..=count {
            listed += &format!("<sheet name=\"S{index}\" sheetId=\"{index}\" r:id=\"rId{index}\"/>");
            targets.push((format!("rId{index}"), format!("worksheets/sheet{index}.xml")));
            book.0.push((format!("xl/worksheets/sheet{index}.xml"), worksheet("").into_bytes()));
        }
        let each: Vec<(&str, &str, &str)> =
            targets.iter().map(|(id, target)| (id.as_str(), "worksheet", target.as_str())).collect();
        book.edit(BOOK, "</sheets>", &format!("{listed}</sheets>"))
            .with(BOOK_RELATIONSHIPS, relationships(&each))
            .bytes()
    };
    let names = |count: usize| -> String {
        (0..count).map(|index| format!("<definedName name=\"N{index}\">Probe!$B$2</definedName>")).collect()
    };
    let comments: String = (0..100_000)
        .map(|index| format!("<comment ref=\"D{}\" authorId=\"0\"><text><t>ok</t></text></comment>", index + 5))
        .collect();
    vec![
        Row::probe("5,000 sheets", sheets(5_000), unreadable("more than 2,000 sheets")),
        Row::probe("2,000 sheets", sheets(2_000), reads_1000()),
        Row::probe(
            "20,000 defined names",
            Book::good()
                .edit(BOOK, "</sheets>", &format!("</sheets><definedNames>{}</definedNames>", names(20_000)))
                .bytes(),
            reads_1000(),
        ),
        Row::probe(
            "a defined name of itself",
            {
                Book::good()
                    .edit(
                        BOOK,
                        "</sheets>",
                        "</sheets><definedNames><definedName name=\"Me\">Me+Me</definedName></definedNames>",
                    )
                    .bytes()
            },
            reads_1000(),
        ),
        Row::probe(
            "100,000 comments",
            {
                Book::good()
                    .with(
                        "xl/worksheets/_rels/sheet1.xml.rels",
                        relationships(&[("rId1", "comments", "../comments1.xml")]),
                    )
                    .with(
                        "xl/comments1.xml",
                        format!(
                            "<comments><authors><author/></authors><commentList>{comments}</commentList></comments>"
                        ),
                    )
                    .bytes()
            },
            reads_1000(),
        ),
        Row::probe(
            "100,000 relationships",
            {
                let many: Vec<(String, String)> =
                    (0..100_000).map(|index| (format!("n{index}"), format!("media/{index}.png"))).collect();
                let mut each: Vec<(&str, &str, &str)> =
                    many.iter().map(|(id, target)| (id.as_str(), "image", target.as_str())).collect();
                each.push(("rId1", "worksheet", "worksheets/sheet1.xml"));
                Book::good().with(BOOK_RELATIONSHIPS, relationships(&each)).bytes()
            },
            reads_1000(),
        ),
        Row::probe(
            "200,000 styles",
            {
                Book::good()
                    .styled(&format!(
                        "<styleSheet><cellXfs>{}</cellXfs></styleSheet>",
                        "<xf numFmtId=\"14\"/>".repeat(200_000)
                    ))
                    .bytes()
            },
            reads_1000(),
        ),
        Row::probe(
            "a format of a million characters",
            {
                Book::cells("<c r=\"B2\" s=\"0\"><v>1000</v></c>")
                .styled(&format!("<styleSheet><numFmts><numFmt numFmtId=\"200\" formatCode=\"{}\"/></numFmts><cellXfs><xf numFmtId=\"200\"/></cellXfs></styleSheet>", "0".repeat(1_000_000))).bytes()
            },
            reads_1000(),
        ),
    ]
}

fn beside() -> Vec<Row> {
    let leading = |kind: &str, target: &str| {
        Book::good().with("xl/worksheets/_rels/sheet1.xml.rels", relationships(&[("rId1", kind, target)]))
    };
    vec![
        Row::probe(
            "a drawing at the root of the package",
            leading("drawing", "/drawing1.xml").with("drawing1.xml", "<wsDr/>").bytes(),
            reads_1000(),
        ),
        Row::probe(
            "a table at the root of the package",
            {
                leading("table", "/table1.xml").with("table1.xml", "<table id=\"1\" name=\"T\" displayName=\"T\" ref=\"A1:B2\"><tableColumns count=\"2\"/></table>").bytes()
            },
            reads_1000(),
        ),
        Row::probe(
            "a table over the whole grid",
            leading("table", "../tables/table1.xml")
                .with("xl/tables/table1.xml", "<table id=\"1\" name=\"T\" ref=\"A1:XFD1048576\"/>")
                .bytes(),
            reads_1000(),
        ),
        Row::probe(
            "macros that are random bytes",
            Book::good().leading_to("vbaProject", "vbaProject.bin").with("xl/vbaProject.bin", vec![7; 4_096]).bytes(),
            reads_1000(),
        ),
        Row::probe(
            "comments that are no XML",
            leading("comments", "../comments1.xml").with("xl/comments1.xml", vec![0xff; 4_096]).bytes(),
            reads_1000(),
        )
        .or(unreadable("")),
        Row::probe("styles that are no XML", Book::good().styled("these are no styles <<<").bytes(), reads_1000())
            .or(unreadable("")),
        Row::probe(
            "a picture as the sheet",
            Book::good().with(SHEET, b"\x89PNG\r\n\x1a\n".repeat(100)).bytes(),
            unreadable(""),
        ),
        Row::probe(
            "a part of 30 MB of nothing beside the sheets",
            Book::good().with("xl/media/image1.png", random(30 << 20)).bytes(),
            reads_1000(),
        ),
    ]
}

/// Bytes that cannot be packed, by a rule that is always the same.
fn random(count: usize) -> Vec<u8> {
    let mut rest: u64 = 2_022;
    (0..count)
        .map(|_| {
            rest ^= rest << 13;
            rest ^= rest >> 7;
            rest ^= rest << 17;
            (rest >> 32) as u8
        })
        .collect()
}
