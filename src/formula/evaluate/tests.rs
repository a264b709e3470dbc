//! What formulas come to, against what Excel says.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;
use crate::formula::parse;
use crate::model::{DefinedName, Grid, HiddenLines, Settings, Sheet, SheetLayout, Visibility, WhyHidden, Workbook};

/// A cell in writing: `12`, `'text`, `TRUE`, `#N/A`, `2022-04-30`, `=A1*2 -> 24`, `=A1*2` (never calculated).
fn cell(written: &str) -> GridCell {
    let (formula, result) = match written.strip_prefix('=') {
        Some(formula) => {
            let (formula, result) = formula.split_once(" -> ").unwrap_or((formula, ""));
            (Some(formula.into()), result)
        }
        None => (None, written),
    };
    let raw = if let Some(text) = result.strip_prefix('\'') {
        RawValue::Text(text.into())
    } else if result.starts_with('#') {
        RawValue::Error(result.into())
    } else if let Ok(date) = NaiveDate::parse_from_str(result, "%Y-%m-%d") {
        RawValue::Date(date)
    } else if let Ok(number) = result.parse() {
        RawValue::Number(number)
    } else if result.is_empty() {
        RawValue::Empty
    } else {
        RawValue::Boolean(result == "TRUE")
    };
    GridCell { raw, formula, ..GridCell::default() }
}

/// Cells by their sheet and place: `A1`, or `Lists!A1`; the formula stands in `Spend!Z99`.
fn workbook(cells: &[(&str, &str)]) -> Workbook {
    let mut sheets: Vec<(&str, Vec<(Position, GridCell)>)> = vec![("Spend", Vec::new())];
    for (place, written) in cells {
        let (sheet, position) = place.split_once('!').unwrap_or(("Spend", place));
        if !sheets.iter().any(|(name, _)| *name == sheet) {
            sheets.push((sheet, Vec::new()));
        }
        let (_, cells) = sheets.iter_mut().find(|(name, _)| *name == sheet).unwrap();
        cells.push((position.parse().unwrap(), cell(written)));
    }
    let sheets = sheets.into_iter().map(|(name, cells)| {
        let grid = Some(Grid::new(cells).unwrap());
        Sheet { grid, layout: Some(SheetLayout::default()), ..Sheet::new(name, Visibility::Visible) }
    });
    Workbook {
        path: "Spend.xlsx".into(),
        sha256: String::new(),
        kind: None,
        month_in_name: None,
        unreadable: None,
        sheets: sheets.collect(),
        tables: Vec::new(),
        absent: Vec::new(),
        texts: Vec::new(),
        unread_sheets: Vec::new(),
        settings: Some(Settings::default()),
    }
}

fn evaluated(formula: &str, workbook: &Workbook) -> Result<Recalculated, NotRecalculated> {
    let at: Position = "Z99".parse().unwrap();
    parse(formula).unwrap_or_else(|error| panic!("{formula}: {error}")).evaluate("Spend", at, &Book::of(workbook))
}

/// The result as a cell in writing, an uncertain one with a question mark, or why there is none.
fn result(formula: &str, workbook: &Workbook) -> String {
    match evaluated(formula, workbook) {
        Err(why) => format!("not: {why}"),
        Ok(result) => {
            let shown = match result.value {
                Computed::Number(number) => value::to_15_digits(number).to_string(),
                Computed::Text(text) => format!("'{text}"),
                Computed::Boolean(value) => if value { "TRUE" } else { "FALSE" }.to_owned(),
                Computed::Error(error) => error.to_string(),
                Computed::Empty => "empty".to_owned(),
            };
            shown + if result.doubt.is_some() { "?" } else { "" }
        }
    }
}

/// Cells that most of the formulas here refer to.
const CELLS: [(&str, &str); 19] = [
    ("A1", "10"),
    ("A2", "20.5"),
    ("A3", "'abc"),
    ("A4", "'7"),
    ("A5", "TRUE"),
    ("A7", "-3"),
    ("A8", "2022-04-30"),
    ("B1", "'Hate Crime"),
    ("B2", "'ASB"),
    ("B3", "'hate crime"),
    ("B4", "'Hate Crime Reduction"),
    ("B7", "'ASB"),
    ("C1", "1"),
    ("C2", "2"),
    ("C3", "3"),
    ("C4", "4"),
    ("C7", "7"),
    ("D1", "#N/A"),
    ("Lists!A1", "5"),
];

