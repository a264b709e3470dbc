//! Formulas: what they refer to, what they add, and their shape.

use super::*;

fn references(text: &str) -> Vec<String> {
    let named = |reference: &Reference| match &reference.target {
        Target::Cells(cells) if cells.is_open() => format!("{cells} open"),
        Target::Cells(cells) => cells.to_string(),
        Target::Name { sheet: Some(sheet), name } => format!("name {name} of {sheet}"),
        Target::Name { sheet: None, name } => format!("name {name}"),
        Target::Table(name) => format!("table {name}"),
        Target::OtherWorkbook(book) => format!("workbook {book}"),
        Target::Sheets { first, last, cells } => format!("{cells} from {first} to {last}"),
        Target::Broken => "broken".to_owned(),
    };
    parse(text).unwrap().references().into_iter().map(named).collect()
}

#[test]
fn what_a_formula_uses() {
    let uses = |text: &str| {
        let formula = parse(text).unwrap();
        let used = formula.uses().map(|used| used.iter().map(|reference| reference.text.clone()).collect::<Vec<_>>());
        used.map_or_else(|| "cannot be told".to_owned(), |used| used.join(" "))
    };
    for (text, expected) in [
        ("SUM(F4:F7)+G1", "F4:F7 G1"),
        ("ROW(I4)-3+I5", "I5"),
        ("ROWS(H$4:H4)*COLUMNS(A1:B1)+COLUMN(C1)", ""),
        ("INDEX(F:F,G2)", "G2"),
        ("SUM(F4:INDEX(F:F,ROW()-1))", "cannot be told"),
        ("SUM(F4:OFFSET(F8,-1,0))", "cannot be told"),
        ("1+INDIRECT(A1)", "cannot be told"),
        ("SUM((F4,F5))", "F4 F5"),
        ("IF(A1,-B1,{1,2})", "A1 B1"),
    ] {
        assert_eq!(uses(text), expected, "{text}");
    }
}

#[test]
fn what_a_formula_refers_to() {
    for (text, expected) in [
        ("SUM(F4:F7)", vec!["F4:F7"]),
        ("=SUM($F$7:F4)", vec!["F4:F7"]),
        ("SUM( F4 : F7 )", vec!["F4:F7"]),
        ("a1+'My ''sheet'!B2", vec!["A1", "My 'sheet!B2"]),
        ("Sheet1!A1:Sheet1!B2", vec!["Sheet1!A1:B2"]),
        ("SUM(F:F,4:5)", vec!["F:F open", "4:5 open"]),
        ("Rate*Lists!Rate", vec!["name Rate", "name Rate of Lists"]),
        ("SUM(Payments[Amount])", vec!["table Payments"]),
        ("[1]Spend!F14+'[Budget.xlsx]My sheet'!F1", vec!["workbook [1]", "workbook [Budget.xlsx]"]),
        ("[1]!Rate", vec!["workbook [1]"]),
        ("SUM(April:March!F14)", vec!["F14 from April to March"]),
        ("Spend!#REF!+#REF!", vec!["broken", "broken"]),
        ("SUM(F4:#REF!)", vec!["F4", "broken"]),
        ("IF(A1=\"F4:F7\",1,TRUE)", vec!["A1"]),
        ("{SUM(A1:A3*B1:B3)}", vec!["A1:A3", "B1:B3"]),
        ("XFD1048576", vec!["XFD1048576"]),
        ("XFE1", vec!["name XFE1"]),
    ] {
        assert_eq!(references(text), expected, "{text}");
    }
}

#[test]
fn what_is_no_formula() {
    for text in ["", "=", "SUM(", "1+", ")", "SUM(A1", "\"open", "{", "{}", &"(".repeat(500)] {
        assert!(parse(text).is_err(), "{text}");
    }
}

#[test]
fn deep_formulas_are_refused_before_the_stack_ends() {
    for text in [
        "(".repeat(30_000) + "1" + &")".repeat(30_000),
        "-".repeat(30_000) + "1",
        "1".to_owned() + &"%".repeat(30_000),
        "1".to_owned() + &"+1".repeat(5_000),
        "SUM(".repeat(10_000) + "1" + &")".repeat(10_000),
    ] {
        assert!(parse(&text).is_err());
    }
    let deep = parse(&("1".to_owned() + &"+A1".repeat(200))).unwrap();
    assert_eq!((deep.references().len(), deep.sums().len()), (200, 0));
    assert!(deep.shape(Position::new(0, 0)).len() > 1000);
}

/// The sums as texts: how, the areas, and what else is to be said.
fn sums(text: &str) -> Vec<String> {
    let said = |sum: &Sum| {
        let areas: Vec<String> = sum.areas.iter().map(Cells::to_string).collect();
        let mut said = format!("{:?} {}", sum.adding, areas.join(" "));
        for (holds, word) in
            [(sum.is_whole, " whole"), (!sum.is_all_cells, " and more"), (sum.leaves_hidden_rows_out, " seen rows")]
        {
            said.push_str(if holds { word } else { "" });
        }
        said
    };
    parse(text).unwrap().sums().iter().map(said).collect()
}

