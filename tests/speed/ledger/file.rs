//! Workbooks of a ledger.

use rust_xlsxwriter::{Format, Workbook};

use super::entry::{CLOSED, COST_CENTRES, DIRECTORATES, HEADINGS, Value, cost_centre, row};

/// The bytes of a workbook with `rows` entries, of which the first is the `first` of all ledgers, on the sheet Ledger.
pub fn workbook(seed: u64, first: usize, rows: usize) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let (date, money) = (Format::new().set_num_format("dd/mm/yyyy"), Format::new().set_num_format("#,##0.00"));
    // Texts are shared, as Excel writes them.
    let sheet = workbook.add_worksheet_with_low_memory().unwrap();
    sheet.set_name("Ledger").unwrap();
    sheet.write_row(0, 0, HEADINGS).unwrap();
    for place in 0..rows {
        let line = place as u32 + 1;
        for (column, value) in row(seed, first, place).into_iter().enumerate() {
            let column = column as u16;
            match value {
                Value::Empty => continue,
                Value::Text(text) => sheet.write_string(line, column, text),
                Value::Date(day) => sheet.write_number_with_format(line, column, day as f64, &date),
                Value::Number(number) if column > 7 => sheet.write_number_with_format(line, column, number, &money),
                Value::Number(number) => sheet.write_number(line, column, number),
            }
            .unwrap();
        }
    }
    saved(workbook)
}

/// The bytes of the workbook that lists the cost centres.
pub fn cost_centres() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let date = Format::new().set_num_format("dd/mm/yyyy");
    let sheet = workbook.add_worksheet();
    sheet.set_name("Cost centres").unwrap();
    sheet.write_row(0, 0, ["Cost centre", "Directorate", "Closed on"]).unwrap();
    for number in 1..=COST_CENTRES {
        let line = number as u32;
        sheet.write_string(line, 0, cost_centre(number)).unwrap();
        sheet.write_string(line, 1, DIRECTORATES[(number % 8) as usize]).unwrap();
        if number == CLOSED {
            // 30 June 2022.
            sheet.write_number_with_format(line, 2, 44_742.0, &date).unwrap();
        }
    }
    saved(workbook)
}

fn saved(mut workbook: Workbook) -> Vec<u8> {
    // The same bytes on any day.
    let day = rust_xlsxwriter::ExcelDateTime::from_ymd(2022, 4, 1).unwrap();
    workbook.set_properties(&rust_xlsxwriter::DocProperties::new().set_creation_datetime(&day));
    workbook.save_to_buffer().unwrap()
}
