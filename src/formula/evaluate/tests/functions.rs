//! Operators and functions, each against Excel's own results.

use super::*;

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
