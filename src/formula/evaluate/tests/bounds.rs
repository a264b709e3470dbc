//! What is doubted or not recalculated, and that nothing takes long or ends the program.

use proptest::prelude::*;

use super::*;

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
