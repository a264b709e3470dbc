//! What the appendix says must be true for every inbox: words that depend on the figures, and figures that are not there.

use crate::desk::{Desk, put};

const APRIL: &str = "monthly/2022-04 April return.xlsx";

#[test]
fn a_figure_of_which_a_month_could_not_be_read_is_not_given() {
    let desk = Desk::year();
    desk.retype(
        APRIL,
        &[("\"Referrals to DAWN\" | \"Domestic abuse\" | 35", "\"Referrals to DAWN\" | \"Domestic abuse\" | \"n/a\"")],
    );
    assert_eq!(desk.run(&[]).status, 1);
    let appendix = desk.appendix("-DRAFT");
    assert!(appendix.contains("Referrals to DAWN [x] Sum of the months"), "{appendix}");
    assert!(appendix.contains("DAWN service took [x] referrals"), "{appendix}");
    assert!(appendix.contains("People supported with complex needs 94 Sum of the months"), "{appendix}");
}

#[test]
fn what_could_not_be_read_is_in_no_sum() {
    let desk = Desk::year();
    desk.retype(APRIL, &[("monthly grant payment\" | 3714.48", "monthly grant payment\" | \"see file\"")]);
    desk.take("monthly/2022-07 July return.xlsx");
    assert_eq!(desk.run(&[]).status, 1);
    let appendix = desk.appendix("-DRAFT");
    for said in [
        "Spend to date on those lines is [x], an [x] of [x].",
        "April 2022 [x] [x] [x] May 2022 £24,283.35 [x] [x]",
        "July 2022 [x] [x] [x]",
        // No project is known while a return is missing; the budgets are.
        "Hate Crime £5,000.00 [x] [x] [x] [x]",
        "The approved total of the Police and Crime Commissioner's funding is £139,250.00; the lines listed come to \
         £133,250.00, which is £6,000.00 less.",
    ] {
        assert!(appendix.contains(said), "{said}: {appendix}");
    }
}

#[test]
fn an_amount_that_could_not_be_read_is_missed_by_its_project_alone() {
    let desk = Desk::year();
    desk.retype(APRIL, &[("monthly grant payment\" | 3714.48", "monthly grant payment\" | \"see file\"")]);
    assert_eq!(desk.run(&[]).status, 1);
    let appendix = desk.appendix("-DRAFT");
    assert!(appendix.contains("Dawn Project £38,889.25 [x] [x] [x] [x]"), "{appendix}");
    assert!(appendix.contains("Hate Crime £5,000.00 £5,000.00 £0.00 0% On budget"), "{appendix}");
}

#[test]
fn an_overspend_has_no_sign() {
    let desk = Desk::year();
    desk.retype(APRIL, &[("| 561.44", "| 1561.44")]);
    assert_eq!(desk.run(&[]).status, 1);
    // £132,662.60 and £1,000.00 more, against £133,250.00.
    let said = "Spend to date on those lines is £133,662.60, an overspend of £412.60.";
    let appendix = desk.appendix("-DRAFT");
    assert!(appendix.contains(said), "{appendix}");
}

#[test]
fn mistakes_that_only_show_when_it_is_written_are_told_before() {
    let desk = Desk::year();
    desk.copy_pack();
    // In a condition that does not hold for the sample year.
    desk.edit_pack(
        "appendix.md",
        "{% else %}The recorded crime workbook falls",
        "{% else %}{{ crime.change | mony }} falls",
    );
    desk.edit_pack("appendix.md", "explained: [spend, summary]", "explained: [spend, sumary]");
    desk.edit_pack(
        "appendix.md",
        "- **{{ figure[\"AS-01\"].value | integer }}**",
        "- two\n\n  paragraphs **{{ figure[\"AS-01\"].value | integer }}**",
    );
    let ended = desk.check(&[]);
    assert_eq!(ended.status, 2, "{}", ended.out);
    for told in [
        "there is no filter mony. Did you mean money?",
        "explained: there is no table named sumary. Did you mean summary?",
    ] {
        assert!(ended.err.contains(told), "{told}: {}", ended.err);
    }
    desk.edit_pack("appendix.md", "crime.change | mony", "crime.change | money");
    desk.edit_pack("appendix.md", "[spend, sumary]", "[spend, summary]");
    let ended = desk.run(&[]);
    assert_eq!(ended.status, 2, "{}", ended.out);
    assert!(ended.err.contains("a list item of two paragraphs cannot be printed"), "{}", ended.err);
}

/// An appendix of each kind of block that has figures, and of notes and links.
const SHORT: &str = "\
---
title: Figures
subject: Figures of the year
---

```values crime by month
SELECT _row, month, this_year FROM recorded_crime
```
```values measure by key
SELECT key, value, _cells FROM measures_to_date
```

# Figures

