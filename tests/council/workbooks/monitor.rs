//! The budget monitor: months across under two rows of headings, a section for each service, subtotals, a total, the full
//! year, the budget and the variance.

use rust_xlsxwriter::Workbook;

use super::page::{Look, Page, Slips, cell};

/// The services with their budget lines: the budget of each, then what was spent from April to December and what is expected
/// from January to March.
const SERVICES: [(&str, &str); 4] = [
    (
        "Adults",
        "Older people's care      | 9600000 | 815393 817925 825552 822397 810331 819394 816053 816778 827339 817100 811800 805600
         Learning disability      | 6240000 | 529526 528293 524790 530483 519727 531007 529580 523915 528817 529300 523500 522800
         Mental health            | 2160000 | 174854 175972 174952 175005 177797 173933 178240 177872 178053 177000 175500 177200",
    ),
    (
        "Children",
        "Children in care         | 7800000 | 694830 699246 681547 688980 681649 691642 698191 688321 692898 696500 685500 682900
         Short breaks*            |  960000 |  78012  78622  76419  77530  77310  76936  77059  77861  77755  78000  77400  78400
         Home to school transport | 2400000 | 236235 235084 228467 192127  43749 246028 247196 249905 216586 237900 218800 239200",
    ),
    (
        "Highways",
        "Road maintenance         | 2880000 | 190815 259266 281926 288678 264764 258862 238293 211711 164513 191900 214400 287800
         Street lighting          |  840000 |  72303  72371  71489  71715  71623  71281  72986  72426  72382  71400  71400  71700
         Winter service           |  420000 |   3381   3391   3327   3357   3376   9926  26150  52222  78687  94000  78600  35700",
    ),
    (
        "Environment",
        "Waste collection         | 3600000 | 297564 299304 297459 300570 302855 298565 298632 301520 297513 302900 303100 296100
         Parks and open spaces    | 1320000 | 119922 138143 150032 150946 141555 120278  96504  86915  64481  65600  75500  85200",
    ),
];

/// The months as the headings have them.
const MONTHS: [&str; 12] = [
    "Apr-24", "May-24", "Jun-24", "Jul-24", "Aug-24", "Sep-24", "Oct-24", "Nov-24", "Dec-24", "Jan-25", "Feb-25",
    "Mar-25",
];

/// The columns behind the line's name: the budget, the months, the full year, the variance.
const BUDGET: u16 = 1;
const FIRST_MONTH: u16 = 2;
const FULL_YEAR: u16 = 14;
const VARIANCE: u16 = 15;

pub fn write(workbook: &mut Workbook, slips: Slips<'_>) {
    let mut page = Page::new(workbook, "Monitor", slips);
    page.widths(&[27.0, 12.0]);
    page.sheet().set_column_range_width(FIRST_MONTH, VARIANCE, 11.0).unwrap();
    page.text("A1", "Larkmere Council", Look::Title);
    page.text("A2", "Revenue budget monitor 2024-25, as at the end of December 2024", Look::Title);
    page.text("A3", "£, before recharges. Brackets: more than the budget.", Look::Note);
    page.merged("C5:K5", "Actual", Look::Heading);
    page.merged("L5:N5", "Forecast", Look::Heading);
    page.texts("A6", &["Budget line", "Budget"], Look::Heading);
    page.texts("C6", &MONTHS, Look::Heading);
    page.texts("O6", &["Full year", "Variance"], Look::Heading);
    page.sheet().set_freeze_panes(6, 2).unwrap();

    let mut row = 7;
    let mut subtotals = Vec::new();
    for (service, lines) in SERVICES {
        page.text(&cell(row, 0), service, Look::Section);
        let first = row + 1;
        for line in lines.lines() {
            row += 1;
            write_line(&mut page, row, line);
        }
        let last = row;
        row += 1;
        page.text(&cell(row, 0), &format!("{service} total"), Look::Section);
        for column in BUDGET..=FULL_YEAR {
            page.sum(&cell(row, column), &format!("{}:{}", cell(first, column), cell(last, column)), Look::PoundsTotal);
        }
        write_variance(&mut page, row, Look::PoundsTotal);
        subtotals.push(row);
        row += 2;
    }
    page.text(&cell(row, 0), "Net cost of services", Look::Section);
    for column in BUDGET..=FULL_YEAR {
        let parts: Vec<String> = subtotals.iter().map(|row| cell(*row, column)).collect();
        page.plus(&cell(row, column), &parts, Look::PoundsTotal);
    }
    write_variance(&mut page, row, Look::PoundsTotal);
    page.text(&cell(row + 2, 0), "* Short breaks moved here from Adults on 1 July.", Look::Note);
    page.text(&cell(row + 3, 0), "Prepared by the finance team for the monitoring round of January.", Look::Note);
}

fn write_line(page: &mut Page<'_>, row: u32, line: &str) {
    let mut parts = line.split('|').map(str::trim);
    let mut next = || parts.next().expect("a name, a budget and the months");
    page.text(&cell(row, 0), next(), Look::Plain);
    page.number(&cell(row, BUDGET), next().parse().unwrap(), Look::Pounds);
    for (amount, column) in next().split_whitespace().zip(FIRST_MONTH..) {
        page.number(&cell(row, column), amount.parse().unwrap(), Look::Pounds);
    }
    let months = format!("{}:{}", cell(row, FIRST_MONTH), cell(row, FULL_YEAR - 1));
    page.sum(&cell(row, FULL_YEAR), &months, Look::Pounds);
    write_variance(page, row, Look::Pounds);
}

fn write_variance(page: &mut Page<'_>, row: u32, look: Look) {
    page.less(&cell(row, VARIANCE), &cell(row, BUDGET), &cell(row, FULL_YEAR), look);
}
