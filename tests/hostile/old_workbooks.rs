//! Old workbooks (`.xls`) that ask for much in few bytes, lead in circles, or lie about lengths.

use crate::compound::{
    DIRECTORY_AT, FIRST_SECTOR, TABLE_AT, book, book_at, compound, number, record, record_claiming, text, with_word,
};
use crate::row::{Expected, Row, reads_1000, unreadable};
use crate::support::patched::{locked_with_password, registers};

/// The records of the sheet of a good probe.
fn cells() -> Vec<u8> {
    [text(0, 0, "Item"), text(0, 1, "Figure"), text(1, 0, "Dawn"), number(1, 1, 1000.0)].concat()
}

/// A good probe.
pub fn good_xls() -> Vec<u8> {
    of(&[], &cells())
}

fn of(globals: &[u8], sheet: &[u8]) -> Vec<u8> {
    compound(&[("Workbook", book(globals, sheet))])
}

/// One row for each.
pub fn rows() -> Vec<Row> {
    let mut rows = records();
    rows.extend(sectors());
    rows.extend(locked());
    for row in &mut rows {
        row.path = row.path.replace(".xlsx", ".xls");
    }
    rows
}

fn records() -> Vec<Row> {
    let and = |name: &str, sheet: &[u8], expected: Vec<Expected>| {
        Row::probe(name, of(&[], &[cells(), sheet.to_vec()].concat()), expected)
    };
    let dimensions = |rows: u32, columns: u16| {
        record(0x0200, &[&[0; 4][..], &rows.to_le_bytes(), &[0; 2], &columns.to_le_bytes(), &[0; 2]].concat())
    };
    let sst =
        |count: u32, texts: &[u8]| record(0x00fc, &[&count.to_le_bytes()[..], &count.to_le_bytes(), texts].concat());
    let texts = |count: usize| -> Vec<u8> { (0..count).flat_map(|_| [1, 0, 0, b'x']).collect() };
    let shared = |index: u32| record(0x00fd, &[&[5, 0, 0, 0, 0, 0][..], &index.to_le_bytes()].concat());
    vec![
        Row::probe("xls good", good_xls(), reads_1000()),
        and("xls with a dimension of 65,536 by 256", &dimensions(65_536, 256), reads_1000())
            .or(unreadable("memory"))
            .slow(),
        and("xls with a dimension of 4 billion by 65,535", &dimensions(u32::MAX, u16::MAX), unreadable(""))
            .or(reads_1000())
            .slow(),
        and(
            "xls with a dimension below 0",
            &record(0x0200, &[9, 0, 0, 0, 1, 0, 0, 0, 9, 0, 1, 0, 0, 0]),
            unreadable(""),
        )
        .or(reads_1000()),
        and("xls with a dimension of three bytes", &record(0x0200, &[1, 2, 3]), unreadable("")).slow(),
        and("xls with cells in opposite corners", &number(65_535, 255, 7.0), reads_1000())
            .or(unreadable("too large to be read safely"))
            .slow(),
        and("xls with cells beyond its grid", &number(65_535, 65_535, 7.0), unreadable("")),
        and("xls with a number of two bytes", &record(0x0203, &[1, 0]), unreadable("")),
        and(
            "xls with a text longer than its record",
            &record(0x0204, &[1, 0, 3, 0, 0, 0, 0xff, 0xff, 0, b'x']),
            unreadable(""),
        )
        .or(reads_1000()),
        and(
            "xls with a cell given twice",
            &number(1, 1, 9000.0),
            vec![Expected::at("cell-given-twice", "Probe!B2", "")],
        )
        .or(unreadable("")),
        and(
            "xls with a number that is none",
            &[text(2, 0, "Dusk"), number(2, 1, f64::NAN)].concat(),
            vec![Expected::at("too-large", "Probe!B2", "says 1000."), Expected::at("damaged-cell", "Probe!B3", "NaN")],
        ),
        and("xls with a record beyond the end", &record_claiming(0x0203, 0xffff, &[0; 4]), unreadable("")),
        and(
            "xls with records in each other without end",
            &record(0x0809, &[0, 6, 0x10, 0]).repeat(1_000),
            reads_1000(),
        )
        .or(unreadable("")),
        and("xls with a formula of one byte", &record(0x0006, &[1]), unreadable("")),
        and(
            "xls with a formula that ends too early",
            &record(0x0006, &[2, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0x23]),
            unreadable(""),
        )
        .or(reads_1000()),
        and(
            "xls with a shared text beyond the last",
            &shared(4_000_000_000),
            [reads_1000(), vec![Expected::at("damaged-cell", "Probe!A6", "has no such text")]].concat(),
        ),
        Row::probe("xls with an SST of 4 billion texts", of(&sst(u32::MAX, &texts(1)), &cells()), reads_1000())
            .or(unreadable("")),
        Row::probe(
            "xls with an SST text of 65,535 letters that are not there",
            of(&sst(1, &[0xff, 0xff, 1, b'x', 0]), &cells()),
            unreadable(""),
        ),
        Row::probe(
            "xls with an SST whose text is followed by 2 GB",
            of(&sst(1, &[1, 0, 4, 0xff, 0xff, 0xff, 0x7f, b'x']), &cells()),
            unreadable(""),
        ),
        Row::probe("xls with an SST of three bytes", of(&record(0x00fc, &[1, 2, 3]), &cells()), unreadable("")),
        Row::probe(
            "xls with a code page that nobody knows",
            of(&record(0x0042, &[0x39, 0x30]), &cells()),
            unreadable(""),
        ),
        Row::probe(
            "xls with a name of 255 letters in no bytes",
            of(&record(0x0018, &[0, 0, 0, 255, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0]), &cells()),
            unreadable(""),
        ),
        Row::probe("xls with a sheet list that is empty", of(&record(0x0085, &[]), &cells()), unreadable("")),
        Row::probe(
            "xls with a sheet that begins beyond the end",
            compound(&[("Workbook", book_at(&[], &cells(), Some(0x7fff_ffff)))]),
            unreadable(""),
        ),
        Row::probe(
            "xls with a sheet that begins at the workbook",
            compound(&[("Workbook", book_at(&[], &cells(), Some(0)))]),
            unreadable(""),
        )
        .or(missing()),
        Row::probe("xls of nothing but zeros in its stream", compound(&[("Workbook", vec![0; 4096])]), unreadable(""))
            .or(missing_sheet()),
        Row::probe("xls with a list of 30,000 sheets", of(&sheets(), &cells()), unreadable("")),
    ]
}