In April there were {{ crime[\"2022-04\"].this_year | integer }} crimes.[^crime] See [the page](https://example.org/).

[^crime]: In May {{ crime[\"2022-05\"].this_year | integer }}.

Table: Two months

| Month | Crimes |
|---|---:|
| June | {{ crime[\"2022-06\"].this_year | integer }} |

```facts
- {value: '{{ crime[\"2023-03\"].this_year | integer }}', label: Crimes in March}
```
```chart
kind: line
title: Crimes
alt: 'In April {{ crime[\"2022-04\"].this_year | integer }}.'
query: |
  SELECT _row, month, this_year FROM recorded_crime ORDER BY month
category: {name: month, format: month}
series: [{name: this_year, title: This year}]
format: integer
```
```explanations
tables: [funding]
```
";

#[test]
fn each_figure_says_its_cell() {
    let desk = Desk::year();
    desk.copy_pack();
    put(&desk.path("schemas/appendix.md"), SHORT.as_bytes());
    let ended = desk.run(&[]);
    assert_eq!(ended.status, 0, "{}", ended.err);
    let html = desk.output("for-committee/committee-appendix.html");
    // The rows of recorded crime are lines 4 to 15, and this year's figures are in column B.
    for cell in ["B4", "B5", "B6"] {
        let title = format!(", Recorded crime!{cell}\"");
        assert!(html.contains(&title), "{title}: {html}");
    }
    let read = desk.appendix("");
    for said in ["Crimes in March: Recorded crime!B15 of workbook 15", "Figure 1: Recorded crime!B4:B15 of workbook 15"]
    {
        assert!(read.contains(said), "{said}: {read}");
    }
    assert!(read.contains("Explained difference at PCC funding!D15"), "{read}");
}

#[test]
fn mistakes_in_every_block_are_told_before_a_workbook_is_read() {
    let desk = Desk::year();
    desk.copy_pack();
    let text = SHORT
        .replace("alt: 'In April {{ crime[\"2022-04\"].this_year | integer }}.'\n", "")
        .replace("by month", "by mnoth")
        .replace("[^crime]:", "[^crimes]:")
        .replace("tables: [funding]", "tables: [fundin]")
        .replace("- {value: ", "- {valu: ");
    put(&desk.path("schemas/appendix.md"), text.as_bytes());
    let ended = desk.check(&[]);
    assert_eq!(ended.status, 2, "{}", ended.out);
    for told in [
        "appendix.md, line 6, crime: the query of crime does not give a column named mnoth. Did you mean month?",
        "appendix.md, line 15: there is no note [^crime]: write",
        "appendix.md, line 17: nothing refers to the note [^crimes]",
        "appendix.md, line 26, [0].valu: the key valu is not known. Did you mean value?",
        "appendix.md, line 28, alt: the alternative text is missing",
        "appendix.md, line 38, tables: there is no table named fundin. Did you mean funding?",
    ] {
        assert!(ended.err.contains(told), "{told}: {}", ended.err);
    }
}

#[test]
fn a_key_that_no_row_has_is_an_error_that_names_it() {
    let desk = Desk::year();
    desk.copy_pack();
    put(&desk.path("schemas/appendix.md"), SHORT.replace("2022-05", "2021-05").as_bytes());
    let ended = desk.run(&[]);
    assert_eq!(ended.status, 2, "{}", ended.out);
    assert!(ended.err.contains("appendix.md, line 17: crime has no row of \"2021-05\"."), "{}", ended.err);
}

#[test]
fn named_queries_read_from_each_other_in_any_order_and_not_in_a_circle() {
    let desk = Desk::year();
    desk.copy_pack();
    let named = "\
```query late
SELECT month, this_year FROM early -- all of them
```
```values sum
-- The sum of what the queries give.
WITH months AS (SELECT this_year FROM late)
SELECT sum(this_year) AS crimes FROM months
```
```query early
SELECT month, this_year FROM recorded_crime WHERE month <= '2022-05'
```
";
    // 909 in April and 883 in May.
    let text = format!("{SHORT}\n{named}\nIn two months {{{{ sum.crimes | integer }}}}.\n");
    put(&desk.path("schemas/appendix.md"), text.as_bytes());
    let ended = desk.run(&[]);
    assert_eq!(ended.status, 0, "{}", ended.err);
    let appendix = desk.appendix("");
    assert!(appendix.contains("In two months 1,792."), "{appendix}");
    put(&desk.path("schemas/appendix.md"), text.replace("FROM recorded_crime WHERE", "FROM late WHERE").as_bytes());
    let ended = desk.check(&[]);
    assert_eq!(ended.status, 2, "{}", ended.out);
    for line in
        ["line 42, query: the query early reads from itself", "line 50, query: the query late reads from itself"]
    {
        assert!(ended.err.contains(line), "{line}: {}", ended.err);
    }
}

#[test]
fn an_amount_of_a_chart_in_pence_is_told_before() {
    let desk = Desk::year();
    desk.copy_pack();
    let empty = "empty: No funding lines were read.";
    desk.edit_pack("appendix.md", &format!("format: money\n{empty}"), &format!("format: integer\n{empty}"));
    let ended = desk.check(&[]);
    assert_eq!(ended.status, 2, "{}", ended.out);
    assert!(ended.err.contains("budget is an amount in pence: write format: money"), "{}", ended.err);
}