fn check(table: &[(&str, &str)]) {
    let workbook = workbook(&CELLS);
    for (formula, expected) in table {
        assert_eq!(result(formula, &workbook), *expected, "{formula}");
    }
}

#[test]
fn arithmetic_and_its_order() {
    check(&[
        ("1+2*3", "7"),
        ("-2^2", "4"),
        ("0-2^2", "-4"),
        ("2^3^2", "64"),
        ("2^-1", "0.5"),
        ("50%", "0.5"),
        ("200*10%", "20"),
        ("-50%", "-0.5"),
        ("10/4", "2.5"),
        ("1/0", "#DIV/0!"),
        ("0^0", "#NUM!"),
        ("(-8)^0.5", "#NUM!"),
        ("1E300*1E300", "#NUM!"),
        ("A1+A2", "30.5"),
        ("A1+A6", "10"),
        ("A6", "0"),
        ("A1+A4", "17"),
        ("A1+A3", "#VALUE!"),
        ("A1+A5", "11"),
        ("A1+D1", "#N/A"),
        ("A1+#REF!", "#REF!"),
        ("+A3", "'abc"),
        ("-A4", "-7"),
        ("A8+1", "44682?"),
        ("Lists!A1*2", "10"),
        ("\"1,250.50\"+0", "1250.5"),
        ("\"5%\"+0", "0.05"),
        ("\"\"+1", "#VALUE!"),
        ("\"£5\"+0", "not: it reckons with the text “£5”"),
        ("\"1/4/2022\"+0", "not: it reckons with the text “1/4/2022”"),
    ]);
}

#[test]
fn comparison_and_joining() {
    check(&[
        ("B1=B3", "TRUE"),
        ("B1<>B2", "TRUE"),
        ("0.1+0.2=0.3", "TRUE"),
        ("A1>5", "TRUE"),
        ("A1>=10", "TRUE"),
        ("A1<\"x\"", "TRUE"),
        ("\"x\"<TRUE", "TRUE"),
        ("TRUE>5", "TRUE?"),
        ("A6=0", "TRUE"),
        ("A6=\"\"", "TRUE"),
        ("A6=FALSE", "TRUE"),
        ("A4=7", "FALSE"),
        ("\"b\">\"A\"", "TRUE?"),
        ("(0.1+0.2-0.3)=0", "FALSE?"),
        ("D1=1", "#N/A"),
        ("B2&\" \"&A2", "'ASB 20.5"),
        ("A6&A5", "'TRUE"),
        ("0.1+0.2&\"\"", "'0.3"),
        ("1/3&\"\"", "'0.333333333333333"),
        ("1E+20&\"\"", "not: it depends on digits beyond the fifteenth"),
    ]);
}

#[test]
fn sums_and_counts() {
    check(&[
        ("SUM(A1:A7)", "27.5?"),
        ("SUM(A1:A4)", "30.5"),
        ("SUM(A1,A2,A4)", "30.5"),
        ("SUM(A1,\"4\",TRUE)", "15"),
        ("SUM(A1,\"x\")", "#VALUE!"),
        ("SUM((A1,A2),A7)", "27.5"),
        ("SUM(A1:A2,A1)", "40.5"),
        ("SUM(C:C)", "17"),
        ("SUM(1:1)", "#N/A"),
        ("SUM(A1:D1)", "#N/A"),
        ("SUM(E1:E9)", "0"),
        ("SUM(C1:INDEX(C:C,3))", "6"),
        ("SUM(Spend:Lists!A1)", "15"),
        ("SUM(Z1:Z99)", "not: it depends on its own cell"),
        ("SUM(A1:A3 A2:A5)", "not: it combines references"),
        ("AVERAGE(C1:C4)", "2.5"),
        ("AVERAGE(E1:E9)", "#DIV/0!"),
        ("COUNT(A1:A7)", "3?"),
        ("COUNT(A1:A4)", "2"),
        ("COUNTA(A1:A4)", "4"),
        ("COUNT(D1,1,\"x\",\"3\")", "2"),
        ("COUNTBLANK(A1:A8)", "1"),
        ("MIN(A6:A7)", "-3"),
        ("MAX(A1:A4)", "20.5"),
        ("MAX(E1:E2)", "0"),
        ("PRODUCT(C1:C4)", "24"),
        ("AND(A5,C1)", "TRUE"),
        ("OR(FALSE,A6)", "FALSE"),
        ("OR(A3:A5)", "TRUE"),
        ("AND(B1:B2)", "#VALUE!"),
        ("NOT(A5)", "FALSE"),
    ]);
}