#[test]
fn what_a_formula_adds() {
    for (text, expected) in [
        ("SUM(F4:F7)", vec!["Sum F4:F7 whole"]),
        ("+SUM(F4:F7)", vec!["Sum F4:F7 whole"]),
        ("(SUM(F4:F7))", vec!["Sum F4:F7 whole"]),
        ("sum(F4:F7,F9,F9)", vec!["Sum F4:F7 F9 F9 whole"]),
        ("SUM((F4:F7,F9))", vec!["Sum F4:F7 F9 whole"]),
        ("SUM(F4:F7)*2", vec!["Sum F4:F7"]),
        ("-SUM(F4:F7)", vec!["Sum F4:F7"]),
        ("ROUND(SUM(F4:F7),2)", vec!["Sum F4:F7"]),
        ("SUM(F4:F7,100)", vec!["Sum F4:F7 whole and more"]),
        ("SUM(F4,Rate,-F5)", vec!["Sum F4 whole and more"]),
        ("SUM(Payments[Amount])", vec!["Sum  whole and more"]),
        ("SUBTOTAL(9,F4:F7)", vec!["Subtotal F4:F7 whole"]),
        ("SUBTOTAL(109,F4:F7)", vec!["Subtotal F4:F7 whole seen rows"]),
        ("SUBTOTAL(1,F4:F7)", vec![]),
        ("AGGREGATE(9,5,F4:F7)", vec!["Aggregate F4:F7 whole seen rows"]),
        ("AGGREGATE(9,6,F4:F7)", vec!["Aggregate F4:F7 whole"]),
        ("F4+F5+F6", vec!["Chain F4 F5 F6 whole"]),
        ("F4+(F5+F6)", vec!["Chain F4 F5 F6 whole"]),
        ("SUM(F4:F6)+F9", vec!["Chain F4:F6 F9 whole"]),
        ("SUM(F4:F6)-F9", vec!["Sum F4:F6"]),
        ("F4-F5", vec![]),
        ("F4+1", vec![]),
        ("F4", vec![]),
        ("SUM(F4:F6)-SUM(G4:G6)", vec!["Sum F4:F6", "Sum G4:G6"]),
        ("SUM(F4:F6,SUM(G4:G6)*2)", vec!["Sum F4:F6 whole and more", "Sum G4:G6"]),
        ("SUM(F4:F6,SUM(G4:G6))", vec!["Sum F4:F6 G4:G6 whole"]),
        ("IF(SUM(F4:F6)=F7,\"ok\",F4+F5)", vec!["Sum F4:F6", "Chain F4 F5"]),
        ("SUMIF(A1:A3,\"x\",B1:B3)", vec![]),
    ] {
        assert_eq!(sums(text), expected, "{text}");
    }
}

fn shape(text: &str, at: &str) -> String {
    parse(text).unwrap().shape(at.parse().unwrap())
}

#[test]
fn formulas_of_one_shape() {
    for (name, (text, at), (other, there)) in [
        ("filled down", ("C4-D4", "E4"), ("C5-D5", "E5")),
        ("filled across", ("SUM(C4:C9)", "C10"), ("SUM(D4:D9)", "D10")),
        ("letter case and spaces", ("sum( c4 : c9 )", "C10"), ("SUM(C4:C9)", "C10")),
        ("fixed cells", ("C4*$B$1", "D4"), ("C5*$B$1", "D5")),
        ("whole columns", ("SUM(A:A)", "B1"), ("SUM(A:A)", "B7")),
        ("corners in another order", ("SUM(C9:C4)", "C10"), ("SUM(C4:C9)", "C10")),
        ("needless brackets", ("(C4)+(D4)", "E4"), ("C4+D4", "E4")),
        ("newer functions", ("_xlfn.XLOOKUP(A1,B:B,C:C)", "D1"), ("XLOOKUP(A1,B:B,C:C)", "D1")),
        ("sheets by another case", ("Lists!A1", "B1"), ("LISTS!A1", "B1")),
    ] {
        assert_eq!(shape(text, at), shape(other, there), "{name}");
    }
}

#[test]
fn formulas_of_another_shape() {
    for (name, (text, at), (other, there)) in [
        ("one row too few", ("SUM(C4:C9)", "C10"), ("SUM(D4:D8)", "D10")),
        ("not filled but copied", ("C4-D4", "E4"), ("C4-D4", "E5")),
        ("fixed or not", ("C4*$B$1", "D4"), ("C4*B1", "D4")),
        ("another constant", ("C4*1.2", "D4"), ("C5*1.25", "D5")),
        ("another sheet", ("Lists!A1", "B1"), ("A1", "B1")),
        ("another function", ("SUM(A1:A3)", "B1"), ("MAX(A1:A3)", "B1")),
        ("texts keep their case", ("A1=\"x\"", "B1"), ("A1=\"X\"", "B1")),
        ("brackets that matter", ("(A1+A2)*A3", "B1"), ("A1+A2*A3", "B1")),
        ("an array formula", ("{SUM(A1:A3)}", "B1"), ("SUM(A1:A3)", "B1")),
    ] {
        assert_ne!(shape(text, at), shape(other, there), "{name}");
    }
    assert_eq!(shape("SUM(F4:F7)", "F8"), "SUM(R[-4]C[0]:R[-1]C[0])");
}

#[test]
fn functions_and_what_they_make_of_a_formula() {
    let formula = parse("if(_xlfn._xlws.FILTER(A1,TRUE),Sum(A1),SUM(B1))").unwrap();
    assert_eq!(formula.functions(), ["IF", "FILTER", "SUM"]);
    assert!(!formula.is_volatile() && !formula.is_array() && !formula.is_broken());
    assert!(parse("A1+today()").unwrap().is_volatile());
    assert!(parse("{A1:A3*2}").unwrap().is_array());
    assert!(parse("SUM(F4:#REF!)").unwrap().is_broken());
}
