//! The payments list: headings wrapped over two rows and within a cell, dates that are dates and dates that are texts, credits
//! in brackets, `-` and `NIL` for nothing, and a filter that was left on.

use rust_xlsxwriter::{FilterCondition, Workbook};

use super::page::{Look, Page, Slips};

/// The payments. A day written as `2024-04-19` becomes a date of Excel, any other stays a text; so do amounts in brackets.
pub const PAYMENTS: [&str; 45] = [
    "04/04/2024 | PAY-1041 | Home care agency C | Adults | Home care | 1227.24 | -",
    "12/04/2024 | PAY-1044 | Foster care agency D | Children | Fostering | 8571.44 | -",
    "2024-04-19 | PAY-1045 | Street lighting contractor I | Highways | Lamp replacement | 13406.64 | -",
    "29/04/2024 | PAY-1047 | Grounds contractor L | Environment | Grass cutting | 2225.05 | -",
    "10/05/2024 | PAY-1048 | Care provider B | Adults | Supported living | 7824.44 | -",
    "2024-05-15 | PAY-1051 | Foster care agency D | Children | Fostering | 844.90 | -",
    "20/05/2024 | PAY-1053 | Street lighting contractor I | Highways | Lamp replacement | 3352.34 | -",
    "31/05/2024 | PAY-1056 | Grounds contractor L | Environment | Grass cutting | 2648.66 | 529.73",
    "2024-06-05 | PAY-1058 | Care provider A | Adults | Residential care | 2411.76 | -",
    "13/06/2024 | PAY-1059 | Minibus operator F | Children | School transport | (1,310.00) | -",
    "24/06/2024 | PAY-1061 | Grit supplier J | Highways | Grit and sand | 1928.16 | NIL",
    "2024-07-01 | PAY-1063 | Waste contractor K | Environment | Kerbside collection | 3388.77 | 677.75",
    "10/07/2024 | PAY-1064 | Care provider B | Adults | Supported living | 717.39 | NIL",
    "17/07/2024 | PAY-1067 | Children's home E | Children | Residential placement | 18284.72 | -",
    "2024-07-22 | PAY-1069 | Street lighting contractor I | Highways | Lamp replacement | 15452.74 | -",
    "29/07/2024 | PAY-1070 | Waste contractor K | Environment | Kerbside collection | 1589.68 | 317.94",
    "05/08/2024 | PAY-1073 | Care provider B | Adults | Supported living | 709.75 | -",
    "2024-08-14 | PAY-1075 | Minibus operator F | Children | School transport | 1610.55 | -",
    "19/08/2024 | PAY-1078 | Grit supplier J | Highways | Grit and sand | 824.50 | -",
    "26/08/2024 | PAY-1080 | Grounds contractor L | Environment | Grass cutting | 833.68 | 166.74",
    "2024-09-02 | PAY-1081 | Waste contractor K | Environment | Kerbside collection | 781.48 | 156.30",
    "11/09/2024 | PAY-1084 | Foster care agency D | Children | Fostering | 2561.31 | -",
    "20/09/2024 | PAY-1085 | Paving contractor H | Highways | Resurfacing | 11784.36 | -",
    "2024-09-25 | PAY-1088 | Waste contractor K | Environment | Kerbside collection | 969.26 | 193.85",
    "07/10/2024 | PAY-1090 | Care provider A | Adults | Residential care | 12309.00 | -",
    "11/10/2024 | PAY-1092 | Foster care agency D | Children | Fostering | 1780.52 | -",
    "2024-10-18 | PAY-1094 | Grit supplier J | Highways | Grit and sand | (935.75) | -",
    "30/10/2024 | PAY-1097 | Grit supplier J | Highways | Grit and sand | 2876.74 | -",
    "11/11/2024 | PAY-1098 | Home care agency C | Adults | Home care | 2585.63 | -",
    "2024-11-22 | PAY-1099 | Tree surgeon M | Environment | Tree works | 16597.40 | 3319.48",
    "27/11/2024 | PAY-1102 | Paving contractor H | Highways | Resurfacing | 17033.59 | -",
    "09/12/2024 | PAY-1103 | Grounds contractor L | Environment | Grass cutting | 4771.80 | -",
    "2024-12-19 | PAY-1105 | Care provider A | Adults | Residential care | 1466.73 | -",
    "30/12/2024 | PAY-1106 | Foster care agency D | Children | Fostering | 4957.47 | -",
    "02/01/2025 | PAY-1109 | Grit supplier J | Highways | Grit and sand | 991.71 | -",
    "2025-01-09 | PAY-1111 | Tree surgeon M | Environment | Tree works | 1996.91 | 399.38",
    "14/01/2025 | PAY-1114 | Children's home E | Children | Residential placement | 1177.98 | -",
    "27/01/2025 | PAY-1116 | Taxi operator G | Children | School transport | 15762.00 | -",
    "2025-02-03 | PAY-1119 | Paving contractor H | Highways | Resurfacing | 950.96 | -",
    "10/02/2025 | PAY-1122 | Waste contractor K | Environment | Kerbside collection | 5100.18 | -",
    "18/02/2025 | PAY-1123 | Care provider A | Adults | Residential care | 2440.74 | -",
    "2025-02-25 | PAY-1125 | Taxi operator G | Children | School transport | 15805.29 | -",
    "10/03/2025 | PAY-1127 | Grit supplier J | Highways | Grit and sand | 4806.07 | -",
    "13/03/2025 | PAY-1128 | Tree surgeon M | Environment | Tree works | 6184.39 | NIL",
    "2025-03-24 | PAY-1131 | Care provider A | Adults | Residential care | 1252.37 | -",
];