#[test]
fn conditions() {
    check(&[
        ("SUMIF(B1:B7,\"Hate Crime\",C1:C7)", "4"),
        ("SUMIF(B1:B7,\"hate*\",C1:C7)", "8"),
        ("SUMIF(B1:B7,\"AS?\",C1:C7)", "9"),
        ("SUMIF(C1:C7,\">2\")", "14"),
        ("SUMIF(C1:C7,\"<>3\")", "14"),
        ("SUMIF(C1:C7,3)", "3"),
        ("SUMIF(B1:B7,B2,C1)", "9"),
        ("SUMIF(B:B,\"ASB\",C:C)", "9"),
        ("SUMIF(B1:B7,\"\",C1:C7)", "0"),
        ("SUMIFS(C1:C7,B1:B7,\"ASB\",C1:C7,\">2\")", "7"),
        ("SUMIFS(C1:C7,B1:B3,\"ASB\")", "#VALUE!"),
        ("COUNTIF(B1:B7,\"asb\")", "2"),
        ("COUNTIF(B1:B7,\"\")", "2"),
        ("COUNTIF(B1:B7,\"<>\")", "5"),
        ("COUNTIF(A1:A7,7)", "1?"),
        ("COUNTIF(C1:C7,7)", "1"),
        ("COUNTIF(A1:A7,\">0\")", "2"),
        ("COUNTIF(B1:B7,\"Hate~*\")", "0"),
        ("COUNTIFS(B1:B7,\"Hate*\",C1:C7,\">=3\")", "2"),
        ("AVERAGEIF(B1:B7,\"ASB\",C1:C7)", "4.5"),
        ("AVERAGEIF(B1:B7,\"nobody\",C1:C7)", "#DIV/0!"),
        ("SUMIF(A1:A8,\">1/4/2022\")", "not: it reckons with the text “1/4/2022”"),
        ("SUMIF(A1:A8,\"£*\",C1:C8)", "0"),
    ]);
}

#[test]
fn choices() {
    check(&[
        ("IF(A1>5,\"yes\",\"no\")", "'yes"),
        ("IF(A1>50,1)", "FALSE"),
        ("IF(A6,1,2)", "2"),
        ("IF(A3,1,2)", "#VALUE!"),
        ("IF(TRUE,1,1/0)", "1"),
        ("IF(TRUE,,5)", "0"),
        ("IF(A1>5,TODAY(),1)", "not: it uses TODAY, whose result changes by itself"),
        ("IFERROR(1/0,9)", "9"),
        ("IFERROR(A1,9)", "10"),
        ("IFERROR(D1,\"\")", "'"),
        ("IFNA(1/0,9)", "#DIV/0!"),
        ("IFNA(D1,9)", "9"),
        ("ISNUMBER(A4)", "FALSE"),
        ("ISBLANK(A6)", "TRUE"),
        ("ISERROR(D1)", "TRUE"),
        ("CHOOSE(2,\"a\",\"b\")", "'b"),
    ]);
}

#[test]
fn rounding_and_the_rest_of_arithmetic() {
    check(&[
        ("ROUND(1.005,2)", "1.01"),
        ("ROUND(2.5,0)", "3"),
        ("ROUND(-2.5,0)", "-3"),
        ("ROUND(1234,-2)", "1200"),
        ("ROUNDUP(3.2,0)", "4"),
        ("ROUNDDOWN(-3.9,0)", "-3"),
        ("TRUNC(3.99)", "3"),
        ("ABS(A7)", "3"),
        ("INT(-3.5)", "-4"),
        ("INT(2.9999999999999996)", "2?"),
        ("MOD(-3,2)", "1"),
        ("MOD(3,-2)", "-1"),
        ("MOD(3,0)", "#DIV/0!"),
        ("SIGN(A7)", "-1"),
        ("SQRT(-1)", "#NUM!"),
        ("POWER(2,10)", "1024"),
        ("LEN(B2)", "3"),
        ("LEFT(B1,4)&RIGHT(B1,5)&MID(B1,5,1)", "'HateCrime "),
        ("TRIM(\"  a  b \")", "'a b"),
    ]);
}