/// The probe's headings are not on the sheet.
fn missing() -> Vec<Expected> {
    vec![Expected { code: "missing-table", cell: Some("Probe".to_owned()), words: String::new() }]
}

fn missing_sheet() -> Vec<Expected> {
    vec![Expected::of_file("missing-sheet", "Probe")]
}

fn sheets() -> Vec<u8> {
    (0..3_000).flat_map(|_| record(0x0085, &[0, 0, 0, 0, 0, 0, 1, 0, b'S'])).collect()
}

fn sectors() -> Vec<Row> {
    let good = good_xls();
    let in_table = |sector: usize| TABLE_AT + 4 * sector;
    let entry = DIRECTORY_AT + 128;
    vec![
        Row::probe(
            "xls whose sectors go in a circle",
            {
                let circle = with_word(good.clone(), in_table(FIRST_SECTOR + 1), 2);
                // The stream says that it is 4 GB long, so that the circle is gone round and round.
                with_word(circle, entry + 120, u32::MAX)
            },
            unreadable(""),
        )
        .slow(),
        Row::probe("xls whose directory goes in a circle", with_word(good.clone(), in_table(1), 1), unreadable(""))
            .slow(),
        Row::probe("xls whose table is its own next", with_word(with_word(good.clone(), 68, 0), 72, 1), unreadable(""))
            .or(reads_1000()),
        Row::probe(
            "xls whose sectors lead beyond the end",
            with_word(good.clone(), in_table(FIRST_SECTOR), 100_000),
            unreadable(""),
        ),
        Row::probe(
            "xls whose stream begins beyond the end",
            with_word(good.clone(), entry + 116, 0x00ff_ffff),
            unreadable(""),
        ),
        Row::probe("xls whose stream says it is 4 GB", with_word(good.clone(), entry + 120, u32::MAX), reads_1000())
            .or(unreadable("")),
        Row::probe("xls whose stream says it is empty", with_word(good.clone(), entry + 120, 0), missing_sheet())
            .or(unreadable("")),
        Row::probe(
            "xls whose directory begins beyond the end",
            with_word(good.clone(), 48, 0x00ff_ffff),
            unreadable(""),
        ),
        Row::probe(
            "xls with small sectors that are not there",
            with_word(with_word(good.clone(), 60, 0x00ff_ffff), 64, 0x00ff_ffff),
            unreadable(""),
        )
        .or(reads_1000()),
        Row::probe(
            "xls with sectors of 2^200 bytes",
            {
                let mut bytes = good.clone();
                bytes[30] = 200;
                bytes
            },
            unreadable(""),
        ),
        Row::probe(
            "xls with sectors of 4096 bytes that are 512",
            {
                let mut bytes = good.clone();
                bytes[30] = 12;
                bytes
            },
            unreadable(""),
        ),
        Row::probe("xls that is its header alone", good[..512].to_vec(), unreadable("damaged")),
        Row::probe("xls that is its first eight bytes", good[..8].to_vec(), unreadable("")),
        Row::probe(
            "xls without a workbook",
            compound(&[("Contents", vec![1; 4096])]),
            unreadable("neither an Excel nor"),
        ),
        Row::probe(
            "xls that holds a Word document",
            compound(&[("WordDocument", vec![1; 4096])]),
            unreadable("a Word document"),
        ),
        Row::probe(
            "xls that holds a presentation",
            compound(&[("PowerPoint Document", vec![1; 4096])]),
            unreadable("a PowerPoint presentation"),
        ),
        Row::probe("xls that holds an e-mail", compound(&[("__properties_version1.0", vec![1; 4096])]), unreadable("")),
        Row::probe(
            "xls with a workbook and a book",
            compound(&[("Book", book(&[], &cells())), ("Workbook", book(&[], &cells()))]),
            reads_1000(),
        ),
    ]
}

fn locked() -> Vec<Row> {
    let with = |kind: u16| of(&record(0x002f, &[&kind.to_le_bytes()[..], &[0; 4]].concat()), &cells());
    let mut behind = registers();
    let begins =
        behind.windows(8).position(|window| window == [0x09, 0x08, 0x10, 0x00, 0x00, 0x06, 0x05, 0x00]).unwrap();
    behind[begins + 20..begins + 22].copy_from_slice(&0x002fu16.to_le_bytes());
    behind[begins + 24..begins + 26].copy_from_slice(&[0, 0]);
    vec![
        Row::probe("xls locked by XOR", with(0), unreadable("locked with a password")),
        Row::probe("xls locked by RC4", with(1), unreadable("locked with a password")),
        Row::probe("xls locked by XOR, as Excel writes it", behind, unreadable("locked with a password")),
        Row::probe(
            "a locked workbook in a compound file",
            locked_with_password(),
            unreadable("locked with a password"),
        ),
        Row::probe(
            "a locked workbook as LibreOffice writes it",
            compound(&[("EncryptionInfo", vec![4; 4096]), ("EncryptedPackage", vec![9; 9000])]),
            unreadable("locked with a password"),
        ),
    ]
}