/// The row of the first payment, as Excel counts.
pub const FIRST: u32 = 6;

pub fn write(workbook: &mut Workbook, slips: Slips<'_>) {
    let mut page = Page::new(workbook, "Payments", slips);
    page.widths(&[12.0, 12.0, 28.0, 14.0, 24.0, 14.0, 14.0]);
    page.text("A1", "Payments over £500, 2024-25", Look::Title);
    page.text("A2", "All payments to suppliers of more than £500. Credits stand in brackets.", Look::Note);
    page.texts("A4", &["Date", "Payment", "", "", "", "Amount", ""], Look::Heading);
    let lower = ["paid", "reference", "Supplier", "Service", "Purpose", "(£)", "Irrecoverable\nVAT (£)"];
    page.texts("A5", &lower, Look::Heading);
    for (payment, row) in PAYMENTS.into_iter().zip(FIRST..) {
        write_payment(&mut page, row, payment);
    }
    let last = FIRST + u32::try_from(PAYMENTS.len()).unwrap() - 1;
    // Somebody looked at one service and left the filter on: the other rows are hidden, and are data all the same.
    let sheet = page.sheet();
    sheet.autofilter(4, 0, last - 1, 6).unwrap();
    let condition = ["Adults", "Children", "Environment"].into_iter();
    let condition = condition.fold(FilterCondition::new(), |condition, service| condition.add_list_filter(service));
    sheet.filter_column(3, &condition).unwrap();
    sheet.set_freeze_panes(5, 0).unwrap();
}

fn write_payment(page: &mut Page<'_>, row: u32, payment: &str) {
    for (letter, text) in ["A", "B", "C", "D", "E", "F", "G"].into_iter().zip(payment.split('|').map(str::trim)) {
        let cell = format!("{letter}{row}");
        match (letter, text.parse::<f64>()) {
            ("A", _) if text.contains('-') => page.day(&cell, text),
            (_, Ok(amount)) => page.number(&cell, amount, Look::Pence),
            (_, Err(_)) => page.text(&cell, text, Look::Plain),
        }
    }
}