#[test]
fn products_of_arrays() {
    check(&[
        ("SUMPRODUCT(C1:C4,C1:C4)", "30"),
        ("SUMPRODUCT((B1:B4=\"Hate Crime\")*C1:C4)", "4"),
        ("SUMPRODUCT(--(C1:C7>2),C1:C7)", "14"),
        ("SUMPRODUCT((MONTH(A8:A8)=4)*1)", "1?"),
        ("SUMPRODUCT(C1:C4,C1:C3)", "#VALUE!"),
        ("SUMPRODUCT(A3:A4,C3:C4)", "0"),
        ("SUMPRODUCT(C1:C3*{1;2;3})", "14"),
        ("SUMPRODUCT(IF(C1:C3>1,1,0))", "not: it is an array formula"),
        ("C1:C4*2", "#VALUE!"),
        ("{SUM(C1:C4*2)}", "not: it is an array formula"),
    ]);
}

#[test]
fn days() {
    check(&[
        ("DATE(2022,4,30)", "44681"),
        ("DATE(2022,14,1)", "44958"),
        ("DATE(2022,3,0)", "44620"),
        ("DATE(122,1,1)", "44562"),
        ("DATE(1900,1,1)", "1"),
        ("DATE(1900,3,1)", "61"),
        ("YEAR(A8)+MONTH(A8)+DAY(A8)", "2056?"),
        ("EOMONTH(DATE(2022,1,31),1)", "44620"),
        ("EDATE(DATE(2022,1,31),1)", "44620"),
        ("EDATE(DATE(2022,3,31),-1)", "44620"),
        ("YEAR(60)", "not: it depends on day 60, a date that is in no calendar"),
        ("YEAR(-1)", "#NUM!"),
    ]);
    let mut from_1904 = workbook(&CELLS);
    from_1904.settings = Some(Settings { counts_from_1904: true, ..Settings::default() });
    assert_eq!(result("DATE(2022,4,30)", &from_1904), "43219");
    assert_eq!(result("YEAR(43219)", &from_1904), "2022");
}

#[test]
fn lookups() {
    check(&[
        ("MATCH(\"asb\",B1:B7,0)", "2"),
        ("MATCH(3,C1:C7,0)", "3"),
        ("MATCH(7,A1:A5,0)", "#N/A"),
        ("MATCH(3,C1:C7)", "not: it uses MATCH for the nearest value"),
        ("INDEX(C1:C7,MATCH(\"ASB\",B1:B7,0))", "2"),
        ("INDEX(B1:C4,2,2)", "2"),
        ("INDEX(C1:C4,9)", "#REF!"),
        ("SUM(INDEX(B1:C4,0,2))", "10"),
        ("VLOOKUP(\"ASB\",B1:C7,2,FALSE)", "2"),
        ("VLOOKUP(\"ASB\",B1:C7,3,0)", "#REF!"),
        ("VLOOKUP(\"ASB\",B1:C7,2)", "not: it uses VLOOKUP for the nearest value"),
        ("VLOOKUP(\"nobody\",B1:C7,2,FALSE)", "#N/A"),
        ("HLOOKUP(10,A1:C2,2,FALSE)", "20.5"),
        ("_xlfn.XLOOKUP(\"ASB\",B1:B7,C1:C7)", "2"),
        ("_xlfn.XLOOKUP(\"x\",B1:B7,C1:C7,\"none\")", "'none"),
    ]);
}

#[test]
fn what_cannot_be_recalculated_is_said_and_not_guessed() {
    let mut book = workbook(&[("A1", "=B1*2"), ("A2", "5")]);
    book.sheets.push(Sheet::new("Unread", Visibility::Visible));
    let settings = book.settings.as_mut().unwrap();
    for (name, refers_to) in [("Rate", "Spend!$A$2"), ("Gone", "#REF!"), ("Near", "Spend!A2"), ("Round", "Round+1")] {
        settings.names.push(DefinedName { name: name.into(), sheet: None, refers_to: refers_to.into() });
    }
    for (formula, expected) in [
        ("A1+1", "not: it depends on A1, which was never calculated"),
        ("SUM(A1:A2)", "not: it depends on A1, which was never calculated"),
        ("Unread!A1", "not: the sheet Unread could not be read"),
        ("Nowhere!A1", "not: there is no sheet Nowhere"),
        ("[1]Spend!A1", "not: it refers to another workbook"),
        ("Payments[Amount]", "not: it refers to the table Payments"),
        ("INDIRECT(\"A1\")", "not: it uses INDIRECT, whose result changes by itself"),
        ("NPV(0.1,A2)", "not: it uses NPV"),
        ("TEXT(A2,\"0\")", "not: it uses TEXT"),
        ("rate*2", "10"),
        ("Gone", "#REF!"),
        ("Near", "not: the name Near does not stand for cells"),
        ("Round", "not: the name Round does not stand for cells"),
        ("Nobody", "not: the name Nobody is not defined"),
        ("Lists!?+1", "not: which cells of Lists it refers to cannot be read in this kind of file"),
        ("Z99+1", "not: it depends on its own cell"),
        ("LAMBDA(x,x+1)(5)", "not: it uses LAMBDA"),
        ("LET(x,A2,x+1)", "not: it uses LET"),
        ("ROW(Z99)", "not: it uses ROW"),
        ("ROWS(Z$4:Z99)", "not: it uses ROWS"),
        ("ABS(x)", "not: the name x is not defined"),
    ] {
        assert_eq!(result(formula, &book), expected, "{formula}");
    }
    book.settings = None;
    assert!(result("Rate", &book).contains("cannot be read in this kind of file"));
}

#[test]
fn subtotals() {
    let cells = [
        ("A1", "1"),
        ("A2", "2"),
        ("A3", "=SUBTOTAL(9,A1:A2) -> 3"),
        ("A4", "4"),
        ("A5", "5"),
        ("A6", "=SUM(A4:A5) -> 9"),
    ];
    let mut book = workbook(&cells);
    assert_eq!(result("SUBTOTAL(9,A1:A5)", &book), "12", "its own kind is passed over");
    assert_eq!(result("SUBTOTAL(9,A4:A6)", &book), "18", "a SUM is not");
    assert_eq!(result("AGGREGATE(9,4,A1:A5)", &book), "15");
    book.sheets[0].layout = Some(SheetLayout {
        hidden_rows: vec![
            HiddenLines { first: 0, last: 0, why: WhyHidden::Filtered },
            HiddenLines { first: 3, last: 3, why: WhyHidden::Hidden },
        ],
        ..SheetLayout::default()
    });
    assert_eq!(result("SUBTOTAL(9,A1:A5)", &book), "11?", "what a filter hides is left out");
    assert_eq!(result("SUBTOTAL(109,A1:A5)", &book), "7");
    assert_eq!(result("SUM(A1:A5)", &book), "15");
    book.sheets[0].layout = None;
    assert_eq!(result("SUBTOTAL(109,A1:A5)", &book), "12?");
}

#[test]
fn of_several_cells_the_one_beside_counts() {
    let book = workbook(&[("A98", "1"), ("A99", "2"), ("Z1", "3")]);
    assert_eq!(result("A:A*10", &book), "20");
    assert_eq!(result("A97:A98*10", &book), "#VALUE!");
    assert_eq!(result("@A90:A99", &book), "2");
    assert_eq!(result("1:1+0", &book), "3");
}

#[test]
fn last_digits_are_no_difference_and_a_penny_is() {
    let is = |computed: f64, scale: f64, stored: f64| {
        Recalculated { value: Computed::Number(computed), scale, doubt: None }.is(&Computed::Number(stored))
    };
    assert!(is(0.1 + 0.2, 0.3, 0.3));
    assert!(is(2.9e-11, 139_250.0, 0.0), "what is left when equal amounts are subtracted");
    assert!(is(133_250.0, 133_250.0, 133_250.000_000_01));
    assert!(!is(0.01, 139_250.0, 0.0));
    assert!(!is(1_000_000.0, 1_000_000.0, 1_000_000.01));
    assert!(!is(1e-15, 1e-3, 1e-3));
}

/// Each 0.1 is a little more than a tenth, and sums of it are rounded: 2e-11 is left where nought should be.
#[test]
fn long_sums_that_cancel_are_nought() {
    let written: Vec<(String, &str)> =
        (1..=4400).map(|row| (format!("C{row}"), if row <= 4000 { "0.1" } else { "-1" })).collect();
    let cells: Vec<(&str, &str)> = written.iter().map(|(place, number)| (place.as_str(), *number)).collect();
    let book = workbook(&cells);
    for formula in [
        "SUM(C1:C4400)",
        "SUM(C1:C4000,C4001:C4400)",
        "SUMIF(C1:C4400,\"<>0\")",
        "SUMPRODUCT(C1:C4400,1*(C1:C4400<>0))",
    ] {
        let computed = evaluated(formula, &book).unwrap();
        assert_ne!(computed.value, Computed::Number(0.0), "{formula}");
        assert!(computed.is(&Computed::Number(0.0)), "{formula}");
        assert!(!computed.is(&Computed::Number(0.000_001)), "{formula}");
    }
}

/// A column of formulas that each add all above them would look at two hundred million cells.
#[test]
fn a_column_of_growing_sums_ends() {
    let cells = (0..20_000).map(|row| (Position::new(row, 0), cell("1"))).collect();
    let mut workbook = workbook(&[]);
    workbook.sheets[0].grid = Some(Grid::new(cells).unwrap());
    let mut book = Book::of(&workbook);
    book.most_looked_at = 1_000_000;
    let at = |row| Position::new(row, 1);
    let whole = parse("SUM(A:A)").unwrap();
    for row in 0..20_000 {
        assert_eq!(whole.evaluate("Spend", at(row), &book).unwrap().value, Computed::Number(20_000.0));
    }
    let growing = |row: u32| parse(&format!("SUM(A$1:A{})", row + 1)).unwrap().evaluate("Spend", at(row), &book);
    assert_eq!(growing(5_000).unwrap().value, Computed::Number(5_001.0));
    let spent = (0..20_000).rev().find(|row| growing(*row).is_err());
    assert!(spent.is_some_and(|row| growing(row) == Err(NotRecalculated::TooLong)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn no_text_makes_it_panic(text in "[-+*/^&=<>%(){},;:!@#$\"' .0-9A-Da-dSUMIFROUNDXCT]{0,60}") {
        let workbook = workbook(&CELLS);
        if let Ok(formula) = parse(&text) {
            let _ = formula.evaluate("Spend", Position::new(98, 25), &Book::of(&workbook));
            let _ = (formula.sums(), formula.shape(Position::new(0, 0)));
        }
    }

    #[test]
    fn no_call_makes_it_panic(
        name in prop::sample::select(vec![
            "SUM", "SUMIF", "SUMIFS", "COUNTIF", "COUNTIFS", "SUBTOTAL", "AGGREGATE", "ROUND", "MOD", "IF", "IFERROR", "AND",
            "SUMPRODUCT", "DATE", "EDATE", "EOMONTH", "YEAR", "VLOOKUP", "INDEX", "MATCH", "XLOOKUP", "CHOOSE", "LEFT",
            "MID", "COUNTBLANK", "AVERAGEIF", "POWER", "ROUNDUP", "HLOOKUP", "INT",
        ]),
        arguments in prop::collection::vec(prop::sample::select(vec![
            "A1", "A1:C7", "C:C", "1:7", "", "-1", "0", "9", "109", "1E9", "-1E300", "\"x\"", "\">1\"", "TRUE", "#N/A", "D1",
            "(A1,A2)", "{1,2;3,4}", "{1}", "A6", "XFD1048576", "1048576:1048576", "SUM(C1:C4)", "C1:C4*2",
        ]), 0..5),
    ) {
        let text = format!("{name}({})", arguments.join(","));
        let workbook = workbook(&CELLS);
        if let Ok(formula) = parse(&text) {
            let _ = formula.evaluate("Spend", Position::new(98, 25), &Book::of(&workbook));
        }
    }
}

#[test]
fn deep_formulas_do_not_end_the_stack() {
    let workbook = workbook(&CELLS);
    let nested = "IF(TRUE,(1+SUM(".repeat(15) + "A1" + &")),0)".repeat(15);
    assert_eq!(result(&nested, &workbook), "25");
    assert_eq!(result(&("A1".to_owned() + &"+1".repeat(250)), &workbook), "260");
    assert_eq!(result(&("-".repeat(60) + "A1"), &workbook), "10");
    assert_eq!(result(&("A1".to_owned() + &"%".repeat(200) + "*0"), &workbook), "0");
}
